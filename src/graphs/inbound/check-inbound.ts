import { systemClock } from "../../clock.js";
import type { InboundAction } from "./choices.js";
import { incomingCallById } from "./decide-inbound.js";
import type { InboundDeps } from "./deps.js";
import { createInboundGraph, INBOUND_RUN_CONFIG, type InboundGraph } from "./graph.js";
import type { IncomingCall } from "./incoming-call.js";
import type { InboundTrouble } from "./state.js";

/** What one look for messages came to. */
export interface InboundRound {
  /** Told by `onMessage`, or, without one, handed over here: `confirmTold` them once they are shown. */
  messages: readonly IncomingCall[];
  /** Newly found to be possibly told: the process ended while telling them. Each is listed here once. */
  possiblyTold: readonly IncomingCall[];
  /** Newly filtered as spam. Each is listed here once, and in the history for good. */
  filtered: readonly IncomingCall[];
  /** How many `onMessage` failed to tell. */
  untold: number;
  /** What follows from choices that `onMessage` returned. */
  actions: readonly InboundAction[];
  /** Set if the service could not be asked, or not be understood. What was stored before is told all the same. */
  trouble?: InboundTrouble;
}

/** `checkInbound` asks nobody, so it needs no checkpointer; invoke the graph itself for that. */
export type CheckDeps = Omit<InboundDeps, "decisions" | "checkpointer"> & {
  signal?: AbortSignal | undefined;
};

/**
 * Looks once for incoming messages: fetches, stores, sorts, and tells those that nobody was told of.
 * @throws what the store throws. Nothing is lost by it: call again, with the same store object, and what was fetched
 * is stored first
 * @throws AbortedError, or the signal's reason
 */
export function checkInbound(deps: CheckDeps): Promise<InboundRound> {
  return roundOf(deps)();
}

/** The same, to be called again and again. */
export function roundOf({ signal, ...deps }: CheckDeps): () => Promise<InboundRound> {
  const graph = createInboundGraph(deps);
  const clock = deps.clock ?? systemClock;
  const round = () => invoke(graph, deps, signal);
  return () => (clock.hold ? clock.hold(round) : round());
}

async function invoke(
  graph: InboundGraph,
  deps: InboundDeps,
  signal: AbortSignal | undefined,
): Promise<InboundRound> {
  const state = await graph.invoke({}, { ...INBOUND_RUN_CONFIG, ...(signal && { signal }) });
  const calls = async (ids: readonly string[]) => {
    const found: IncomingCall[] = [];
    for (const id of ids) {
      const call = await incomingCallById(deps, id);
      if (call) found.push(call);
    }
    return found;
  };
  return {
    messages: await calls(state.told),
    possiblyTold: await calls(state.possiblyTold),
    filtered: await calls(state.filtered),
    untold: state.untold.length,
    actions: state.actions,
    ...(state.trouble && { trouble: state.trouble }),
  };
}
