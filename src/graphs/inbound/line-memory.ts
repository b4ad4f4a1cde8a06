import type { BaseStore } from "@langchain/langgraph";
import type { KeptReply } from "./inbox.js";

/** What this process knows of one line's messages beyond what is stored. */
export interface LineMemory {
  /** Runs `work` when nobody else of this process is at the line's messages. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Messages that are being told right now, as against those that a dead process was telling. */
  readonly beingTold: Set<string>;
  /** A reply that could not be stored yet. Nothing is fetched before it is. */
  unstored?: KeptReply;
}

const memories = new WeakMap<BaseStore, Map<string, LineMemory>>();

/** The memory that all graphs of this process share for one line in one store. */
export function memoryOf(
  store: BaseStore,
  line: string,
  namespace: readonly string[] = ["pollyreach"],
): LineMemory {
  const lineId = [...namespace, line].join("/");
  const lines = memories.get(store) ?? new Map<string, LineMemory>();
  memories.set(store, lines);
  const memory = lines.get(lineId) ?? newMemory();
  lines.set(lineId, memory);
  return memory;
}

function newMemory(): LineMemory {
  let last: Promise<unknown> = Promise.resolve();
  return {
    beingTold: new Set(),
    inTurn(work) {
      const mine = last.then(work, work);
      last = mine.catch(() => {});
      return mine;
    },
  };
}
