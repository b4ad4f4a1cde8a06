import { MemorySaver } from "@langchain/langgraph";
import { describe, expect, it } from "vitest";
import type { Progress } from "../../../src/graphs/outbound/progress.js";
import { runPhoneTask } from "../../../src/graphs/outbound/run-phone-task.js";
import type { OutcomeReader } from "../../../src/outcome/reader.js";
import type { OutcomeKind } from "../../../src/policy/outcome.js";
import { behaviours, startSandbox } from "../../../src/sandbox/index.js";
import { aGraph, aProcess, onThread } from "../../support/graph-trail.js";
import { aClient, BOOKING, ending, jobDeps } from "../../support/phone-job.js";
import { aTask } from "../../support/policy-world.js";
import { scriptedLine } from "../../support/scripted-line.js";

const CANARY = "canary-token-4f1f9a2b7c";

/** All that a saver keeps, as text. */
function everything({ storage, writes }: MemorySaver): string {
  return JSON.stringify({ storage, writes }, (_, value: unknown) =>
    value instanceof Uint8Array ? new TextDecoder().decode(value) : value,
  );
}

/** Counts what a saver that keeps each version of a channel once, as databases do, would have to store. */
class Ledger extends MemorySaver {
  bytes = 0;

  override async put(...args: Parameters<MemorySaver["put"]>) {
    const [, { channel_values: values, channel_versions: versions }] = args;
    for (const [channel, version] of Object.entries(versions)) {
      if (this.#seen.has(`${channel} ${version}`)) continue;
      this.#seen.add(`${channel} ${version}`);
      this.bytes += Buffer.byteLength(JSON.stringify(values[channel] ?? null));
    }
    return super.put(...args);
  }

  override async putWrites(...args: Parameters<MemorySaver["putWrites"]>) {
    this.bytes += Buffer.byteLength(JSON.stringify(args[1]));
    return super.putWrites(...args);
  }

  readonly #seen = new Set<string>();
}

it("the token stands in no checkpoint, no event, no question and no report, even where the service repeats it", async () => {
  await using sandbox = await startSandbox({
    token: CANARY,
    people: [
      {
        name: "Roma",
        phone: "+390612345678",
        behaviours: [behaviours.busy(), behaviours.says(`Done. Authorization: Bearer ${CANARY}`)],
      },
    ],
    faults: [
      { endpoint: "send", fault: { kind: "status", status: 500, accepted: true, body: CANARY }, skip: 1 },
    ],
  });
  const checkpointer = new MemorySaver();
  const heard: unknown[] = [];
  const keep = (each: unknown) => {
    heard.push(each);
    return undefined;
  };
  const deps = jobDeps(sandbox, {
    client: aClient(sandbox),
    checkpointer,
    onProgress: keep,
    onUnclaimedResult: keep,
  });
  const run = await runPhoneTask(BOOKING, { ...deps, onQuestion: keep });
  expect(ending(run)).toMatch(/^asking/);
  expect(everything(checkpointer)).toContain("Book a table for four");
  for (const place of [everything(checkpointer), JSON.stringify(heard), JSON.stringify(run)]) {
    expect(place).not.toContain(CANARY);
  }
});

describe("what is kept of a task", () => {
  const transcript = "Callee: Yes, we have a table for four, and it is by the window.\n".repeat(320);

  /** Bytes in the saver after calls that each brought 20 KB back and came to these. */
  async function keptAfter(kinds: Exclude<OutcomeKind, "unknown">[]): Promise<number> {
    let now = Date.parse("2026-03-16T10:00:00Z");
    let calls = 0;
    const clock = {
      now: () => now,
      sleep: async (ms: number) => {
        now += Math.max(ms, 0);
      },
    };
    const reader: OutcomeReader = {
      read: () => ({ kind: kinds[calls - 1] ?? "achieved", evidence: [], verified: false }),
    };
    const client = scriptedLine({
      lineId: `line-${kinds.length}`,
      hear: () => `Call ${++calls}. ${transcript}`,
    });
    const checkpointer = new Ledger();
    const run = await runPhoneTask(BOOKING, { ...aProcess(), client, clock, reader, checkpointer });
    expect(ending(run)).toMatch(/^finished/);
    expect(calls).toBe(kinds.length);
    return checkpointer.bytes;
  }
  it("is a few times what the calls brought back: each step keeps what it changed", async () => {
    const one = await keptAfter(["achieved"]);
    const five = await keptAfter(["no_answer", "no_answer", "no_answer", "no_answer", "achieved"]);
    expect(one).toBeLessThan(5 * transcript.length);
    expect(five).toBeLessThan(50 * transcript.length);
  });
});

describe("progress", () => {
  it("comes in the order in which things happen, also from the graph itself", async () => {
    const graph = aGraph({
      client: scriptedLine(),
      reader: { read: () => ({ kind: "achieved", evidence: [], verified: false }) },
    });
    const config = { ...onThread("progress"), streamMode: "custom" as const };
    const events: Progress[] = [];
    for await (const event of await graph.stream({ task: aTask() }, config)) events.push(event);
    expect(events.map((event) => (event.type === "decided" ? event.step.do : event.type))).toEqual([
      "reserve",
      "dialing",
      "heard",
      "report",
    ]);
  });
});
