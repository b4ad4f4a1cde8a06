import { Annotation } from "@langchain/langgraph";
import type { CreditBalance } from "../../reports/call-report-input.js";
import type { InboundAction } from "./choices.js";

/** Why the service could not be asked, as far as whoever runs the graph has to know. */
export interface InboundTrouble {
  /** The error's code: `authentication`, `connection_failed`, … */
  code: string;
  message: string;
  /** What to do about it. */
  nextStep: string;
  /** Asking again is of no use before the human has done something. */
  final: boolean;
  /** How long the service asked to wait, in milliseconds. */
  retryAfterMs?: number;
}

/**
 * The inbound graph's state, of one round. It holds references only: the messages themselves are in the store, which is
 * what survives. `receive` begins it anew.
 */
export const InboundState = Annotation.Root({
  trouble: Annotation<InboundTrouble | undefined>,
  /** Ids of messages to be told, the earliest first. */
  queue: Annotation<string[]>({ reducer: (_, next) => next, default: () => [] }),
  /** Told in this round, or handed over where there is no `onMessage`. */
  told: Annotation<string[]>({ reducer: (_, next) => next, default: () => [] }),
  /** `onMessage` failed: told again with the next round. */
  untold: Annotation<string[]>({ reducer: (_, next) => next, default: () => [] }),
  /** Found to have been in the middle of being told when a process ended, or told for all it is known. */
  possiblyTold: Annotation<string[]>({ reducer: (_, next) => next, default: () => [] }),
  /** Filtered as spam in this round: listed, not told. */
  filtered: Annotation<string[]>({ reducer: (_, next) => next, default: () => [] }),
  /** The account, once something is there to tell. */
  balance: Annotation<CreditBalance | undefined>,
  /** Ids of messages that the human is still to decide on. */
  undecided: Annotation<string[]>({ reducer: (_, next) => next, default: () => [] }),
  /** What was wrong with the last answer. */
  problem: Annotation<string | undefined>,
  actions: Annotation<InboundAction[]>({ reducer: (_, next) => next, default: () => [] }),
});

export type InboundStateValue = typeof InboundState.State;
export type InboundStateUpdate = typeof InboundState.Update;

/** A round before anything has happened in it. */
export const NEW_ROUND = {
  trouble: undefined,
  queue: [],
  told: [],
  untold: [],
  possiblyTold: [],
  filtered: [],
  balance: undefined,
  undecided: [],
  problem: undefined,
  actions: [],
} satisfies InboundStateUpdate;
