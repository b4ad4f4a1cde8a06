/** One setting for everything that is not known about the real service. */
export interface Variants {
  /** A finished result is served once, then `{"message":"","done":false}` again; or for ever. */
  result: "once" | "sticky";
  /** For so many milliseconds after a new send, the result of the call before is still served. */
  staleResultMs: number;
  /** Asking for unread calls marks them as read; or they come again every time. */
  unread: "consumed" | "kept";
  /** A list of `{content, from_phone}`; a list of call records; or one bare call record. */
  unreadShape: "messages" | "call_record" | "bare_record";
  /** What `send` answers when there are no credits. */
  noCredits: "status_false" | "402";
  /** What `send` answers while a call is in progress. */
  inProgress: "status_false" | "409";
  /** Replies to `send` and to the answering prompt carry a `task_id`. */
  taskId: boolean;
  /** A `Reference: …` in the message comes back in its result. */
  echoesReference: boolean;
}

/** The service as the public scripts know it. */
export const DEFAULT_VARIANTS: Variants = {
  result: "sticky",
  staleResultMs: 0,
  unread: "consumed",
  unreadShape: "messages",
  noCredits: "status_false",
  inProgress: "status_false",
  taskId: true,
  echoesReference: true,
};
