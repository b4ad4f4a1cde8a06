import { Command, MemorySaver } from "@langchain/langgraph";
import type { OutboundDeps } from "../../src/graphs/outbound/deps.js";
import { Fuses } from "../../src/graphs/outbound/fuses.js";
import { createOutboundGraph, type OutboundGraph, RUN_CONFIG } from "../../src/graphs/outbound/graph.js";
import { LineLocks } from "../../src/graphs/outbound/line-locks.js";
import { aTask, MONDAY_TEN } from "./policy-world.js";

/** A clock that stands still. */
export const stillClock = (at: number = MONDAY_TEN) => ({ now: () => at, sleep: async () => {} });

/** What a process of its own has: nothing in memory. */
export const aProcess = (): { fuses: Fuses; locks: LineLocks } => ({
  fuses: new Fuses(),
  locks: new LineLocks(),
});

/** A graph with a memory and process of its own, on a clock that stands still. */
export function aGraph(deps: Pick<OutboundDeps, "client"> & Partial<OutboundDeps>): OutboundGraph {
  return createOutboundGraph({
    checkpointer: new MemorySaver(),
    clock: stillClock(),
    ...aProcess(),
    ...deps,
  });
}

export const onThread = (id: string) => ({ ...RUN_CONFIG, configurable: { thread_id: id } });

type State = Awaited<ReturnType<OutboundGraph["invoke"]>>;

/**
 * Runs the graph from a constructed state, or on from where it was interrupted, and tells which nodes it went
 * through, the one it stopped before included.
 */
export async function trail(
  graph: OutboundGraph,
  from: (Pick<State, "history"> & Partial<State>) | { resume: unknown },
  thread = "trail",
): Promise<{ path: string[]; state: State }> {
  const config = onThread(thread);
  const path = "resume" in from ? [] : ["__start__"];
  const input =
    "resume" in from ? new Command<unknown, Partial<State>, "plan">(from) : { task: aTask(), ...from };
  for await (const update of await graph.stream(input, { ...config, streamMode: "updates" })) {
    path.push(...Object.keys(update).filter((name) => name !== "__interrupt__"));
  }
  const { next, values } = await graph.getState(config);
  return { path: [...path, next[0] ?? "__end__"], state: values };
}

/** The steps from node to node along a path. */
export function edgesOf(path: readonly string[]): string[] {
  return path.slice(1).map((to, index) => `${path[index]} → ${to}`);
}
