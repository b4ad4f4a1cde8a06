import type { Outcome } from "../policy/outcome.js";
import { readDetails } from "./details.js";
import { standsInMessage } from "./evidence.js";
import type { CallContext, OutcomeReader } from "./reader.js";
import { type Reading, takeApart } from "./reading.js";
import { decide } from "./verdict.js";

/**
 * Reads the free text of a call's result by rules, without a model.
 *
 * Total: any text gives an outcome, and what is not understood is `unknown` with the reason. Linear in the length
 * of the message. `verified` only where the callee's own words in a transcript carry the result.
 */
export function readOutcome(message: string, call: CallContext): Outcome {
  if (!/[\p{L}\p{N}]/u.test(message)) return nothing("The message is empty.");
  return outcomeOf(takeApart(message, call));
}

/** The outcome of a message that was taken apart. */
export function outcomeOf(reading: Reading): Outcome {
  const verdict = decide(reading);
  const details = readDetails(reading, verdict.kind);
  if (verdict.kind === "unknown") return { ...details, ...nothing(verdict.reason) };
  if (!verdict.evidence.every((evidence) => standsInMessage(reading.message, evidence))) {
    return { ...details, ...nothing("The words that the result rests on do not stand in the message.") };
  }
  return { ...details, ...verdict };
}

function nothing(reason: string): Outcome & { kind: "unknown" } {
  return { kind: "unknown", reason, evidence: [], verified: false };
}

/** `readOutcome` as a reader that can be replaced or chained. */
export const rulesReader: OutcomeReader = { read: readOutcome };
