import type { Outcome } from "../policy/outcome.js";

/** What is known of a call before its result is read; the result is read against it. */
export interface CallContext {
  /** What the call was to achieve, in the human's words. */
  purpose: string;
  targetName?: string;
  /** The number that was to be dialed, E.164 or as the human wrote it. */
  targetPhone?: string;
  /** IANA time zone of the callee. */
  timeZone?: string;
  /** ISO 3166-1 alpha-2 country that national numbers in the message belong to. */
  country?: string;
  /** When the call was placed, in milliseconds since the Unix epoch: what "tomorrow" is measured from. */
  calledAt?: number;
}

/** Turns the free text of a result into a typed outcome. Never throws on any text; says `unknown` instead. */
export interface OutcomeReader {
  read(message: string, call: CallContext, options?: { signal?: AbortSignal }): Outcome | Promise<Outcome>;
}
