import { describe, expect, it } from "vitest";
import { resumePhoneTask, runPhoneTask } from "../../../src/graphs/outbound/run-phone-task.js";
import type { PhoneTaskInput } from "../../../src/policy/task.js";
import {
  type Behaviour,
  behaviours,
  faults,
  type SandboxOptions,
  startSandbox,
} from "../../../src/sandbox/index.js";
import { aProcess } from "../../support/graph-trail.js";
import { BOOKING, breaches, ending, jobDeps, kept, lostResults } from "../../support/phone-job.js";
import { ringOf } from "../../support/truth-reader.js";

const roma = (...script: Behaviour[]) => ({ name: "Roma", phone: "+390612345678", behaviours: script });
const ALBA = { name: "Alba", phone: "+390687654321", behaviours: [behaviours.busy(), behaviours.agrees()] };

/** A service that tells of a call once, and then again, for a minute, to whoever has sent the next one. */
const FORGETFUL = { result: "once", staleResultMs: 60_000, echoesReference: false } as const;

const open = (options: Omit<SandboxOptions, "clock">) =>
  startSandbox({ people: [roma(behaviours.agrees()), ALBA], ...options });

describe("where a service still tells of the call before,", () => {
  it.each(["once", "sticky"] as const)("a redial is not taken for as busy as it was (%s)", async (result) => {
    await using sandbox = await open({
      people: [roma(behaviours.busy(), behaviours.agrees())],
      variants: { ...FORGETFUL, result },
    });
    const deps = jobDeps(sandbox);
    const run = await runPhoneTask(BOOKING, deps);
    expect(run).toMatchObject({ status: "finished", outcome: { kind: "achieved" } });
    expect(sandbox.rings()).toBe(2);
    expect(breaches(sandbox, await kept(deps))).toEqual([]);
  });

  it("one task's success is not taken for the next one's, though that was busy", async () => {
    await using sandbox = await open({ variants: FORGETFUL });
    const shared = jobDeps(sandbox);
    await runPhoneTask(BOOKING, shared);
    await runPhoneTask({ ...BOOKING, id: "other", targets: [{ name: "Alba" }] }, shared);
    expect(sandbox.rings(ALBA.phone)).toBe(2);
    const { results } = await kept(shared, "other");
    expect(results.map(({ message }) => ringOf(sandbox, message)?.behaviour)).toEqual(["busy", "agrees"]);
  });
});

describe("no result that was there is lost:", () => {
  it("the balance cannot be read, and the call is over before the first question", async () => {
    await using sandbox = await open({
      people: [roma(behaviours.busy(), behaviours.agrees())],
      variants: { result: "once", echoesReference: false },
      faults: [{ endpoint: "balance", fault: faults.wrongTypes(), times: 1_000 }],
    });
    const deps = jobDeps(sandbox);
    expect(ending(await runPhoneTask(BOOKING, deps))).toBe("finished: settled");
    expect(lostResults(sandbox, await kept(deps))).toEqual([]);
  });

  it("nobody can say whose it is: it is kept, and told of, and the human decides", async () => {
    const told: string[] = [];
    await using sandbox = await open({
      people: [roma(behaviours.says("They are fully booked until May.", { durationMs: 5_000 }))],
      variants: { result: "once" },
      faults: [{ endpoint: "query", fault: faults.html({ status: 200 }), times: 5 }],
    });
    const deps = jobDeps(sandbox, { onUnclaimedResult: (message) => told.push(message) });
    expect(ending(await runPhoneTask(BOOKING, deps))).toBe("asking: nothing_heard");
    expect((await kept(deps)).unclaimed).toEqual(["They are fully booked until May."]);
    expect(told).toEqual(["They are fully booked until May."]);
  });

  it("it comes when the human has given it up and wants another call: the call is not made", async () => {
    await using sandbox = await open({
      people: [roma(behaviours.agrees(undefined, { durationMs: 30 * 60_000 }))],
      variants: { result: "once" },
      faults: [{ endpoint: "send", fault: faults.resetAfterAccepting() }],
    });
    const deps = jobDeps(sandbox);
    expect(ending(await runPhoneTask(BOOKING, deps))).toBe("asking: submission_unknown");
    await sandbox.clock.advance(60 * 60_000);
    expect(await resumePhoneTask("booking", { ...deps, ...aProcess() }, "redial")).toMatchObject({
      status: "finished",
      outcome: { kind: "achieved" },
    });
    expect(sandbox.rings()).toBe(1);
  });

  it("it has a code of the human's own in it that looks like a reference", async () => {
    const purpose = "Ask what became of order PR-12345678";
    await using sandbox = await open({ variants: { echoesReference: false } });
    const deps = jobDeps(sandbox);
    const task: PhoneTaskInput = { ...BOOKING, purpose };
    expect(await runPhoneTask(task, deps)).toMatchObject({ outcome: { kind: "achieved" } });
  });
});
