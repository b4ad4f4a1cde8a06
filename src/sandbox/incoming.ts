/** Somebody called the account's number, and Polly answered. */
export interface IncomingCall {
  /** The caller's number. */
  from: string;
  /** The caller's name, if they gave one. */
  name?: string;
  /** What was said, line by line. */
  transcript?: readonly { speaker: "ai" | "caller"; text: string }[];
  /** What the account is told. Default: the caller's words. */
  content?: string;
  /** When it comes in: an instant in milliseconds, or an ISO 8601 date-time with offset. Default: at once. */
  at?: number | string;
  /** Credits it takes. Default 0. */
  cost?: number;
  /** Token or label of the account that is called. Default: the first. */
  account?: string;
}
