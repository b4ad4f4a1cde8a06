import { describe, expect, it } from "vitest";
import { createOutboundGraph } from "../../../src/graphs/outbound/graph.js";
import { resumePhoneTask, runPhoneTask } from "../../../src/graphs/outbound/run-phone-task.js";
import { behaviours, startSandbox } from "../../../src/sandbox/index.js";
import { aProcess, onThread } from "../../support/graph-trail.js";
import { BOOKING, breaches, ending, jobDeps, kept } from "../../support/phone-job.js";
import { aTask, MONDAY_TEN } from "../../support/policy-world.js";

const script = [behaviours.busy(), behaviours.agrees()];
const open = () =>
  startSandbox({
    people: [
      { name: "Roma", phone: "+390612345678", behaviours: script },
      { name: "Alba", phone: "+390687654321", behaviours: [behaviours.agrees()] },
    ],
  });

const ENOUGH = new Error("The human has had enough.");

describe("a run that is stopped at any moment", () => {
  it("ends with the signal's reason, leaves the line to others, and goes on from there without a second call", async () => {
    let stopped = 0;
    for (let request = 1, ended = false; !ended; request++) {
      await using sandbox = await open();
      const stop = new AbortController();
      const base = jobDeps(sandbox);
      const { client } = base;
      let requests = 0;
      const counting = <A extends unknown[], T>(ask: (...args: A) => Promise<T>) => {
        return (...args: A) => {
          requests += 1;
          if (requests === request) queueMicrotask(() => stop.abort(ENOUGH));
          return ask(...args);
        };
      };
      const line = {
        lineId: client.lineId,
        live: client.live,
        send: counting(client.send.bind(client)),
        query: counting(client.query.bind(client)),
        balance: counting(client.balance.bind(client)),
        waitForResult: counting(client.waitForResult.bind(client)),
      };
      const outcome: unknown = await runPhoneTask(BOOKING, {
        ...base,
        client: line,
        signal: stop.signal,
      }).catch((error: unknown) => error);
      ended = !stop.signal.aborted;
      if (ended) break;
      const story = `stopped at its request ${request}`;
      if (outcome instanceof Error) {
        expect(outcome, story).toBe(ENOUGH);
        stopped += 1;
      }
      const other = await runPhoneTask({ ...BOOKING, id: "other", targets: [{ name: "Alba" }] }, base);
      expect(ending(other), story).toBe("finished: settled");
      expect(sandbox.clock.now() - Date.parse("2026-03-16T09:00:00Z"), story).toBeLessThan(25 * 60_000);
      const run = await resumePhoneTask("booking", base);
      expect(ending(run), story).toMatch(/^(finished: settled|asking: (submission_unknown|nothing_heard))$/);
      expect(sandbox.rings("+390612345678"), story).toBeLessThanOrEqual(2);
      expect(
        breaches(sandbox, await kept(base)).filter((breach) => !breach.includes("no attempt says so")),
        story,
      ).toEqual([]);
    }
    expect(stopped).toBeGreaterThan(5);
  });
});

it("an intent that lay about is not dialed as if it were fresh: it may be night by now", async () => {
  await using sandbox = await open();
  const deps = jobDeps(sandbox);
  const graph = createOutboundGraph(deps);
  const config = onThread("booking");
  const task = aTask({ id: "booking", deadline: MONDAY_TEN + 3_600_000 });
  await graph.invoke({ task }, { ...config, interruptBefore: ["submit"] });
  await sandbox.clock.advance(8 * 3_600_000);
  const { step } = await sandbox.clock.hold(() => graph.invoke(null, config));
  expect(sandbox.rings()).toBe(0);
  expect(step).toMatchObject({ do: "report", conclusion: "deadline_passed" });
});

it("an intent whose line went to another task meanwhile waits for it again", async () => {
  await using sandbox = await open();
  const deps = jobDeps(sandbox, aProcess());
  const graph = createOutboundGraph(deps);
  const config = onThread("booking");
  await graph.invoke({ task: aTask({ id: "booking" }) }, { ...config, interruptBefore: ["submit"] });
  await sandbox.clock.advance(3_600_000);
  await runPhoneTask({ ...BOOKING, id: "other", targets: [{ name: "Alba" }] }, deps);
  expect(ending(await resumePhoneTask("booking", deps))).toBe("finished: settled");
  expect(sandbox.rings("+390612345678")).toBe(2);
});
