import type { Progress, Question } from "langchain-pollyreach";

const COLOR = process.stdout.isTTY && process.env.NO_COLOR === undefined;

/** Shows a task being carried out, a line a step, with the time on its clock. */
export class Screen {
  readonly #timeZone: string;

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
  }

  say(line = ""): void {
    process.stdout.write(`${line}\n`);
  }

  progress(progress: Progress): void {
    switch (progress.type) {
      case "dialing": {
        const { number, target, reason } = progress.attempt;
        const callee = [target.name ?? "a place that Polly finds", target.phone].filter(Boolean).join(", ");
        this.#step(progress.at, `📞 Attempt ${number} of ${progress.of}: ${REASONS[reason]} ${callee}`);
        break;
      }
      case "heard":
        this.#step(
          progress.at,
          `   → ${progress.outcome.kind.replaceAll("_", " ")}${this.#why(progress.outcome)}`,
        );
        break;
      case "decided":
        this.#decided(progress);
        break;
      case "listening":
        break;
    }
  }

  question(question: Question): void {
    this.say();
    this.say(bold(`🙋 ${question.text}`));
    this.say(`   ${question.why}`);
    if (question.kind === "decision" && question.briefing) {
      this.say(question.briefing.replace(/^/gm, "   │ "));
    }
    if (question.kind !== "information") this.say(`   Options: ${question.options.join(", ")}`);
  }

  answer(text: string): void {
    this.say(`💬 ${text}`);
    this.say();
  }

  #decided({ at, step }: Extract<Progress, { type: "decided" }>): void {
    if (step.do === "wait") {
      this.#step(at, `⏳ ${step.why} Next: ${WAITS[step.reason]} on ${this.#when(step.until)}.`);
    } else if (step.do === "reserve" && step.reason !== "first") {
      this.#step(at, `   ${step.why}`);
    } else if (step.do === "reconcile" || step.do === "listen") {
      this.#step(at, `👂 ${step.why}`);
    }
  }

  #why(outcome: Extract<Progress, { type: "heard" }>["outcome"]): string {
    if (outcome.kind === "unknown") return `: ${outcome.reason}`;
    if (outcome.reopens?.at !== undefined) return ` until ${this.#when(outcome.reopens.at)}`;
    const said = outcome.evidence.find(({ saidBy }) => saidBy === "callee") ?? outcome.evidence[0];
    return said ? `: “${said.quote.trim()}”` : "";
  }

  #step(at: number, line: string): void {
    this.say(`${dim(this.#when(at))}  ${line}`);
  }

  #when(at: number): string {
    return new Intl.DateTimeFormat("en-GB", {
      timeZone: this.#timeZone,
      weekday: "short",
      day: "2-digit",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
    })
      .format(at)
      .replace(",", "");
  }
}

const REASONS = {
  first: "calling",
  redial: "redialing",
  another_time: "trying again",
  reopened: "they are open now, calling",
  switch_target: "switching to",
  continue: "taking up the conversation with",
  human_redial: "calling again, as you asked,",
} as const;

const WAITS = {
  redial_backoff: "redial",
  another_time: "another try",
  closed: "a call when they open,",
  calling_hours: "a call at a decent hour,",
  not_before: "the call",
  line_busy: "the line again",
  service_unavailable: "the service again",
  calling_cap: "another try",
} as const;

function dim(text: string): string {
  return COLOR ? `\u001b[2m${text}\u001b[0m` : text;
}

function bold(text: string): string {
  return COLOR ? `\u001b[1m${text}\u001b[0m` : text;
}
