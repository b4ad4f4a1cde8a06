import type { AttemptReason, DialTarget } from "./history.js";
import type { PhoneTask } from "./task.js";

/** What a briefing is made of, besides the task. */
export interface BriefingParts {
  target: DialTarget;
  reason: AttemptReason;
  /** The details known by now: the task's own and those that the human has added. */
  details: Readonly<Record<string, string>>;
  /** The code that Polly is asked to repeat in its result. */
  reference: string;
  /** What Polly or the callee had asked, and what the human answered, when a conversation is taken up again. */
  answer?: { question?: string; text: string };
}

/**
 * The words sent to Polly for one call: composed from what the human allowed and from nothing else.
 * Whatever lies beyond is to be brought back.
 */
export function composeBriefing(task: PhoneTask, parts: BriefingParts): string {
  const { target, reason, details, reference, answer } = parts;
  return [
    reason === "continue"
      ? "Please take up the call again that we talked about."
      : "Please make one phone call for me.",
    `Call: ${oneLine(callee(target))}`,
    target.exclude && target.exclude.length > 0 && `Do not call: ${oneLine(target.exclude.join("; "))}`,
    `Purpose: ${oneLine(task.purpose)}`,
    answer && answerLines(answer),
    section(
      "You may tell them",
      Object.entries(details).map(([name, value]) => `${name}: ${oneLine(value)}`),
    ),
    section("You may agree to", task.mayAgreeTo),
    task.language && `Speak: ${oneLine(task.language)}, or the callee's language if they prefer`,
    `Say at the start that you are an AI assistant calling on behalf of ${oneLine(task.onBehalfOf ?? "your client")}.`,
    "Do not share, promise, pay or agree to anything beyond this; bring the question back to me instead.",
    "Call once. If nobody answers or the line is busy, tell me, and do not dial again by yourself.",
    `Reference: ${reference} (repeat it at the end of your report)`,
  ]
    .filter((part) => part !== undefined && part !== false && part !== "")
    .join("\n");
}

function callee({ name, phone, exclude }: DialTarget): string {
  if (name !== undefined || phone !== undefined)
    return [name, phone].filter((part) => part !== undefined).join(", ");
  return exclude && exclude.length > 0
    ? "another suitable place that you look up"
    : "a suitable place that you look up";
}

function answerLines({ question, text }: { question?: string; text: string }): string {
  return [question !== undefined && `You asked: ${oneLine(question)}`, `My answer: ${oneLine(text)}`]
    .filter((part) => part !== false)
    .join("\n");
}

function section(title: string, items: readonly string[]): string {
  return items.length === 0 ? "" : [`${title}:`, ...items.map((item) => `- ${oneLine(item)}`)].join("\n");
}

/** A value stays on its own line, so that it cannot pass for one of the briefing's. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
