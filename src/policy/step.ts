import type { AttemptReason, DialTarget } from "./history.js";
import type { DecisionQuestion, InformationQuestion, TopUpQuestion } from "./question.js";

/** Why a task waits. */
export type WaitReason =
  | "redial_backoff"
  | "another_time"
  | "closed"
  | "calling_hours"
  | "not_before"
  | "line_busy"
  | "service_unavailable"
  | "calling_cap";

/** How a task can end, as far as the policy is concerned. What was achieved stands in the outcome. */
export const CONCLUSIONS = [
  /** The last outcome settles it. */
  "settled",
  /** No attempts are left. */
  "attempts_exhausted",
  /** Every target has been tried, or may not be called again. */
  "no_target_left",
  /** The human ended it. */
  "stopped_by_human",
  /** The human took the result as it is, such as a changed time. */
  "accepted_by_human",
  /** It never became certain whether a call was placed, and the human left it there. */
  "submission_unknown",
  /** A call was placed, its result never came, and the human left it there. */
  "nothing_heard",
  /** The latest time that the human set went by. */
  "deadline_passed",
  /** The line stayed in use by other calls. */
  "line_never_free",
  /** The service could not be reached, or was in trouble. */
  "service_unavailable",
  /** The account has too few credits. */
  "insufficient_credits",
  /** A cap on calls or credits leaves the task no further call. */
  "cap_reached",
  /** The service would not take the task. */
  "refused_by_service",
  /** Questions went back and forth more often than the limit allows. */
  "too_many_questions",
] as const;

export type Conclusion = (typeof CONCLUSIONS)[number];

/** One thing to do next. */
export type Step =
  | { do: "ask"; question: InformationQuestion }
  | { do: "authorize"; question: DecisionQuestion }
  | { do: "topUp"; question: TopUpQuestion }
  | { do: "wait"; until: number; reason: WaitReason; why: string }
  | { do: "reserve"; target: DialTarget; number: number; of: number; reason: AttemptReason; why: string }
  | { do: "listen"; attemptId: string; why: string }
  | { do: "reconcile"; attemptId: string; why: string }
  | { do: "report"; conclusion: Conclusion; why: string };
