import { monitorEventLoopDelay } from "node:perf_hooks";
import { MemorySaver } from "@langchain/langgraph";
import { systemClock } from "../src/clock.js";
import { runPhoneTask } from "../src/graphs/outbound/run-phone-task.js";
import { answeringLine, BOOKING } from "./answering-line.js";
import { emptyNodes } from "./empty-nodes.js";
import type { Benchmark, Measure } from "./harness.js";

const TASKS = 1_000;
const LONGEST_CALL_MS = 1_000;

/** A line for each task, so that no cap on calls stands in its way, and calls that end at any moment within a second. */
export const tasksInFlight: Benchmark = {
  name: "tasks-in-flight",
  about: `longest block of the event loop while ${TASKS.toLocaleString("en")} tasks are carried out at once`,
  unit: "ms",
  rounds: 3,
  goals: [{ variant: "phone tasks", of: "median", atMost: 50 }],
  open() {
    const empty = emptyNodes().compile();
    let lines = 0;
    return {
      variants: {
        "phone tasks": longestBlock(async (index) => {
          const length = ((index * 7_919) % TASKS) * (LONGEST_CALL_MS / TASKS);
          const client = answeringLine(`line-${lines++}`, () => systemClock.sleep(length));
          const run = await runPhoneTask(BOOKING, { client, checkpointer: new MemorySaver() });
          const outcome = run.status === "finished" ? run.outcome?.kind : run.status;
          if (outcome !== "achieved") throw new Error(`A task did not succeed: ${outcome}`);
        }),
        "graphs of eight empty nodes": longestBlock(() => empty.invoke({ at: 0 })),
      },
    };
  },
};

function longestBlock(work: (index: number) => Promise<unknown>): Measure {
  return async () => {
    const delays = monitorEventLoopDelay({ resolution: 1 });
    delays.enable();
    // The first delay counts from the one before it, so let there be some.
    await systemClock.sleep(50);
    await Promise.all(Array.from({ length: TASKS }, (_, index) => work(index)));
    await systemClock.sleep(20);
    delays.disable();
    return delays.max / 1e6;
  };
}
