/**
 * A new account. The token is reachable by its getter only, so that printing or serialising the registration
 * does not reveal it.
 */
export class Registration {
  readonly #token: string;
  /** The link by which the human signs in and activates the line. Keep it: it may have to be sent again. */
  readonly activationUrl: string | undefined;

  constructor(token: string, activationUrl: string | undefined) {
    this.#token = token;
    this.activationUrl = activationUrl;
  }

  get token(): string {
    return this.#token;
  }
}

export interface ActivationStatus {
  /** The service's own word; "active" even before the human has signed in. */
  status: string;
  /** True once the line has its number. */
  activated: boolean;
  /** The number assigned to the line, E.164; null until the human has signed in. */
  phoneNumber: string | null;
}

/** What became of a message to the assistant. Every rejection proves that no call was placed for it. */
export type SendResult =
  | { accepted: true; taskId?: string }
  | {
      accepted: false;
      reason: "line_busy" | "insufficient_credits" | "refused";
      /** The reason in the service's words. */
      message: string;
      taskId?: string;
      /** How long the service asked to wait, in milliseconds, if it did. */
      retryAfterMs?: number;
    };

/** The assistant's present answer: free text once `done`, usually empty before. */
export interface QueryResult {
  done: boolean;
  message: string;
}

/** Both in credits. Calls are possible while `balance` is above 0. */
export interface Balance {
  balance: number;
  amount: number;
}

/** One incoming message or answered call. Typed as far as it is understood; `raw` is all of it. */
export interface InboundMessage {
  callId?: string;
  /** As the service writes it. */
  from?: string;
  to?: string;
  status?: string;
  content?: string;
  summary?: string;
  transcript?: string;
  recordingUrl?: string;
  detailUrl?: string;
  /** The message as it came, with every field, also those of no known meaning. */
  raw: unknown;
}

export interface AnsweringPromptUpdate {
  message: string;
  taskId?: string;
}

/** The end of a wait for a result: the result, or the limit reached while the call goes on. Times in milliseconds. */
export type WaitResult =
  | { done: true; message: string; elapsedMs: number; polls: number; sawPending: boolean }
  | {
      done: false;
      elapsedMs: number;
      polls: number;
      sawPending: boolean;
      /** A finished result that `isOurs` turned down: the last one seen. */
      turnedDown?: string;
    };
