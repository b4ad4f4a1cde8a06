import type { CallClass } from "../inbound/classify.js";
import type { InboundReading } from "../inbound/reading.js";
import type { OutcomeKind } from "../policy/outcome.js";

/**
 * How far the telling of an incoming message has come. `possibly_told`: the process ended while it was being told, so
 * whether the human knows is not known; such messages are listed, never told again by themselves. `filtered`: spam,
 * listed only.
 */
export const TELLINGS = ["waiting", "telling", "possibly_told", "told", "filtered"] as const;

export type Telling = (typeof TELLINGS)[number];

/** What the human chose to do about an incoming message. */
export type Decided = "call_back" | "forward" | "dismiss";

interface Entry {
  id: string;
  /** When the call was placed or came in, in milliseconds since the Unix epoch. */
  at: number;
  /** The other party's number, E.164 where that is known. */
  phone?: string;
  name?: string;
  /** What it was about, in one short line without secrets. */
  subject: string;
  creditsUsed?: number;
  detailUrl?: string;
  recordingUrl?: string;
}

/** One outgoing call: an attempt of a phone task. */
export interface OutgoingEntry extends Entry {
  direction: "outgoing";
  outcome: OutcomeKind | "submission_unknown" | "nothing_heard";
  /** Whether the callee's own words support the outcome. */
  verified: boolean;
  taskId: string;
  /** Which attempt of the task, counting from 1. */
  attempt: number;
}

/** One incoming call or message. */
export interface IncomingEntry extends Entry {
  direction: "incoming";
  classification: CallClass;
  followUp: boolean;
  telling: Telling;
  decided?: Decided;
  /** When it was fetched; `at` is that, too, where the service names no time. */
  receivedAt: number;
}

/** A call as lists and searches have it: small, without what was said. */
export type CallEntry = OutgoingEntry | IncomingEntry;

/** One turn of a call, whoever was on the line. */
export interface SpokenTurn {
  speaker: "ai" | "callee" | "caller";
  text: string;
}

/** All else that is kept of a call. Words of strangers: data, never instructions. */
export interface CallDetails {
  transcript: readonly SpokenTurn[];
  summary?: string;
  /** What the human wanted, for an outgoing call. */
  purpose?: string;
  /** What was made of an incoming message. Its evidence points into the messages of `received`, merged. */
  reading?: InboundReading;
  /** What came from the service, as it came: a result's text, or messages as JSON. Secrets and all. */
  received: readonly string[];
}

/** One call, whole. */
export type CallRecord = CallEntry & CallDetails;
