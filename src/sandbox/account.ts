import type { IncomingCall } from "./incoming.js";
import type { Credits } from "./options.js";
import type { ScriptedPerson } from "./person.js";

/** A call, or an answer without one, from the moment it was taken on. */
export interface Job {
  endsAt: number;
  /** Credits that it takes when it ends. */
  cost: number;
  /** Its result, given the credits it took in the end. */
  result(creditsUsed: number, creditsRemaining: number): string;
}

/** An incoming call that was answered. */
export interface AnsweredCall extends IncomingCall {
  id: string;
  at: number;
  cost: number;
  settled: boolean;
  read: boolean;
}

/** An account with its line: one call at a time. Nothing in it happens by itself; `settle` catches up with time. */
export class Account {
  /** Its number; null until it is activated. */
  phone: string | null = null;
  revoked = false;
  prompt: string | null = null;
  polls = 0;
  /** Who asked something last, and may get the answer with the next message. */
  awaiting: ScriptedPerson | null = null;
  readonly answered: AnsweredCall[] = [];
  #balance: number;
  readonly #amount: number;
  #job: Job | null = null;
  #finished: { text: string; serves: number } | null = null;
  #stale: { text: string; until: number } | null = null;

  constructor(
    readonly label: string,
    readonly token: string,
    readonly registeredAt: number,
    credits: Credits,
  ) {
    this.#balance = credits.balance;
    this.#amount = credits.amount;
  }

  /** Takes what has ended or come in by now into account. */
  settle(now: number): void {
    if (this.#job && now >= this.#job.endsAt) {
      const used = this.#spend(this.#job.cost);
      this.#finished = { text: this.#job.result(used, this.#balance), serves: 0 };
      this.#job = null;
    }
    for (const call of this.answered) {
      if (call.settled || call.at > now) continue;
      call.settled = true;
      this.#spend(call.cost);
    }
  }

  credits(now: number): Credits {
    this.settle(now);
    return { balance: this.#balance, amount: this.#amount };
  }

  topUp(credits: number): void {
    this.#balance += credits;
  }

  isBusy(now: number): boolean {
    this.settle(now);
    return this.#job !== null;
  }

  /** The line takes on a job. The result before it may linger for `staleMs` milliseconds. */
  begin(job: Job, now: number, staleMs: number): void {
    this.#stale = this.#finished && { text: this.#finished.text, until: now + staleMs };
    this.#finished = null;
    this.#job = job;
  }

  /** What the service serves as the result now; null while there is none. */
  takeResult(now: number, serving: "once" | "sticky"): string | null {
    this.settle(now);
    if (this.#stale && now < this.#stale.until) return this.#stale.text;
    if (!this.#finished || (serving === "once" && this.#finished.serves > 0)) return null;
    this.#finished.serves += 1;
    return this.#finished.text;
  }

  #spend(cost: number): number {
    const used = Math.min(cost, this.#balance);
    this.#balance -= used;
    return used;
  }
}
