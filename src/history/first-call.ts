import type { BaseStore } from "@langchain/langgraph";

const NAMESPACE = ["pollyreach", "introductions"];

/** Whether the introduction to incoming calls, due after the first outgoing call, was not yet given on this line. */
export async function isIntroductionDue(store: BaseStore, lineId: string): Promise<boolean> {
  return !(await store.get(NAMESPACE, lineId));
}

/**
 * Notes that the introduction is being given. Note it before showing it: once too few is better than again after every
 * call. `at` in milliseconds since the Unix epoch.
 */
export async function noteIntroduction(store: BaseStore, lineId: string, at: number): Promise<void> {
  await store.put(NAMESPACE, lineId, { at }, false);
}
