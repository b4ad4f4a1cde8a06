import { describe, expect, it } from "vitest";
import type { Clock } from "../../../src/clock.js";
import type { PhoneLine } from "../../../src/graphs/outbound/deps.js";
import { UnknownTaskError } from "../../../src/graphs/outbound/graph-errors.js";
import {
  type PhoneTaskDeps,
  type PhoneTaskRun,
  resumePhoneTask,
  runPhoneTask,
} from "../../../src/graphs/outbound/run-phone-task.js";
import type { Question } from "../../../src/policy/question.js";
import { type Behaviour, behaviours, startSandbox, type Variants } from "../../../src/sandbox/index.js";
import { aDisk, aMortalProcess, type Death } from "../../support/mortal-process.js";
import { BOOKING, breaches, ending, kept } from "../../support/phone-job.js";

/** A human who answers what the callee asks, and has no call made again that may have been made. */
function human(question: Question) {
  return question.kind === "information" ? "The blue one" : undefined;
}

/** Takes the task up as somebody does who does not know how far it came. */
async function takeUp(deps: PhoneTaskDeps): Promise<PhoneTaskRun> {
  try {
    return await resumePhoneTask("booking", { ...deps, onQuestion: human });
  } catch (error) {
    if (!(error instanceof UnknownTaskError)) throw error;
    return runPhoneTask(BOOKING, { ...deps, onQuestion: human });
  }
}

/** What may come of a task that was taken up; a second call, or a guess, is not among it. */
const HONEST = /^(finished: settled|asking: (submission_unknown|nothing_heard))$/;

const room = [behaviours.asksQuestion("Which room?", { answeredBy: /blue/ }), behaviours.agrees()];
const JOBS: [string, Behaviour[], Partial<Variants>, Death["when"]][] = [
  ["is busy, then agrees", [behaviours.busy(), behaviours.agrees()], { result: "once" }, "at_the_next_write"],
  ["is busy, then agrees", [behaviours.busy(), behaviours.agrees()], { result: "once" }, "at_once"],
  ["asks something, then agrees", room, { echoesReference: false }, "at_the_next_write"],
];

const open = (script: Behaviour[], variants: Partial<Variants>) =>
  startSandbox({ people: [{ name: "Roma", phone: "+390612345678", behaviours: script }], variants });

it.each(JOBS)(
  "somebody %s, and the process dies after any of its writes: nobody rings twice",
  async (_, script, variants, when) => {
    const endings = new Set<string>();
    for (let afterWrites = 0, survived = false; !survived; afterWrites++) {
      await using sandbox = await open(script, variants);
      const disk = aDisk();
      const mortal = aMortalProcess(sandbox, disk, { afterWrites, when });
      await runPhoneTask(BOOKING, { ...mortal.deps, onQuestion: human }).catch(() => undefined);
      survived = !mortal.dead;
      const heir = aMortalProcess(sandbox, disk);
      const run = await takeUp(heir.deps);
      const story = `died after ${afterWrites} writes: ${ending(run)}`;
      expect(breaches(sandbox, await kept(heir.deps)), story).toEqual([]);
      expect(ending(run), story).toMatch(HONEST);
      expect(sandbox.rings(), story).toBeLessThanOrEqual(2);
      endings.add(ending(run));
    }
    expect([...endings]).toContain("finished: settled");
    expect([...endings]).toContain("asking: submission_unknown");
  },
  120_000,
);

it.each([3, 5, 8])(
  "one process after the other dies after %i writes, until the task is done",
  async (writes) => {
    await using sandbox = await open([behaviours.busy(), ...room], { result: "once" });
    const disk = aDisk();
    const lives: (PhoneTaskRun | undefined)[] = [];
    while (lives.length < 50 && !lives.at(-1)) {
      const { deps } = aMortalProcess(sandbox, disk, { afterWrites: writes, when: "at_the_next_write" });
      lives.push(await takeUp(deps).catch(() => undefined));
    }
    const last = lives.at(-1);
    expect(last && ending(last)).toMatch(HONEST);
    expect(lives.length).toBeGreaterThan(2);
    expect(breaches(sandbox, await kept(aMortalProcess(sandbox, disk).deps))).toEqual([]);
    expect(sandbox.rings()).toBeLessThanOrEqual(3);
  },
);

describe("a process that dies while the message is on its way", () => {
  it.each([
    ["never reached anybody", 0, "asking: submission_unknown"],
    ["made the phone ring", 1, "finished: settled"],
  ])("has it taken up by another, which posts nothing: it %s", async (_, rings, end) => {
    await using sandbox = await open([behaviours.agrees()], { result: "once" });
    const disk = aDisk();
    const first = aMortalProcess(sandbox, disk);
    const { client } = first.deps;
    let onItsWay = () => {};
    const sending = new Promise<void>((resolve) => {
      onItsWay = resolve;
    });
    const stuck: PhoneLine = {
      lineId: client.lineId,
      live: client.live,
      query: (options) => client.query(options),
      balance: (options) => client.balance(options),
      waitForResult: (options) => client.waitForResult(options),
      async send(briefing) {
        if (rings > 0) await client.send(briefing);
        onItsWay();
        return new Promise<never>(() => {});
      },
    };
    const { clock } = sandbox;
    const unheld: Clock = { now: () => clock.now(), sleep: (ms, signal) => clock.sleep(ms, signal) };
    void runPhoneTask(BOOKING, { ...first.deps, client: stuck, clock: unheld });
    await sending;
    const heir = aMortalProcess(sandbox, disk);
    expect(ending(await takeUp(heir.deps))).toBe(end);
    expect(sandbox.rings()).toBe(rings);
    expect(sandbox.record.requests.filter(({ endpoint }) => endpoint === "send")).toHaveLength(rings);
  });
});
