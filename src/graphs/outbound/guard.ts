import { type BaseStore, InMemoryStore } from "@langchain/langgraph";
import { CAPS, type CappedCall, type Caps, withinCaps } from "../../policy/caps.js";
import type { DialTarget } from "../../policy/history.js";
import { checkNumber } from "../../policy/numbers/check-number.js";
import type { NumberRules } from "../../policy/numbers/lists.js";
import type { PhoneTask } from "../../policy/task.js";

/** What stands between a decision to dial and the dial, besides the policy: lists, memory and caps. */
export interface GuardOptions {
  /** Only these numbers are dialed. */
  allow?: NumberRules;
  /** These are never dialed. */
  deny?: NumberRules;
  /** Ceilings over all tasks of one line; given ones take the place of the default's. */
  caps?: Partial<Caps>;
  /** Whether somebody's own register forbids a number, such as a national do-not-call registry. E.164 in. */
  isOnRegistry?: (number: string) => boolean | Promise<boolean>;
  /**
   * Remembers who asked not to be called again, and what was called. Default: a store in this process's memory, which
   * forgets with it; give a durable LangGraph store to keep it.
   */
  store?: BaseStore;
}

export type Admission =
  | { ok: true }
  /** This target is never dialed. */
  | { ok: false; barred: string }
  /** Not now, or, without `retryAt`, not for this task any more. */
  | { ok: false; capped: string; retryAt?: number };

interface Intent {
  lineId: string;
  task: PhoneTask;
  target: DialTarget;
  attemptId: string;
  now: number;
}

const DO_NOT_CALL = ["pollyreach", "do_not_call"];
const callsOf = (lineId: string) => ["pollyreach", "calls", lineId];

/** Calls older than this bear on no cap but that of credits per task. */
const KEPT_CALLS = 1_000;

let processMemory: InMemoryStore | undefined;

/** The gate that every attempt passes right before it is reserved, whoever composed the task. */
export class Guard {
  readonly #options: GuardOptions;
  readonly #caps: Caps;
  readonly #store: BaseStore;

  constructor(options: GuardOptions = {}) {
    this.#options = options;
    this.#caps = { ...CAPS, ...options.caps };
    processMemory ??= new InMemoryStore();
    this.#store = options.store ?? processMemory;
  }

  /** Checks an intent and, if it may be dialed, counts it. Asked again for the same attempt, it counts once. */
  async admit({ lineId, task, target, attemptId, now }: Intent): Promise<Admission> {
    const barred = target.phone === undefined ? undefined : await this.#barred(target.phone, task.country);
    if (barred !== undefined) return { ok: false, barred };
    const next = { taskId: task.id, ...(target.phone !== undefined && { number: target.phone }) };
    const verdict = withinCaps(this.#caps, await this.#calls(lineId), next, now);
    if (!verdict.ok) {
      const { why: capped, retryAt } = verdict;
      return { ok: false, capped, ...(retryAt !== undefined && { retryAt }) };
    }
    await this.#store.put(callsOf(lineId), attemptId, { ...next, attemptId, at: now } satisfies CappedCall);
    return { ok: true };
  }

  /** Gives back what was counted for a call that was not placed. */
  async withdraw(lineId: string, attemptId: string): Promise<void> {
    await this.#store.delete(callsOf(lineId), attemptId);
  }

  /** Settles what a call has cost. */
  async settle(lineId: string, attemptId: string, credits: number): Promise<void> {
    const call = await this.#store.get(callsOf(lineId), attemptId);
    if (call) await this.#store.put(callsOf(lineId), attemptId, { ...call.value, credits });
  }

  /** Remembers for good that whoever has this number does not want to be called. E.164. */
  async optOut(number: string, at: number): Promise<void> {
    await this.#store.put(DO_NOT_CALL, number, { at });
  }

  async #barred(phone: string, country: string | undefined): Promise<string | undefined> {
    const { allow, deny, isOnRegistry } = this.#options;
    const checked = checkNumber(phone, {
      ...(country !== undefined && { country }),
      ...(allow && { allow }),
      ...(deny && { deny }),
    });
    if (!checked.ok) return checked.reason;
    if (await this.#store.get(DO_NOT_CALL, checked.e164)) return "They asked not to be called again.";
    if (await isOnRegistry?.(checked.e164)) return "The number is on a do-not-call register.";
    return undefined;
  }

  async #calls(lineId: string): Promise<CappedCall[]> {
    const found = await this.#store.search(callsOf(lineId), { limit: KEPT_CALLS });
    return found.map(({ value }) => value as CappedCall);
  }
}
