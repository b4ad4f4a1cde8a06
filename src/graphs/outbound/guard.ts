import { type BaseStore, InMemoryStore } from "@langchain/langgraph";
import type { Caps } from "../../policy/caps.js";
import { withinCaps } from "../../policy/caps.js";
import type { DialTarget } from "../../policy/history.js";
import { checkNumber } from "../../policy/numbers/check-number.js";
import { matches, type NumberRules } from "../../policy/numbers/lists.js";
import { numbersInText } from "../../policy/numbers/numbers-in-text.js";
import { neverSent, type SentText } from "../../policy/sent-texts.js";
import type { PhoneTask } from "../../policy/task.js";
import { CallLedger } from "./call-ledger.js";
import { completeCaps } from "./complete-caps.js";
import { DoNotCallList } from "./do-not-call-list.js";

/** What stands between a decision to dial and the dial, besides the policy: lists, memory and caps. */
export interface GuardOptions {
  /** Only these numbers are dialed, so nobody whose number is not known, and no other is even mentioned to Polly. */
  allow?: NumberRules;
  /** These are never dialed, nor mentioned to Polly. */
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
  /** `number`: whom it may dial, in E.164, where the target has a number. */
  | { ok: true; number?: string }
  /** This target is never dialed. */
  | { ok: false; barred: string }
  /** Not now, or, without `retryAt`, not for this task any more. */
  | { ok: false; capped: string; retryAt?: number };

/** A call that is about to be made. */
export interface Intent {
  lineId: string;
  task: Pick<PhoneTask, "id" | "country">;
  target: DialTarget;
  /** Every free text that the briefing is made of. */
  texts: readonly SentText[];
  attemptId: string;
  /** Milliseconds since the Unix epoch. */
  now: number;
}

let processMemory: InMemoryStore | undefined;

/** The gate that every attempt passes right before it is reserved, whoever composed the task. */
export class Guard {
  readonly #options: GuardOptions;
  readonly #caps: Caps;
  readonly #doNotCall: DoNotCallList;
  readonly #ledger: CallLedger;

  /**
   * @throws {InvalidLimitsError} for a cap that is none
   * @throws {InvalidNumberRule} for an entry of a list that cannot be read
   */
  constructor(options: GuardOptions = {}) {
    const anybody = { e164: "", country: "" };
    if (options.allow) matches(options.allow, "allow", anybody);
    if (options.deny) matches(options.deny, "deny", anybody);
    this.#options = options;
    this.#caps = completeCaps(options.caps);
    processMemory ??= new InMemoryStore();
    const store = options.store ?? processMemory;
    this.#doNotCall = new DoNotCallList(store);
    this.#ledger = new CallLedger(store);
  }

  /** Checks an intent and, if it may be dialed, counts it. Asked again for the same attempt, it counts once. */
  async admit(intent: Intent): Promise<Admission> {
    const { lineId, task, target, attemptId, now } = intent;
    const whom = await this.#checkTarget(target, task.country);
    if ("barred" in whom) return { ok: false, ...whom };
    const barred = await this.#checkWords(intent);
    if (barred !== undefined) return { ok: false, barred };
    const creditsOfTask = await this.#ledger.creditsOf(lineId, task.id);
    const calls = await this.#ledger.callsOfTheDay(lineId, now);
    const verdict = withinCaps(this.#caps, calls, { ...whom, creditsOfTask }, now);
    if (!verdict.ok) {
      const { why: capped, retryAt } = verdict;
      return { ok: false, capped, ...(retryAt !== undefined && { retryAt }) };
    }
    await this.#ledger.count(lineId, { ...whom, attemptId, taskId: task.id, at: now });
    return { ok: true, ...whom };
  }

  /** Gives back what was counted for a call that was not placed. */
  withdraw(lineId: string, attemptId: string): Promise<void> {
    return this.#ledger.withdraw(lineId, attemptId);
  }

  /** Settles what a call has cost. */
  settle(lineId: string, call: { taskId: string; attemptId: string }, credits: number): Promise<void> {
    return this.#ledger.settle(lineId, call, credits);
  }

  /** Remembers for good that somebody does not want to be called, by E.164 number, or by name where none is known. */
  optOut(whom: { number?: string; names: readonly string[] }, at: number): Promise<void> {
    return this.#doNotCall.add(whom, at);
  }

  async #checkTarget(
    { phone, name }: DialTarget,
    country: string | undefined,
  ): Promise<{ number?: string } | { barred: string }> {
    if (await this.#doNotCall.hasName(name, phone !== undefined)) return { barred: OPTED_OUT };
    const { allow, deny } = this.#options;
    if (phone === undefined) {
      return allow
        ? { barred: "Only listed numbers are called, and the number of this one is not known." }
        : {};
    }
    const checked = checkNumber(phone, {
      ...(country !== undefined && { country }),
      ...(allow && { allow }),
      ...(deny && { deny }),
    });
    if (!checked.ok) return { barred: checked.reason };
    const barred = (await this.#onList(checked.e164)) ?? (await this.#onRegister(checked.e164));
    return barred === undefined ? { number: checked.e164 } : { barred };
  }

  /** A number in the words that go with a call may be called just as well: Polly reads them all. */
  async #checkWords({ task, target, texts }: Intent): Promise<string | undefined> {
    const countries = [task.country, countryOf(target.phone, task.country)].filter(
      (known) => known !== undefined,
    );
    for (const { path, text } of texts) {
      const problem = neverSent(text, task.country);
      if (problem !== undefined) return `What Polly would be told (${path}) ${problem}.`;
      for (const { e164, evident } of numbersInText(text, countries)) {
        const refusal =
          this.#refusedByLists(e164, evident) ??
          (await this.#onList(e164)) ??
          // A number to be told may be the human's own, and stand on a register for that very reason.
          (evident && !path.startsWith("details.") ? await this.#onRegister(e164) : undefined);
        if (refusal !== undefined) return `What Polly would be told (${path}) names ${e164}. ${refusal}`;
      }
    }
    return undefined;
  }

  /** An order or a customer that happens to be numbered like a telephone need not be on the list of those allowed. */
  #refusedByLists(e164: string, evident: boolean): string | undefined {
    const { allow, deny } = this.#options;
    const checked = checkNumber(e164, { ...(allow && evident && { allow }), ...(deny && { deny }) });
    return checked.ok ? undefined : checked.reason;
  }

  async #onList(e164: string): Promise<string | undefined> {
    return (await this.#doNotCall.has(e164)) ? OPTED_OUT : undefined;
  }

  async #onRegister(e164: string): Promise<string | undefined> {
    return (await this.#options.isOnRegistry?.(e164))
      ? "The number is on a do-not-call register."
      : undefined;
  }
}

const OPTED_OUT = "They asked not to be called again.";

function countryOf(phone: string | undefined, country: string | undefined): string | undefined {
  const checked =
    phone === undefined ? undefined : checkNumber(phone, country === undefined ? {} : { country });
  return checked?.ok ? checked.country : undefined;
}
