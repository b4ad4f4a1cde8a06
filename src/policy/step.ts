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
  | "service_unavailable";

/** How a task ended, as far as the policy is concerned. What was achieved stands in the outcome. */
export type Conclusion =
  /** The last outcome settles it. */
  | "settled"
  /** Nobody else may be tried, and the attempts or redials are used up. */
  | "attempts_exhausted"
  /** Every target has been tried, or may not be called again. */
  | "no_target_left"
  | "stopped_by_human"
  | "deadline_passed"
  | "line_never_free"
  | "service_unavailable"
  | "insufficient_credits"
  /** The service would not take the task. */
  | "refused_by_service"
  /** Questions went back and forth more often than the limit allows. */
  | "too_many_questions";

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
