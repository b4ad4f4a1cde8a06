import type { Outcome, OutcomeKind } from "../policy/outcome.js";

/** What the rules of calling allow after each outcome, for a model that has to say or decide something. */
const ADVICE: Record<OutcomeKind, string> = {
  achieved: "The call met its goal. Report it with the transcript; do not call again.",
  partly_achieved:
    "Only a part, or a changed version, of what was asked came about. Say exactly what differs, and let the human decide.",
  not_achieved: "The callee was reached and the goal was not met. Say why; do not simply call again.",
  opted_out: "The callee asked not to be called again. Never call this number again.",
  declined: "The callee refused the call. Do not call this number again unless the human says so.",
  no_answer: "Nobody picked up. Another time or another callee may do; at most 5 attempts in total.",
  busy: "The line was engaged. It may be called again after a while, at most 3 times.",
  voicemail: "A machine answered and nobody was reached. Another time may do; at most 5 attempts in total.",
  connect_failed:
    "The call did not connect, for a passing reason. It may be tried again after a while, at most 3 times.",
  dropped: "The call was cut off before the matter was settled. Tell the human what had been said by then.",
  invalid_number: "The number is wrong or out of service. Do not call it again; ask the human for another.",
  closed: "Outside business hours. Call again when they are open, not before.",
  needs_information: "Polly needs a detail. Ask the human; do not make one up.",
  needs_authorization:
    "Something has to be decided that goes beyond what was allowed. The human decides, not you.",
  insufficient_credits: "There are no credits for the call. The human has to top up.",
  line_busy: "The line is in use by another call. Wait for that one to end.",
  chat: "These are Polly's words about no call: nothing is known to have been dialed. Claim nothing.",
  unknown:
    "It is not clear how the call went. Show the text to the human. Never report success, and do not call again.",
};

/** How a result was understood, how sure that is, and what follows. */
export function outcomeAdvice(outcome: Outcome): string {
  const reading = outcome.kind === "unknown" ? `unknown (${outcome.reason})` : outcome.kind;
  const basis = outcome.verified
    ? "The callee's own words in the transcript support this."
    : "No words of the callee support this: report it as “Polly says”, not as a fact.";
  return [
    `Read as: ${reading}. ${outcome.kind === "unknown" ? "" : basis}`.trimEnd(),
    ADVICE[outcome.kind],
  ].join("\n");
}
