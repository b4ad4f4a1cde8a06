import { InMemoryStore, MemorySaver } from "@langchain/langgraph";
import { systemClock } from "../src/clock.js";
import { createOutboundGraph, RUN_CONFIG } from "../src/graphs/outbound/graph.js";
import { parsePhoneTask } from "../src/policy/task.js";
import { answeringLine, BOOKING } from "./answering-line.js";
import { emptyNodes } from "./empty-nodes.js";
import { type Benchmark, cpuPerCall } from "./harness.js";

const TASKS = 30;

/** The graphs are compiled beforehand, and keep every superstep in memory before the next begins. */
export const outboundTask: Benchmark = {
  name: "outbound-task",
  about: "a phone task that succeeds at once, in one invoke, against a graph of eight empty nodes in a row",
  unit: "µs CPU",
  baseline: "eight empty nodes",
  rounds: 40,
  goals: [{ variant: "phone task", of: "ratio", atMost: 1 }],
  open() {
    const checkpointer = new MemorySaver();
    const empty = emptyNodes().compile({ checkpointer });
    const unsaved = emptyNodes().compile();
    const now = systemClock.now();
    const task = parsePhoneTask(BOOKING, { now, newId: () => "booking", approval: "none" });
    let threads = 0;
    const onThread = async (run: (config: ReturnType<typeof configOf>) => Promise<unknown>) => {
      const config = configOf(`thread-${threads++}`);
      const result = await run(config);
      await checkpointer.deleteThread(config.configurable.thread_id);
      return result;
    };
    return {
      variants: {
        "eight empty nodes": cpuPerCall(TASKS, () => onThread((config) => empty.invoke({ at: 0 }, config))),
        "eight empty nodes, nothing saved": cpuPerCall(TASKS, () => unsaved.invoke({ at: 0 })),
        "phone task": () => {
          // A store and a line of their own, so that no cap on calls stands in the way.
          const client = { ...answeringLine("bench"), lineId: "" };
          const outbound = createOutboundGraph({
            client,
            checkpointer,
            guard: { store: new InMemoryStore() },
          });
          const once = cpuPerCall(TASKS, () =>
            onThread(async (config) => {
              client.lineId = config.configurable.thread_id;
              const { results } = await outbound.invoke({ task }, config);
              const outcome = results.at(-1)?.outcome;
              if (outcome?.kind !== "achieved") throw new Error(`The task did not succeed: ${outcome?.kind}`);
            }),
          );
          return once();
        },
      },
    };
  },
};

const configOf = (threadId: string) => ({ ...RUN_CONFIG, configurable: { thread_id: threadId } });
