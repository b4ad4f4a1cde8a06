import { instantOf } from "./virtual-clock.js";

/** How long a call lasts and what it costs; every behaviour has defaults for both. */
export interface CallTerms {
  /** From dialing to the result being there, in milliseconds. */
  durationMs: number;
  /** Credits. Undefined: the sandbox's `costPerCall`. */
  cost?: number;
}

type Script =
  | { kind: "busy" | "rings_out" | "voicemail" | "out_of_service" | "connect_fails" }
  | { kind: "asks_for_card" | "hangs_up_midway" | "opts_out" | "declines_ai" }
  | { kind: "closed_until"; opensAt: number }
  | { kind: "asks_question"; question: string; answeredBy: RegExp; beforeDialing: boolean }
  | { kind: "refuses"; reason: string }
  | { kind: "agrees"; details?: string }
  | { kind: "agrees_to_something_else"; details: string }
  | { kind: "says"; text: string };

/** What a scripted person does with one call. Made by the functions of `behaviours`. */
export type Behaviour = CallTerms & Script;

/** The name of a behaviour, as rings are recorded with. */
export type BehaviourKind = Behaviour["kind"];

/** Every behaviour there is. */
export const BEHAVIOUR_KINDS = [
  "busy",
  "rings_out",
  "voicemail",
  "out_of_service",
  "connect_fails",
  "closed_until",
  "asks_for_card",
  "asks_question",
  "refuses",
  "hangs_up_midway",
  "opts_out",
  "agrees",
  "agrees_to_something_else",
  "declines_ai",
  "says",
] as const satisfies readonly BehaviourKind[];

/** What the caller of a behaviour may set otherwise: duration and cost. */
export type TermsOverride = Partial<CallTerms>;

const seconds = (count: number) => count * 1000;

/** What people in the sandbox can do when they are called. */
export const behaviours = {
  /** Engaged tone. Costs nothing. */
  busy: (terms: TermsOverride = {}): Behaviour => ({
    kind: "busy",
    durationMs: seconds(7),
    cost: 0,
    ...terms,
  }),
  /** Nobody picks up. Costs nothing. */
  ringsOut: (terms: TermsOverride = {}): Behaviour => ({
    kind: "rings_out",
    durationMs: seconds(38),
    cost: 0,
    ...terms,
  }),
  /** A machine answers; nobody is reached. */
  voicemail: (terms: TermsOverride = {}): Behaviour => ({
    kind: "voicemail",
    durationMs: seconds(31),
    ...terms,
  }),
  /** The number is not in service. Costs nothing. */
  outOfService: (terms: TermsOverride = {}): Behaviour => ({
    kind: "out_of_service",
    durationMs: seconds(9),
    cost: 0,
    ...terms,
  }),
  /** The network cannot put the call through, for the moment. Costs nothing. */
  connectFails: (terms: TermsOverride = {}): Behaviour => ({
    kind: "connect_fails",
    durationMs: seconds(12),
    cost: 0,
    ...terms,
  }),
  /**
   * Until `instant` an announcement says when they open again. From then on the next behaviour applies.
   * @param instant milliseconds since the Unix epoch, or an ISO 8601 date-time with offset.
   */
  closedUntil: (instant: number | string, terms: TermsOverride = {}): Behaviour => ({
    kind: "closed_until",
    opensAt: instantOf(instant),
    durationMs: seconds(22),
    ...terms,
  }),
  /** Wants a payment card before agreeing to anything. */
  asksForCard: (terms: TermsOverride = {}): Behaviour => ({
    kind: "asks_for_card",
    durationMs: seconds(74),
    ...terms,
  }),
  /**
   * Asks something that only the human knows: the question comes back as the result. When a later message
   * matches `answeredBy`, the next behaviour applies; until then the question is asked again.
   *
   * With `beforeDialing` the service itself asks, and no phone rings for it.
   */
  asksQuestion: (
    question: string,
    { answeredBy, beforeDialing = false, ...terms }: TermsOverride & QuestionOptions,
  ): Behaviour => ({
    kind: "asks_question",
    question,
    answeredBy,
    beforeDialing,
    durationMs: beforeDialing ? seconds(5) : seconds(68),
    ...(beforeDialing ? { cost: 0 } : {}),
    ...terms,
  }),
  /** Listens, and says no. */
  refuses: (reason: string, terms: TermsOverride = {}): Behaviour => ({
    kind: "refuses",
    reason,
    durationMs: seconds(57),
    ...terms,
  }),
  /** Talks, and the line is cut before the matter is settled. */
  hangsUpMidway: (terms: TermsOverride = {}): Behaviour => ({
    kind: "hangs_up_midway",
    durationMs: seconds(41),
    ...terms,
  }),
  /** Asks never to be called again. */
  optsOut: (terms: TermsOverride = {}): Behaviour => ({
    kind: "opts_out",
    durationMs: seconds(26),
    ...terms,
  }),
  /** Does what is asked. `details` is what was agreed, in words. */
  agrees: (details?: string, terms: TermsOverride = {}): Behaviour => ({
    kind: "agrees",
    ...(details === undefined ? {} : { details }),
    durationMs: seconds(96),
    ...terms,
  }),
  /** Cannot do what is asked and settles on something else with the AI. */
  agreesToSomethingElse: (details: string, terms: TermsOverride = {}): Behaviour => ({
    kind: "agrees_to_something_else",
    details,
    durationMs: seconds(118),
    ...terms,
  }),
  /** Will not talk to an AI. */
  declinesAi: (terms: TermsOverride = {}): Behaviour => ({
    kind: "declines_ai",
    durationMs: seconds(15),
    ...terms,
  }),
  /** The service's result is exactly `text`, whatever the style. */
  says: (text: string, terms: TermsOverride = {}): Behaviour => ({
    kind: "says",
    text,
    durationMs: seconds(60),
    ...terms,
  }),
};

/** What a question needs besides its words. */
export interface QuestionOptions {
  /** A later message that matches this answers the question. */
  answeredBy: RegExp;
  /** The service asks before it dials, so that no phone rings. Default false. */
  beforeDialing?: boolean;
}
