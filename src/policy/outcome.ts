/** Every way a call, or what the service says in place of one, can end. */
export const OUTCOME_KINDS = [
  /** The callee was reached and the goal was met. */
  "achieved",
  /** Reached, and only part of the goal, or a changed version of it, came about. */
  "partly_achieved",
  /** Reached, and the goal was not met. */
  "not_achieved",
  /** The callee asked not to be called again. */
  "opted_out",
  /** The callee rejected the call, hung up at once, or would not talk to an AI. */
  "declined",
  /** It rang and nobody picked up. */
  "no_answer",
  /** Engaged tone. */
  "busy",
  /** A machine answered, and nobody was reached. */
  "voicemail",
  /** A passing technical failure, before anything was said. */
  "connect_failed",
  /** Connected, then cut off before the matter was settled. */
  "dropped",
  /** The number does not exist, is out of service, or is not the callee's. */
  "invalid_number",
  /** Outside the callee's business hours. */
  "closed",
  /** The human has to supply a detail of the task. */
  "needs_information",
  /** The human has to decide something that lies beyond what they authorised. */
  "needs_authorization",
  /** The account has no credits for the call. */
  "insufficient_credits",
  /** The account's line is still in use by another call. */
  "line_busy",
  /** The assistant's words about no call at all: a greeting, "I'm on it". */
  "chat",
  /** Contradictory, garbled, or not understood. */
  "unknown",
] as const;

export type OutcomeKind = (typeof OUTCOME_KINDS)[number];

/** One turn of a call's transcript, in the order it was spoken. */
export interface TranscriptTurn {
  speaker: "ai" | "callee";
  text: string;
}

/** The words of the message that a claim rests on. `message.slice(start, end) === quote` always holds. */
export interface Evidence {
  quote: string;
  /** UTF-16 offsets into the message. */
  start: number;
  end: number;
  /** Who said it: a party of the call in its transcript, or the service in its own account of the call. */
  saidBy: "callee" | "ai" | "service";
}

/** A telephone number in a message. */
export interface MentionedNumber {
  asWritten: string;
  /** E.164, where the number is a valid one and its country is known. */
  e164?: string;
}

/** When a closed business can be reached again. */
export interface Reopening {
  asWritten: string;
  /** Local date or date-time of the callee, ISO 8601 without offset, where the text gives enough. */
  local?: string;
  /** The instant, in milliseconds since the Unix epoch, where the text and the callee's time zone give one. */
  at?: number;
}

/** One of several attempts that a single message reports. */
export interface ReportedAttempt {
  kind: OutcomeKind;
  evidence: Evidence;
}

/** What a message says besides how the call ended. A field is there only if the message contains it. */
export interface OutcomeDetails {
  targetName?: string;
  targetPhone?: MentionedNumber;
  transcript?: readonly TranscriptTurn[];
  summary?: string;
  /** What went wrong and possible causes, as the service sees it. */
  issueAnalysis?: readonly string[];
  creditsUsed?: number;
  creditsRemaining?: number;
  detailUrl?: string;
  recordingUrl?: string;
  reopens?: Reopening;
  /** What the human is asked, in the message's words. */
  question?: string;
  /** Every attempt, in order, where the message reports more than one. */
  attempts?: readonly ReportedAttempt[];
}

/**
 * What a call established, discriminated by `kind`.
 *
 * `verified` is true only where the callee's own words in a transcript support it; otherwise it is the
 * service's account, to be reported as "Polly says".
 */
export type Outcome = OutcomeDetails & { evidence: readonly Evidence[]; verified: boolean } & (
    | { kind: Exclude<OutcomeKind, "unknown"> }
    | {
        kind: "unknown";
        /** Why nothing could be made of the message; a sentence for the human. */
        reason: string;
      }
  );
