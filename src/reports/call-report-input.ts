import type { Outcome, OutcomeKind } from "../policy/outcome.js";
import { CONCLUSIONS, type Conclusion as PolicyConclusion } from "../policy/step.js";

/** Whom a call went to, as far as it is known. */
export interface ReportedParty {
  name?: string;
  /** E.164, or as the human wrote it. */
  phone?: string;
}

/** What the account says: `balance` credits left, of the `amount` it was last filled up to. */
export interface CreditBalance {
  balance: number;
  amount: number;
}

/** How one attempt went, for the list of attempts. */
export interface AttemptSummary {
  /** 1 for the first attempt of the task. */
  number: number;
  /** How many attempts the task may use. */
  of: number;
  /** When it was made, in milliseconds since the Unix epoch. */
  at: number;
  /** IANA zone in which `at` is shown; UTC without it, or where it is unknown. */
  timeZone?: string;
  target: ReportedParty;
  /**
   * `submission_unknown`: the call may or may not have been placed. `nothing_heard`: it was handed over, and its
   * result never came.
   */
  kind: OutcomeKind | "submission_unknown" | "nothing_heard";
  /** Whether it used up one of the task's attempts. */
  counted: boolean;
  /** A short remark, such as what follows from it. */
  note?: string;
}

/** Why a task ended, where the deciding outcome alone does not say it. */
export type ConclusionCode = Exclude<PolicyConclusion, "settled">;

export const CONCLUSION_CODES: readonly ConclusionCode[] = CONCLUSIONS.filter((code) => code !== "settled");

/** Why a task ended, and what is to be added to it: the rule that forbids, the human's words, the error's. */
export interface Conclusion {
  code: ConclusionCode;
  detail?: string;
}

/** Everything a report on a phone task is made of. */
export interface CallReportInput {
  /** What the call was to achieve, in the human's words. */
  purpose: string;
  /** The outcome that decided the task. Absent only where no call was placed or no result was ever read. */
  outcome?: Outcome;
  /** Whom the deciding call went to; what the outcome names stands in for what is absent. */
  target?: ReportedParty;
  /** In the order they were made. */
  attempts: readonly AttemptSummary[];
  /** The account after the last call. */
  balance?: CreditBalance;
  /** Credits that all calls of the task used together, where that was measured. */
  taskCreditsUsed?: number;
  conclusion?: Conclusion;
  /** What the AI gave away on the call without having been told to. */
  saidBeyond?: readonly string[];
}

/** How the caller's matter was classed. */
export type CallClassification = "general" | "important" | "spam";

/** One turn of an incoming call, in the order it was spoken. */
export interface InboundTurn {
  speaker: "ai" | "caller";
  text: string;
}

/** Everything a report on an incoming call is made of. */
export interface InboundReportInput {
  caller?: ReportedParty;
  /** When the call came in, in milliseconds since the Unix epoch. */
  receivedAt?: number;
  /** IANA zone in which `receivedAt` is shown. */
  timeZone?: string;
  classification?: CallClassification;
  summary?: string;
  transcript?: readonly InboundTurn[];
  /** Whether the human has to do something, and what. */
  followUp?: { needed: boolean; suggestion?: string };
  creditsUsed?: number;
  /** The account after the call. */
  balance?: CreditBalance;
  detailUrl?: string;
  recordingUrl?: string;
}

/** How a report is made. */
export interface ReportOptions {
  /**
   * Masks telephone numbers but for their last two digits, wherever they are written in digits: targets, purpose,
   * transcript, quotes. Detail and recording links stay as they are. Numbers spelled out in words stay. Off by default.
   */
  maskNumbers?: boolean;
}
