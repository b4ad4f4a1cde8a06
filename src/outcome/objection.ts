import type { Evidence, Outcome, OutcomeKind } from "../policy/outcome.js";
import { namesOtherDetails } from "./conversation/changes.js";
import type { Reading } from "./reading.js";

const NOBODY_SPOKE: ReadonlySet<OutcomeKind> = new Set<OutcomeKind>([
  "busy",
  "no_answer",
  "voicemail",
  "connect_failed",
]);
const SUCCESS: ReadonlySet<OutcomeKind> = new Set<OutcomeKind>(["achieved", "partly_achieved"]);

/**
 * What the rules hold against somebody else's reading of the same message, as a sentence; undefined if nothing.
 * The evidence has to be checked before: each quote stands in the message, and who said it comes from the transcript.
 */
export function objectionTo(
  kind: OutcomeKind,
  evidence: readonly Evidence[],
  reading: Reading,
  rules: Outcome,
): string | undefined {
  const { transcript, conversation, account, goal } = reading;
  if (rules.kind !== "unknown" && rules.kind !== kind)
    return `By the rules it reads as ${rules.kind}, not as ${kind}.`;
  if (conversation.talked && NOBODY_SPOKE.has(kind))
    return "The transcript has a person's words, so somebody was reached.";
  if (!SUCCESS.has(kind)) return undefined;
  if (
    account.connections.some(({ past, name }) => !past && name !== "closed" && name !== "dropped") &&
    !conversation.talked &&
    rules.kind === "unknown"
  ) {
    return "The message also says that nobody was reached.";
  }
  if (transcript.turns.length === 0) return undefined;
  if (conversation.unclearSpeakers) return "It cannot be told who speaks in the transcript.";
  if (!conversation.talked) return "Only a machine spoke.";
  const theirs = evidence.filter(({ saidBy }) => saidBy === "callee");
  if (theirs.length === 0) return "No words of the callee are quoted for it.";
  if (
    theirs.every(({ start, end }) =>
      conversation.injected.some((turn) => start >= turn.start && end <= turn.end),
    )
  ) {
    return "The callee's words are addressed to the report, not to the matter.";
  }
  const opposite = conversation.end === "refused" || conversation.end === "closed";
  if (
    conversation.end === "declined" ||
    conversation.end === "optedOut" ||
    (opposite && goal.goal !== "ask")
  ) {
    return "The callee's last words on the matter say the opposite.";
  }
  if (kind === "achieved" && conversation.end === "pending") return "The callee left it open.";
  return undefined;
}

/** Whether the quoted words name other times, days or numbers than the task. */
export function quotesOtherDetails(
  evidence: readonly Evidence[],
  { call, folded, languages }: Reading,
): boolean {
  return namesOtherDetails(call.purpose, folded, evidence, languages);
}
