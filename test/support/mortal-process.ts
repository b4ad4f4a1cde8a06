import { type BaseCheckpointSaver, MemorySaver } from "@langchain/langgraph";
import { PollyReachClient } from "../../src/client/client.js";
import { fixedPolling } from "../../src/client/polling.js";
import type { PhoneTaskDeps } from "../../src/graphs/outbound/run-phone-task.js";
import type { Sandbox } from "../../src/sandbox/index.js";
import { aProcess } from "./graph-trail.js";
import { truthReader } from "./truth-reader.js";

/** What is on disk, and outlives every process. */
export const aDisk = () => new MemorySaver();

/** When a process dies, counted in the writes to its disk. */
export interface Death {
  /** The last write that reaches the disk. */
  afterWrites: number;
  /** `at_once`, or only when it tries to write again: what it did in between is done, and nobody knows. */
  when: "at_once" | "at_the_next_write";
}

class Killed extends Error {
  override readonly name = "Killed";
}

/** A process of its own that works on a disk until it dies: from then on it writes nothing and reaches nobody. */
export function aMortalProcess(sandbox: Sandbox, disk: MemorySaver, death?: Death) {
  let writes = 0;
  let dead = false;
  const step = <A extends unknown[], T>(write: (...args: A) => Promise<T>) => {
    return async (...args: A): Promise<T> => {
      dead ||= writes === death?.afterWrites;
      if (dead) throw new Killed();
      writes += 1;
      dead = death?.when === "at_once" && writes === death.afterWrites;
      return write(...args);
    };
  };
  const saver: BaseCheckpointSaver = Object.assign(new MemorySaver(), {
    storage: disk.storage,
    writes: disk.writes,
  });
  saver.put = step(saver.put.bind(saver));
  saver.putWrites = step(saver.putWrites.bind(saver));
  const options = sandbox.clientOptions();
  const fetch: typeof globalThis.fetch = (...request) =>
    dead ? Promise.reject(new Killed()) : options.fetch(...request);
  const deps = {
    client: new PollyReachClient({ ...options, fetch, polling: fixedPolling(60_000), random: () => 0.5 }),
    clock: sandbox.clock,
    reader: truthReader(sandbox),
    checkpointer: saver,
    ...aProcess(),
  } satisfies PhoneTaskDeps;
  return {
    deps,
    get writes() {
      return writes;
    },
    get dead() {
      return dead;
    },
  };
}
