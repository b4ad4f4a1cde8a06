import { END, START, StateGraph } from "@langchain/langgraph";
import { completeInboundDeps, type InboundDeps } from "./deps.js";
import { decide } from "./nodes/decide.js";
import { receive } from "./nodes/receive.js";
import { sort } from "./nodes/sort.js";
import { tell } from "./nodes/tell.js";
import { InboundState } from "./state.js";

/** How a round of the graph is to be run: one superstep per message. */
export const INBOUND_RUN_CONFIG = { durability: "sync", recursionLimit: 10_000 } as const;

/**
 * The inbound workflow: one look for unread messages, from the service to the human.
 *
 * Invoke it with `{}`. What survives is in the store, so a run that broke off is begun anew rather than resumed, but for
 * one that waits at an `InboundQuestion`. Everything may be run by several at once in one process; run one process per
 * line, since a store has no locks.
 */
export function createInboundGraph(deps: InboundDeps) {
  const parts = completeInboundDeps(deps);
  return new StateGraph(InboundState)
    .addNode("receive", receive(parts))
    .addNode("sort", sort(parts))
    .addNode("tell", tell(parts), { ends: ["tell", "decide", END] })
    .addNode("decide", decide(parts), { ends: ["decide", END] })
    .addEdge(START, "receive")
    .addEdge("receive", "sort")
    .addEdge("sort", "tell")
    .compile({ name: "pollyreach_inbound", ...(deps.checkpointer && { checkpointer: deps.checkpointer }) });
}

export type InboundGraph = ReturnType<typeof createInboundGraph>;
