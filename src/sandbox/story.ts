/** One turn of a conversation on the phone. */
export interface Turn {
  speaker: "ai" | "callee";
  text: string;
}

/** What came of a call, before it is put into one of the service's styles. */
export interface CallStory {
  verdict: "done" | "changed" | "failed" | "asks";
  /** What came of it, in one sentence. */
  result: string;
  turns: readonly Turn[];
  /** Why it did not work. */
  issues: readonly string[];
  /** What the human is asked. */
  question?: string;
}

/** What the telling of a call needs to know. */
export interface CallScene {
  /** Who was called. */
  name: string;
  /** What for, in the human's words. */
  purpose: string;
  /** IANA time zone of the callee. */
  timeZone: string;
}

export const ai = (text: string): Turn => ({ speaker: "ai", text });
export const callee = (text: string): Turn => ({ speaker: "callee", text });
