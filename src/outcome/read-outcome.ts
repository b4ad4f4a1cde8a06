import type { Outcome } from "../policy/outcome.js";
import type { CallContext, OutcomeReader } from "./reader.js";

/**
 * Reads the free text of a call's result by rules, without a model.
 *
 * Total: any text gives an outcome, and what is not understood is `unknown` with the reason.
 */
export function readOutcome(_message: string, _call: CallContext): Outcome {
  return { kind: "unknown", reason: "The message could not be understood.", evidence: [], verified: false };
}

/** `readOutcome` as a reader that can be replaced or chained. */
export const rulesReader: OutcomeReader = { read: readOutcome };
