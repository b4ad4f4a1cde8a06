import type { CuePatterns } from "../cues/cue-index.js";
import type { WordLists } from "../cues/pattern.js";

/** How the call ended, as the service tells it or a recording says it. */
export type ConnectionCue =
  | "noAnswer"
  | "busy"
  | "voicemail"
  | "connectFailed"
  | "dropped"
  | "invalidNumber"
  | "closed"
  | "declined"
  | "optedOut"
  | "noCredits"
  | "lineInUse";

/** What became of the matter. Which of the achievements count depends on what was asked for. */
export type MatterCue =
  /** A table, room, appointment, order is fixed. */
  | "booked"
  | "cancelled"
  | "moved"
  /** A refund, appeal, request was allowed. */
  | "granted"
  /** A message was passed on or noted. */
  | "told"
  /** A question was answered. */
  | "answered"
  /** Done, whatever it was. */
  | "done"
  /** The callee would not or could not: so somebody was reached. */
  | "refused"
  /** Not done, for whatever reason: also the consequence of not reaching anybody. */
  | "undone"
  /** What was asked could not be found out. */
  | "unlearned"
  /** Left open by the callee: waiting list, call-back, provisional. */
  | "pending"
  /** Done otherwise than asked. */
  | "changed";

/** What is put to the human: in a question the first two count, in a plain statement the next two. */
export type HumanCue = "askInfo" | "askDecision" | "needsInfo" | "needsDecision" | "offer";

/** Words of the service about no call. */
export type ChatCue = "starting" | "greeting" | "capability";

/** Words of one party of the call. */
export type PartyCue =
  | "agrees"
  /** A bare "no". */
  | "denies"
  /** "Sorry": a refusal, where nothing else is said. */
  | "regrets"
  | "wantsInfo"
  | "wantsDecision"
  | "unsure"
  /** A machine's announcement. */
  | "recording"
  /** The AI says who it is. */
  | "introduces"
  /** The AI cannot say or decide something. */
  | "lacks"
  /** "Hello? Are you still there?" */
  | "lost"
  /** Words addressed to the AI's report rather than to the matter. */
  | "injects";

/** What changes the weight of the words around it. */
export type ModifierCue =
  /** If, once, would: not so, or not yet. */
  | "hypothetical"
  /** An earlier attempt or an earlier time. */
  | "history"
  /** Somebody was reached. */
  | "reached"
  /** No call was placed. */
  | "notCalled"
  /** The account contradicts itself or is broken. */
  | "garbled"
  /** Says nothing, whatever it contains. */
  | "ignore";

export type CueName = ConnectionCue | MatterCue | HumanCue | ChatCue | PartyCue | ModifierCue;

/** Kinds of things a human asks to be done over the phone. */
export type Goal = "book" | "cancel" | "move" | "claim" | "tell" | "ask";

/** `thing` names what is booked; it makes a booking of a purpose that has no verb. */
export type GoalCue = Goal | "thing";

/** One language of the reader: data only. All words are folded: lower case, no accents, no full width. */
export interface Language {
  /** BCP 47. */
  tag: string;
  /** Whether blanks stand between words. */
  spaced: boolean;
  /** Whether the verb that counts comes last. */
  verbLast?: boolean;
  /** Frequent words that betray the language; for languages with a script of their own, none. */
  commonWords: readonly string[];
  lists: WordLists;
  /** Words that deny what stands near them in the same clause, as patterns; how far they reach before and after it. */
  negation: { words: string; before: number; after: number };
  cues: CuePatterns<CueName>;
  goals: CuePatterns<GoalCue>;
  /** Words that make a label of a transcript the AI's, and those that make it the callee's. */
  aiLabels: readonly string[];
  calleeLabels: readonly string[];
  /** Labels of the report that are no speakers. */
  fieldLabels: readonly string[];
  /** Labels whose value tells nothing of what happened: the purpose, advice, next steps. */
  asideLabels: readonly string[];
  /** Labels whose value is the result. */
  resultLabels: readonly string[];
  credits: CreditWords;
  time: TimeWords;
}

/** Words around an amount of credits. */
export interface CreditWords {
  unit: readonly string[];
  used: readonly string[];
  remaining: readonly string[];
  /** Words that make an amount neither: refunded, of a total. */
  neither: readonly string[];
}

/** Words of dates and times. */
export interface TimeWords {
  numbers: Readonly<Record<string, number>>;
  /** 1 = January. */
  months: Readonly<Record<string, number>>;
  /** 1 = Monday. */
  weekdays: Readonly<Record<string, number>>;
  /** Days from today. */
  days: Readonly<Record<string, number>>;
  /** Minutes that a word before the hour adds: half past, quarter to. */
  before: Readonly<Record<string, number>>;
  /** Minutes that a word after the hour adds: y media, moins le quart. */
  after: Readonly<Record<string, number>>;
  /** Words that make a number an hour: o'clock, Uhr. */
  hour: readonly string[];
  am: readonly string[];
  pm: readonly string[];
  /** Words that are an hour. */
  named: Readonly<Record<string, number>>;
  /** Words that may stand within a date with a time, between its parts. */
  joiners: readonly string[];
  /** Words for people counted at a table. */
  people: readonly string[];
  /** Words beside a time that make it one of opening again: until, reopen, from. */
  opening: readonly string[];
  /** Words that leave the time open: between, any time, before, or. */
  open: readonly string[];
}
