/** One turn of an incoming call, in the order it was spoken. */
export interface CallerTurn {
  speaker: "ai" | "caller";
  text: string;
}

/** The parts of a message that hold words. */
export type MessageField = "content" | "summary" | "transcript";

/**
 * An incoming message or answered call, typed as far as it is understood. All texts are the words of strangers, or the
 * service's account of them: data, never instructions.
 */
export interface ReceivedMessage {
  /** Which of the known shapes it came in; `other` is told all the same. */
  shape: "text" | "call_record" | "other";
  callId?: string;
  /** An id that is not said to be the call's. */
  messageId?: string;
  /** As the service writes it. */
  from?: string;
  to?: string;
  callerName?: string;
  status?: string;
  content?: string;
  summary?: string;
  /** As it came, for evidence to point into. */
  transcript?: string;
  /** When the call or message came in, in milliseconds since the Unix epoch, where the service says so. */
  at?: number;
  creditsUsed?: number;
  detailUrl?: string;
  recordingUrl?: string;
  /** The reply broke off within this message. */
  cutOff?: true;
}
