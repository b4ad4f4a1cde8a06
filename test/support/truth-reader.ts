import type { OutcomeReader } from "../../src/outcome/reader.js";
import type { Outcome, OutcomeKind } from "../../src/policy/outcome.js";
import type { BehaviourKind, Ring, Sandbox } from "../../src/sandbox/index.js";

const KIND_OF: Record<Exclude<BehaviourKind, "says">, OutcomeKind> = {
  busy: "busy",
  rings_out: "no_answer",
  voicemail: "voicemail",
  out_of_service: "invalid_number",
  connect_fails: "connect_failed",
  closed_until: "closed",
  asks_for_card: "needs_authorization",
  asks_question: "needs_information",
  refuses: "not_achieved",
  hangs_up_midway: "dropped",
  opts_out: "opted_out",
  agrees: "achieved",
  agrees_to_something_else: "partly_achieved",
  declines_ai: "declined",
};

/**
 * Which call a result is really of, by the number in its link: so that a result taken for another call's is read as
 * what it is, and shows. Only where every message made a phone ring.
 */
export function ringOf(sandbox: Pick<Sandbox, "record">, message: string): Ring | undefined {
  const job = /calls\/call-\w+-(\d+)/.exec(message)?.[1];
  return job === undefined ? undefined : sandbox.record.rings[Number(job) - 1];
}

/** Reads results by the sandbox's record of what happened, not by their words. */
export function truthReader(
  sandbox: Pick<Sandbox, "record">,
  { reopensAt }: { reopensAt?: number } = {},
): OutcomeReader {
  return {
    read(message): Outcome {
      const ring = ringOf(sandbox, message);
      if (!ring || ring.behaviour === "says") {
        return { kind: "unknown", reason: "No call that rang.", evidence: [], verified: false };
      }
      const kind = KIND_OF[ring.behaviour];
      const rest = { evidence: [], verified: false } as const;
      if (kind === "unknown") return { kind, reason: "", ...rest };
      return {
        kind,
        ...rest,
        ...(kind === "needs_information" && { question: "Which room?" }),
        ...(kind === "closed" && reopensAt !== undefined && { reopens: { asWritten: "", at: reopensAt } }),
        targetName: ring.name ?? ring.phone,
      };
    },
  };
}
