import type { Progress } from "../graphs/outbound/progress.js";
import { oneLine } from "../reports/foreign-text.js";
import { ATTEMPT_WORDING } from "../reports/wording.js";
import type { Output } from "./output.js";

/** Shows how a task goes, and knows whether a call is going on. */
export class CallProgress {
  /** Whom the call that is going on is to, in words; undefined while none is. */
  callingNow: string | undefined;
  /** Whether it is known that the call was placed. */
  placed = false;
  readonly #output: Output;
  readonly #timeZone: string;

  constructor(output: Output, timeZone: string) {
    this.#output = output;
    this.#timeZone = timeZone;
  }

  show = (progress: Progress): void => {
    switch (progress.type) {
      case "decided":
        if (progress.step.do === "wait") {
          const { until, why } = progress.step;
          this.#output.progress(`⏳ Waiting until ${this.#clockTime(until)}: ${oneLine(why)}`);
        }
        if (progress.step.do === "listen") {
          this.callingNow ??= "the callee";
          this.placed = true;
        }
        return;
      case "dialing": {
        const { attempt, of } = progress;
        const { name, phone } = attempt.target;
        this.placed = false;
        this.callingNow = [name, phone].filter(Boolean).join(", ") || "a place that Polly looks up";
        this.#output.progress(`📞 Attempt ${attempt.number} of ${of}: ${oneLine(this.callingNow)}`);
        return;
      }
      case "listening": {
        this.placed = true;
        const seconds = Math.round(progress.elapsedMs / 1000);
        const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
        this.#output.tick(`📞 ${oneLine(this.callingNow ?? "On the phone")} · ${time}`);
        return;
      }
      case "heard":
        this.callingNow = undefined;
        this.#output.progress(`   ${ATTEMPT_WORDING[progress.outcome.kind]}`);
    }
  };

  #clockTime(at: number): string {
    return new Intl.DateTimeFormat("en-GB", {
      weekday: "short",
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
      timeZone: this.#timeZone,
    }).format(at);
  }
}
