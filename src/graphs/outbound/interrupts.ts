import type { HitlRequest } from "../../policy/hitl.js";
import type { Question } from "../../policy/question.js";
import type { WaitReason } from "../../policy/step.js";

/** The task waits; resume the graph with anything at `until` (milliseconds since the Unix epoch) or later. */
export interface WaitNotice {
  kind: "wait";
  until: number;
  reason: WaitReason;
  why: string;
}

/** What the outbound graph is interrupted with: a wait, or a question to the human, also as agent interfaces render it. */
export type OutboundInterrupt = WaitNotice | (Question & HitlRequest);
