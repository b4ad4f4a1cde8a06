import { END, START, StateGraph } from "@langchain/langgraph";
import { completeDeps, type OutboundDeps } from "./deps.js";
import { consult, wait } from "./nodes/humans.js";
import { listen, reconcile } from "./nodes/listen.js";
import { plan } from "./nodes/plan.js";
import { read } from "./nodes/read.js";
import { report } from "./nodes/report.js";
import { reserve } from "./nodes/reserve.js";
import { submit } from "./nodes/submit.js";
import { OutboundState } from "./state.js";

/** How a run of the graph is to be configured: every superstep is on disk before the next begins. */
export const RUN_CONFIG = { durability: "sync", recursionLimit: 500 } as const;

/**
 * The outbound workflow: one phone task, from request to report.
 *
 * Invoke it with `{ task }` (see `parsePhoneTask`), a `thread_id` and `durability: "sync"`. It is interrupted with an
 * `OutboundInterrupt` whenever it waits or asks; resume it with `new Command({ resume })`. After a crash invoke it
 * with `null`, never with the input again. Progress comes with `streamMode: "custom"`.
 *
 * @throws {InvalidLimitsError} for limits that are none.
 */
export function createOutboundGraph(deps: OutboundDeps) {
  const parts = completeDeps(deps);
  return new StateGraph(OutboundState)
    .addNode("plan", plan(parts), {
      ends: ["ask", "authorize", "topUp", "wait", "reserve", "listen", "reconcile", "report"],
    })
    .addNode("ask", consult(parts))
    .addNode("authorize", consult(parts))
    .addNode("topUp", consult(parts))
    .addNode("wait", wait())
    .addNode("reserve", reserve(parts), { ends: ["submit", "plan"] })
    .addNode("submit", submit(parts), { ends: ["listen", "plan"] })
    .addNode("listen", listen(parts), { ends: ["read", "plan"] })
    .addNode("reconcile", reconcile(parts), { ends: ["read", "plan"] })
    .addNode("read", read(parts), { ends: ["plan"] })
    .addNode("report", report(parts))
    .addEdge(START, "plan")
    .addEdge("ask", "plan")
    .addEdge("authorize", "plan")
    .addEdge("topUp", "plan")
    .addEdge("wait", "plan")
    .addEdge("report", END)
    .compile({ name: "pollyreach_outbound", ...(deps.checkpointer && { checkpointer: deps.checkpointer }) });
}

export type OutboundGraph = ReturnType<typeof createOutboundGraph>;
