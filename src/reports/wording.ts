import type { OutcomeKind } from "../policy/outcome.js";
import type { AttemptSummary, CallClassification, ConclusionCode } from "./call-report-input.js";

/** ✅ only for what the callee's own words establish, ❌ for what did not come about, ⚠️ for all between. */
export type ResultSymbol = "✅" | "❌" | "⚠️";

/** How one kind of outcome is put to the human. */
interface ResultWording {
  symbol: ResultSymbol;
  /** Where the callee's own words support it. */
  verified: string;
  /** Where only the service says so. */
  unverified: string;
  /** Why it is so, where the kind alone says why. */
  reason?: string;
  /** What went wrong and what may be behind it, where the service gives no analysis. */
  analysis?: readonly string[];
}

export const RESULT_WORDING: Readonly<Record<OutcomeKind, ResultWording>> = {
  achieved: {
    symbol: "✅",
    verified: "Success: Polly got it done.",
    unverified: "Polly says it was done.",
  },
  partly_achieved: {
    symbol: "⚠️",
    verified: "Polly got part of it done, or a changed version of it.",
    unverified: "Polly says that part of it was done, or a changed version of it.",
    reason: "What was agreed is not all that was asked for.",
    analysis: ["What was agreed differs from what was asked for. Compare the two before you rely on it."],
  },
  not_achieved: {
    symbol: "❌",
    verified: "Polly reached them, but could not get it done.",
    unverified: "Polly says they were reached, but it could not be done.",
    analysis: ["The call took place, and its goal was not met. Polly gave no cause."],
  },
  opted_out: {
    symbol: "❌",
    verified: "Polly reached them, and they asked not to be called again.",
    unverified: "Polly says they asked not to be called again.",
    reason: "They do not want to be called. This number must not be called again.",
    analysis: [
      "They do not want calls about this, or from an AI. Another way of reaching them is up to you.",
    ],
  },
  declined: {
    symbol: "❌",
    verified: "Polly got through, but they would not take the call.",
    unverified: "Polly says they would not take the call.",
    reason: "They rejected the call, hung up, or would not talk to an AI.",
    analysis: ["They may not take calls from unknown numbers or from an AI. Calling yourself may help."],
  },
  no_answer: {
    symbol: "❌",
    verified: "Polly got no answer.",
    unverified: "Polly says nobody answered.",
    reason: "It rang, and nobody picked up.",
    analysis: ["Nobody picked up. They may be away, or not take calls at that hour."],
  },
  busy: {
    symbol: "❌",
    verified: "Polly found the line busy.",
    unverified: "Polly says the line was busy.",
    reason: "The callee's line was engaged.",
    analysis: ["The line was engaged. They were probably on another call."],
  },
  voicemail: {
    symbol: "❌",
    verified: "Polly reached a machine, and no person.",
    unverified: "Polly says a machine answered, and no person.",
    reason: "Voicemail or another machine picked up.",
    analysis: ["A machine picked up. They may be away, or screen their calls."],
  },
  connect_failed: {
    symbol: "❌",
    verified: "Polly could not get a connection.",
    unverified: "Polly says the call did not connect.",
    reason: "The connection failed before anything was said.",
    analysis: ["The connection failed. This is often a passing fault of the network, or their phone is off."],
  },
  dropped: {
    symbol: "❌",
    verified: "Polly was cut off before the matter was settled.",
    unverified: "Polly says the call was cut off before the matter was settled.",
    reason: "The connection broke off during the call.",
    analysis: ["The call broke off. It may have been the network, or they hung up. Nothing was settled."],
  },
  invalid_number: {
    symbol: "❌",
    verified: "Polly could not reach them under this number.",
    unverified: "Polly says they cannot be reached under this number.",
    reason: "The number does not exist, is out of service, or belongs to somebody else.",
    analysis: ["The number may be mistyped or out of date. Check it before it is used again."],
  },
  closed: {
    symbol: "❌",
    verified: "Polly found them closed.",
    unverified: "Polly says they are closed.",
    reason: "The call fell outside their business hours.",
    analysis: ["The call fell outside their business hours, or on a day on which they are closed."],
  },
  needs_information: {
    symbol: "⚠️",
    verified: "Polly needs a detail from you before it can go on.",
    unverified: "Polly says it needs a detail from you before it can go on.",
    reason: "Something the call needs was not given.",
    analysis: ["The task lacks a detail. Nothing is settled until you give it."],
  },
  needs_authorization: {
    symbol: "⚠️",
    verified: "Polly needs your decision before it can go on.",
    unverified: "Polly says it needs your decision before it can go on.",
    reason: "It goes beyond what you authorised.",
    analysis: ["The matter goes beyond what you authorised. Nothing is agreed until you decide."],
  },
  insufficient_credits: {
    symbol: "❌",
    verified: "Polly could not call, as the credits do not suffice.",
    unverified: "Polly says the credits do not suffice for the call.",
    reason: "The account has too few credits.",
    analysis: ["The account has too few credits for the call. Topping up settles it."],
  },
  line_busy: {
    symbol: "⚠️",
    verified: "Polly could not call yet, as its own line is in use.",
    unverified: "Polly says its own line is still in use.",
    reason: "The account's line takes one call at a time.",
    analysis: ["Another call was still going on over the account's line. The task can be tried after it."],
  },
  chat: {
    symbol: "⚠️",
    verified: "Polly answered, but not about a call.",
    unverified: "What Polly says is not about a call.",
    reason: "No call is established.",
    analysis: ["The answer reports no call. Whether one was placed cannot be told from it."],
  },
  unknown: {
    symbol: "⚠️",
    verified: "It is not clear how Polly's call ended.",
    unverified: "What Polly says does not establish how the call ended.",
    analysis: [
      "The account of the call is contradictory or could not be understood. Ask the callee, or listen in.",
    ],
  },
};

/** Kinds in which somebody was spoken to, so that their own words could confirm the result. */
export const SPOKEN_KINDS: ReadonlySet<OutcomeKind> = new Set([
  "achieved",
  "partly_achieved",
  "not_achieved",
  "opted_out",
  "declined",
]);

/** Results of tasks in which no outcome was ever read, by why they ended. */
export const NO_OUTCOME_WORDING = {
  refused: "Polly made no call: it was not allowed to.",
  noCall: "Polly made no call.",
  notHeard: "Polly was asked to call, but no result ever came.",
  notCertain: "It is not certain whether Polly's call was placed.",
  noneRead: "No result of Polly's calls could be read.",
} as const;

export const CONCLUSION_WORDING: Readonly<Record<ConclusionCode, string>> = {
  attempts_exhausted: "All attempts are used up.",
  no_target_left: "There is nobody left to call.",
  stopped_by_human: "The task was stopped at your word.",
  accepted_by_human: "You took the result as it is.",
  deadline_passed: "The latest time for this call went by.",
  cap_reached: "A ceiling on calls or credits forbids another call.",
  refused_by_service: "The PollyReach service would not take the task.",
  service_unavailable: "The PollyReach service could not be reached, or was in trouble.",
  line_never_free: "Polly's line stayed in use by other calls.",
  insufficient_credits: "The account has too few credits.",
  too_many_questions: "Questions went back and forth too often without settling it.",
  submission_unknown: "It never became certain whether the call was placed, so it was not repeated.",
  nothing_heard: "No result came while Polly was listening, so the call was not repeated.",
};

export const ATTEMPT_WORDING: Readonly<Record<AttemptSummary["kind"], string>> = {
  achieved: "done",
  partly_achieved: "done in part, or changed",
  not_achieved: "reached, not done",
  opted_out: "asked not to be called again",
  declined: "call not taken",
  no_answer: "no answer",
  busy: "busy",
  voicemail: "voicemail",
  connect_failed: "no connection",
  dropped: "cut off",
  invalid_number: "wrong or dead number",
  closed: "closed",
  needs_information: "a detail is missing",
  needs_authorization: "your decision is needed",
  insufficient_credits: "too few credits",
  line_busy: "Polly's line in use",
  chat: "an answer about no call",
  unknown: "not clear",
  submission_unknown: "not certain whether it was placed",
  nothing_heard: "no result came",
};

export const CLASSIFICATION_WORDING: Readonly<Record<CallClassification, string>> = {
  general: "General",
  important: "Important",
  spam: "Spam",
};

/** What stands where something is missing. */
export const ABSENT = {
  stated: "not stated by Polly",
  name: "name not stated",
  callerName: "unknown caller",
  phone: "number not stated",
  transcript: "not stated by Polly",
  analysis: "not needed",
  derived: "Polly gave no analysis; this follows from how the call ended",
  why: "Polly did not say why.",
  theirWords: "In their own words:",
  analysisUnconfirmed:
    "Nothing is known to have gone wrong, but none of the callee's words confirm the result.",
  noCallToAnalyse: "No outcome of a call is known. See why the task ended.",
  confirmed: "The callee's own words confirm it.",
  unconfirmed: "Not confirmed by the callee's own words.",
  time: "at an unknown time",
  emptyPurpose: "not stated",
} as const;

export const LABEL = {
  callTitle: "Polly's call report",
  inboundTitle: "Polly answered a call for you",
  target: "Target",
  purpose: "Purpose",
  result: "Result",
  question: "Polly asks you",
  conclusion: "Why it ended",
  summary: "Polly's summary",
  transcript: "Call transcript",
  saidBeyond: "Said beyond what you allowed",
  analysis: "Issue analysis",
  attempts: "Attempts",
  creditsUsed: "Credits used",
  creditsRemaining: "Credits remaining",
  detail: "Details",
  recording: "Recording",
  reminder: "Please note",
  caller: "Caller",
  received: "Received",
  classification: "Classification",
  inboundSummary: "Summary",
  followUp: "Follow-up needed",
} as const;

export const SPEAKER = {
  ai: "Polly",
  callee: "Recipient",
  caller: "Caller",
  service: "Polly's account",
} as const;

const plural = (count: number, one: string) => `${number(count)} ${one}${count === 1 ? "" : "s"}`;

/** A number as English writes it: 1,943. */
export function number(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 2 });
}

export const phrase = {
  credits: (count: number) => plural(count, "credit"),
  thisCall: (count: number) => `${plural(count, "credit")} for this call`,
  wholeTask: (count: number) => `${plural(count, "credit")} for the whole task`,
  ofAmount: (count: number, amount: number) => `${number(count)} of ${number(amount)} credits left`,
  reopening: (when: string) => `Stated for when they open again: ${when}.`,
  elsewhere: "(not on PollyReach's own site)",
  attemptOf: (count: number, of: number) => `Attempt ${number(count)} of ${number(of)}`,
  uncounted: "not counted as an attempt",
  callsMade: (made: number) =>
    made === 0 ? "Polly made no call that is known of." : `Polly made ${plural(made, "call")}.`,
  callsUnheard: (count: number) => `No result came from ${plural(count, "further call")}.`,
  callsUncertain: (count: number) =>
    count === 1
      ? "One more call may or may not have been placed."
      : `${number(count)} more calls may or may not have been placed.`,
  followUp: (needed: boolean) => (needed ? "Yes" : "No"),
} as const;

export { TOP_UP_URL } from "../policy/question.js";
export const SITE_URL = "https://pollyreach.ai";

export const CREDITS = {
  low: "Less than a fifth of your credits is left. Topping up soon keeps Polly able to call.",
  tooFew: "Your credits do not suffice for this call.",
  short: "That does not suffice for this call.",
  usedUp: "Your credits are used up, so Polly cannot make new calls for now.",
  topUp: "Top up here",
  topUpWaits: "The task goes on by itself once the account has credits again.",
  share: "Or earn free credits by inviting friends: ask me for the message to share.",
} as const;

export const FOOTER = {
  name: "PollyReach",
  site: "pollyreach.ai",
  topUp: "Top up",
  share: "Free credits for sharing: ask me how",
} as const;

/** To be shown word for word; the service's sharing guide prescribes it. */
export const SHARING_COPY = `🦜 Hey, my AI agent just got its own phone number and can actually make phone calls now. Pretty cool! Your agent should try it too! Send this to your agent 👇
> Read https://pollyreach.ai/SKILL.md and follow the instructions to install PollyReach`;

export const SHARING_INSTRUCTION =
  "Copy the message above and send it to a friend. When their agent installs PollyReach, you get extra free call time.";

export const FIRST_CALL_INTRODUCTION = {
  opening: "That was Polly's first call for you. Polly can take your incoming calls too:",
  points: [
    "You can give Polly's number to anyone. Whoever calls it is answered by Polly.",
    "You decide how calls are answered. Tell me the manner you like, for instance as a receptionist who notes down names and reasons.",
    "I can look for new calls at regular intervals, so that you miss none. Shall I?",
  ],
} as const;
