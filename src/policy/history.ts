import type { OutcomeKind } from "./outcome.js";
import type { Choice } from "./question.js";
import type { Target } from "./task.js";

/** Whom an attempt is for: a target of the task, or, with no `phone` and no `name`, one that Polly is to find. */
export interface DialTarget extends Target {
  /** Tells the targets of a task apart: `listed-0`, `listed-1` …, `found-0` … */
  key: string;
  /** Names and numbers of businesses that Polly is not to pick when it looks for one. */
  exclude?: readonly string[];
}

/** Why an attempt is made. */
export type AttemptReason =
  | "first"
  | "redial"
  | "another_time"
  | "reopened"
  | "switch_target"
  | "continue"
  | "human_redial";

/** The intent of one call, written before it is submitted. */
export interface Attempt {
  id: string;
  /** A code that Polly is asked to repeat in its result: what proves that a result belongs to this attempt. */
  reference: string;
  /** Which attempt of the task this is, counting from 1. A continuation has the number of what it continues. */
  number: number;
  target: DialTarget;
  reason: AttemptReason;
  /** The words sent to Polly. */
  briefing: string;
  /** Credits before the call, where the service told. */
  balanceBefore?: number;
  /** Fingerprint of the result the service was serving before the call; empty if none, absent if not known. */
  resultBefore?: string;
}

/** Why no call was submitted. None of these uses up an attempt. */
export type PostponedReason = "line_busy" | "service_unavailable" | "calling_cap" | "insufficient_credits";

/**
 * What has happened to a task, in order. Facts are only ever appended. `at` is in milliseconds since the Unix
 * epoch.
 */
export type Fact = { at: number } & (
  | { fact: "details_given"; details: Record<string, string> }
  | { fact: "reserved"; attempt: Attempt }
  | { fact: "postponed"; reason: PostponedReason; detail: string; retryAt?: number }
  | { fact: "submitted"; attemptId: string; taskId?: string }
  | {
      fact: "not_submitted";
      attemptId: string;
      reason: PostponedReason | "refused";
      detail: string;
      retryAt?: number;
    }
  | { fact: "submission_unknown"; attemptId: string; detail: string }
  | {
      fact: "heard";
      attemptId: string;
      kind: OutcomeKind;
      /** Whether somebody was spoken to: a call cut off after that is not redialed unasked. */
      spoken: boolean;
      question?: string;
      reason?: string;
      reopensAt?: number;
      /** What the AI gave away without having been told to. */
      saidBeyond?: readonly string[];
      /** The business that Polly found and called, where the task named none. */
      reached?: string;
      /** Its number, where the task gave none: to keep Polly from picking it again, never to be dialed. */
      reachedNumber?: string;
    }
  | { fact: "nothing_heard"; attemptId: string; detail: string }
  | { fact: "chosen"; questionId: string; choice: Choice; note?: string }
  | { fact: "answer_rejected"; questionId: string; problem: string }
  /** A target that must not be dialed. */
  | { fact: "barred"; targetKey: string; detail: string }
  /** A cap that leaves this task no further call. */
  | { fact: "cap_reached"; detail: string }
  | { fact: "refused_by_service"; detail: string }
);
