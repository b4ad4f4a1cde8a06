import type { Behaviour } from "./behaviour.js";

/** Where somebody is in their script. Everything that is tried on them, by whatever account, moves it on. */
export class CallScript {
  readonly #behaviours: readonly Behaviour[];
  #next = 0;
  #hasAsked = false;

  constructor(behaviours: readonly Behaviour[]) {
    this.#behaviours = behaviours;
  }

  /** What they do when they are called now with this message. */
  advance(message: string, now: number): Behaviour | undefined {
    let behaviour = this.#current();
    while (behaviour && this.#isOver(behaviour, message, now)) {
      this.#next += 1;
      this.#hasAsked = false;
      behaviour = this.#current();
    }
    if (behaviour?.kind === "asks_question") this.#hasAsked = true;
    else if (behaviour?.kind !== "closed_until") this.#next += 1;
    return behaviour;
  }

  #current(): Behaviour | undefined {
    return this.#behaviours[Math.min(this.#next, this.#behaviours.length - 1)];
  }

  /** A question that was answered and a closing time that has passed make room for what comes next. */
  #isOver(behaviour: Behaviour, message: string, now: number): boolean {
    if (this.#next >= this.#behaviours.length - 1) return false;
    if (behaviour.kind === "closed_until") return now >= behaviour.opensAt;
    if (behaviour.kind === "asks_question") {
      return this.#hasAsked && message.search(behaviour.answeredBy) >= 0;
    }
    return false;
  }
}
