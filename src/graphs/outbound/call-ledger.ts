import type { BaseStore } from "@langchain/langgraph";
import { type CappedCall, isOfTheDay } from "../../policy/caps.js";

const callsOf = (lineId: string) => ["pollyreach", "calls", lineId];
const creditsOf = (lineId: string) => ["pollyreach", "credits", lineId];

/** How many calls are looked at in one go. */
const PAGE = 500;

/** The calls of the last day and what each task has cost, of every line that shares the store. */
export class CallLedger {
  readonly #store: BaseStore;

  constructor(store: BaseStore) {
    this.#store = store;
  }

  /** Counts a call; one that is counted already, once. */
  async count(lineId: string, call: CappedCall): Promise<void> {
    await this.#store.put(callsOf(lineId), call.attemptId, { ...call });
  }

  async withdraw(lineId: string, attemptId: string): Promise<void> {
    await this.#store.delete(callsOf(lineId), attemptId);
  }

  /** Writes down what a call has cost; told twice, it counts once. */
  async settle(
    lineId: string,
    { taskId, attemptId }: { taskId: string; attemptId: string },
    credits: number,
  ): Promise<void> {
    const paid = Number.isFinite(credits) ? Math.max(credits, 0) : 0;
    const call = await this.#store.get(callsOf(lineId), attemptId);
    if (call) await this.#store.put(callsOf(lineId), attemptId, { ...call.value, credits: paid });
    const known = await this.#store.get(creditsOf(lineId), taskId);
    await this.#store.put(creditsOf(lineId), taskId, { ...known?.value, [attemptId]: paid });
  }

  /** Credits that a task has used, of the calls that are settled. */
  async creditsOf(lineId: string, taskId: string): Promise<number> {
    const known = await this.#store.get(creditsOf(lineId), taskId);
    return Object.values(known?.value ?? {}).reduce((sum: number, credits) => sum + Number(credits), 0);
  }

  /** The calls of the last day. Older ones are dropped: stores hand out the first so many, and those are the oldest. */
  async callsOfTheDay(lineId: string, now: number): Promise<CappedCall[]> {
    const all: CappedCall[] = [];
    for (let page = PAGE; page === PAGE; ) {
      const found = await this.#store.search(callsOf(lineId), { limit: PAGE, offset: all.length });
      page = found.length;
      all.push(...found.map(({ value }) => value as CappedCall));
    }
    const old = all.filter((call) => !isOfTheDay(call, now));
    for (const { attemptId } of old) await this.#store.delete(callsOf(lineId), attemptId);
    return all.filter((call) => isOfTheDay(call, now));
  }
}
