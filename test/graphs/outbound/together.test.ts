import { MemorySaver } from "@langchain/langgraph";
import { describe, expect, it } from "vitest";
import { createOutboundGraph } from "../../../src/graphs/outbound/graph.js";
import { MissingCheckpointerError, TaskBusyError } from "../../../src/graphs/outbound/graph-errors.js";
import { resumePhoneTask, runPhoneTask } from "../../../src/graphs/outbound/run-phone-task.js";
import { type Behaviour, behaviours, startSandbox } from "../../../src/sandbox/index.js";
import { aGraph, aProcess, onThread, trail } from "../../support/graph-trail.js";
import { BOOKING, breaches, ending, jobDeps, kept } from "../../support/phone-job.js";
import { aTask } from "../../support/policy-world.js";
import { scriptedLine } from "../../support/scripted-line.js";
import { ringOf } from "../../support/truth-reader.js";

const PHONE = { Roma: "+390612345678", Alba: "+390687654321" };
const callees = (roma: Behaviour[], alba: Behaviour[] = [behaviours.agrees()]) => ({
  people: [
    { name: "Roma", phone: PHONE.Roma, behaviours: roma },
    { name: "Alba", phone: PHONE.Alba, behaviours: alba },
  ],
});
const ALBA = { ...BOOKING, id: "alba", targets: [{ name: "Alba" }] };

describe("two runs of one task at once", () => {
  it("are refused where the runner can see it", async () => {
    await using sandbox = await startSandbox(callees([behaviours.agrees()]));
    const deps = jobDeps(sandbox);
    const first = runPhoneTask(BOOKING, deps);
    await expect(runPhoneTask(BOOKING, deps)).rejects.toThrow(TaskBusyError);
    expect(ending(await first)).toBe("finished: settled");
    expect(sandbox.rings()).toBe(1);
  });

  it("of two graphs in one process make one call", async () => {
    await using sandbox = await startSandbox(callees([behaviours.agrees()]));
    const deps = jobDeps(sandbox);
    const input = { task: aTask({ id: "booking" }) };
    const config = onThread("booking");
    const one = () => sandbox.clock.hold(() => createOutboundGraph(deps).invoke(input, config));
    await Promise.allSettled([one(), one()]);
    expect(sandbox.rings()).toBe(1);
    expect(sandbox.record.requests.filter(({ endpoint }) => endpoint === "send")).toHaveLength(1);
  });
});

it("two tasks on one line take turns, and each hears of its own call", async () => {
  await using sandbox = await startSandbox(callees([behaviours.busy(), behaviours.agrees()]));
  const deps = jobDeps(sandbox);
  const runs = await Promise.all([runPhoneTask(BOOKING, deps), runPhoneTask(ALBA, deps)]);
  expect(runs.map(ending)).toEqual(["finished: settled", "finished: settled"]);
  expect([sandbox.rings(PHONE.Roma), sandbox.rings(PHONE.Alba)]).toEqual([2, 1]);
  const called = async (id: string) =>
    (await kept(deps, id)).results.map(({ message }) => ringOf(sandbox, message)?.name);
  expect(await called("booking")).toEqual(["Roma", "Roma"]);
  expect(await called("alba")).toEqual(["Alba"]);
  expect(sandbox.record.requests.filter(({ status }) => status !== 200)).toEqual([]);
});

it("a task whose calls come to nothing but chat does not keep the line from others while it asks", async () => {
  const chat = behaviours.says("I am on it!", { durationMs: 1_000 });
  await using sandbox = await startSandbox(callees([chat]));
  const chatting = {
    read: () => ({ kind: "chat", evidence: [], verified: false }) as const,
  };
  const deps = jobDeps(sandbox);
  const asking = await runPhoneTask(BOOKING, { ...deps, reader: chatting, limits: { chats: 0 } });
  expect(ending(asking)).toBe("asking: unknown_result");
  const at = sandbox.clock.now();
  expect(ending(await runPhoneTask(ALBA, deps))).toBe("finished: settled");
  expect(sandbox.clock.now() - at).toBeLessThan(10 * 60_000);
});

describe("the graph on its own", () => {
  it.each([
    ["without a checkpointer", {}, { configurable: { thread_id: "t" } }],
    ["without a thread", { checkpointer: new MemorySaver() }, {}],
  ])("dials nothing %s, and says so", async (_, deps, config) => {
    const client = scriptedLine();
    const graph = createOutboundGraph({ client, ...aProcess(), ...deps });
    const error: unknown = await graph.invoke({ task: aTask() }, config).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    if (!("checkpointer" in deps)) expect(error).toBeInstanceOf(MissingCheckpointerError);
    expect(client.sent).toEqual([]);
  });

  it("run again from any older checkpoint of a finished task dials nothing by itself", async () => {
    const client = scriptedLine({ hear: () => "Done." });
    const graph = aGraph({
      client,
      reader: { read: () => ({ kind: "achieved", evidence: [], verified: false }) },
    });
    await trail(graph, { history: [] });
    expect(client.sent).toHaveLength(1);
    const past = [];
    for await (const state of graph.getStateHistory(onThread("trail"))) past.push(state);
    expect(past.length).toBeGreaterThan(8);
    for (const { config } of past) {
      await graph.invoke(null, { ...onThread("trail"), ...config });
      expect(client.sent).toHaveLength(1);
    }
  });

  it("run again from any older checkpoint in another process dials nothing by itself", async () => {
    const checkpointer = new MemorySaver();
    const reader = { read: () => ({ kind: "achieved", evidence: [], verified: false }) as const };
    const first = scriptedLine();
    await trail(aGraph({ client: first, reader, checkpointer }), { history: [] });
    const past = [];
    const client = scriptedLine();
    const graph = aGraph({ client, reader, checkpointer });
    for await (const state of graph.getStateHistory(onThread("trail"))) past.push(state);
    for (const { config } of past) {
      await aGraph({ client, reader, checkpointer }).invoke(null, { ...onThread("trail"), ...config });
    }
    expect(client.sent).toEqual([]);
  });
});

describe("an answer that comes late", () => {
  it("is not taken for the answer to a question that was not asked yet", async () => {
    await using sandbox = await startSandbox(callees([behaviours.busy(), behaviours.asksForCard()]));
    const deps = jobDeps(sandbox);
    const waiting = await runPhoneTask(BOOKING, { ...deps, longestWaitMs: 0 });
    expect(ending(waiting)).toBe("waiting: redial_backoff");
    const run = await resumePhoneTask("booking", deps, { choice: "approve" });
    expect(ending(run)).toBe("asking: beyond_authorization");
    expect(breaches(sandbox, await kept(deps))).toEqual([]);
    expect(sandbox.rings()).toBe(2);
  });
});
