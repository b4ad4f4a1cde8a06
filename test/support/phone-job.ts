import { MemorySaver } from "@langchain/langgraph";
import { PollyReachClient } from "../../src/client/client.js";
import { fixedPolling } from "../../src/client/polling.js";
import { createOutboundGraph } from "../../src/graphs/outbound/graph.js";
import type { PhoneTaskDeps, PhoneTaskRun } from "../../src/graphs/outbound/run-phone-task.js";
import type { OutboundStateValue } from "../../src/graphs/outbound/state.js";
import { standing } from "../../src/policy/standing.js";
import type { PhoneTaskInput } from "../../src/policy/task.js";
import type { Sandbox } from "../../src/sandbox/index.js";
import { aProcess, onThread } from "./graph-trail.js";
import { ringOf, truthReader } from "./truth-reader.js";

/** Bookings at a place that is named only, so that it may be called at any hour. */
export const BOOKING: PhoneTaskInput = {
  id: "booking",
  purpose: "Book a table for four",
  targets: [{ name: "Roma" }],
};

/** A client of the sandbox that asks seldom, so that hours of listening stay cheap. */
export function aClient(sandbox: Sandbox, everyMs = 60_000): PollyReachClient {
  return new PollyReachClient({
    ...sandbox.clientOptions(),
    polling: fixedPolling(everyMs),
    random: () => 0.5,
  });
}

/** What a job of its own process works with, results being read by what happened. */
export function jobDeps<D extends Partial<PhoneTaskDeps>>(sandbox: Sandbox, deps?: D) {
  const own = {
    client: aClient(sandbox),
    clock: sandbox.clock,
    reader: truthReader(sandbox),
    checkpointer: new MemorySaver(),
    ...aProcess(),
  } satisfies PhoneTaskDeps;
  return { ...own, ...deps };
}

/** The state that is kept under a thread. */
export async function kept(deps: PhoneTaskDeps, thread = "booking"): Promise<OutboundStateValue> {
  return (await createOutboundGraph(deps).getState(onThread(thread))).values;
}

/** By these the service says that it did not take the message on, so that it may be posted again. */
const TURNED_AWAY: ReadonlySet<number> = new Set([429]);

function messageOf(body: unknown): string {
  return typeof body === "object" && body !== null && "message" in body ? String(body.message) : "";
}

const REFERENCE = /Reference: (PR-\w+)/;
export const referenceIn = (message: string): string => REFERENCE.exec(message)?.[1] ?? "none";

/** Counts messages by the intent that they are for. */
function byIntent(messages: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const message of messages) {
    const reference = referenceIn(message);
    counts.set(reference, (counts.get(reference) ?? 0) + 1);
  }
  return counts;
}

/**
 * What must hold of any job, however it went, as sentences of what does not:
 * one POST and one ring at most for each intent, no ring that the history does not know of, none of an attempt that
 * it says was not made, and no result taken for another call's.
 */
export function breaches(sandbox: Sandbox, { task, history, results }: OutboundStateValue): string[] {
  const found: string[] = [];
  const posts = sandbox.record.requests.filter(
    ({ endpoint, status, fault }) =>
      endpoint === "send" && fault !== "refused" && !TURNED_AWAY.has(status ?? 0),
  );
  for (const [reference, times] of byIntent(posts.map(({ body }) => messageOf(body)))) {
    if (times > 1) found.push(`${reference} was posted ${times} times`);
  }
  const reserved = history.flatMap((fact) => (fact.fact === "reserved" ? [fact.attempt] : []));
  const counted = new Set(standing(task, history).calls.map(({ attempt }) => attempt.id));
  for (const [reference, times] of byIntent(sandbox.record.rings.map(({ message }) => message))) {
    if (times > 1) found.push(`${reference} rang ${times} times`);
    const attempt = reserved.find((each) => each.reference === reference);
    if (!attempt) found.push(`${reference} rang, and no attempt says so`);
    else if (!counted.has(attempt.id)) found.push(`${reference} rang, and is said not to have been placed`);
  }
  for (const { attemptId, message } of results) {
    const ring = ringOf(sandbox, message);
    const reference = reserved.find(({ id }) => id === attemptId)?.reference;
    if (ring && referenceIn(ring.message) !== reference)
      found.push(`${reference} got the result of another call`);
  }
  return found;
}

/** Results that calls had and the job knows nothing of: neither as an attempt's, nor as one it could not place. */
export function lostResults(sandbox: Sandbox, { history, results, unclaimed }: OutboundStateValue): string[] {
  const known = [...results.map(({ message }) => message), ...unclaimed].map((text) => ringOf(sandbox, text));
  return sandbox.record.rings
    .filter((ring) => !known.includes(ring))
    .map((ring) => `${ring.name} ${ring.attempt}: ${ring.behaviour} (${history.length} facts)`);
}

/** How a run ended, in a word or two. */
export function ending(run: PhoneTaskRun): string {
  if (run.status === "finished") return `finished: ${run.conclusion}`;
  if (run.status === "waiting") return `waiting: ${run.reason}`;
  return `asking: ${run.question.kind === "decision" ? run.question.matter : run.question.kind}`;
}
