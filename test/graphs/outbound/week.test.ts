import { expect, it } from "vitest";
import type { Progress } from "../../../src/graphs/outbound/progress.js";
import { runPhoneTask } from "../../../src/graphs/outbound/run-phone-task.js";
import { behaviours, createVirtualClock, startSandbox } from "../../../src/sandbox/index.js";
import { breaches, jobDeps, kept } from "../../support/phone-job.js";
import { truthReader } from "../../support/truth-reader.js";

const THURSDAY = "2026-03-19T17:00:00+01:00";

it("a week of one task: busy, closed, nobody there, somebody else, a question, and done", async () => {
  await using sandbox = await startSandbox({
    clock: createVirtualClock("2026-03-16T14:00:00+01:00"),
    people: [
      {
        name: "Roma",
        phone: "+39 06 1234 5678",
        timeZone: "Europe/Rome",
        behaviours: [behaviours.busy(), behaviours.closedUntil(THURSDAY), behaviours.ringsOut()],
      },
      {
        name: "Alba",
        phone: "+39 06 8765 4321",
        timeZone: "Europe/Rome",
        behaviours: [behaviours.asksQuestion("Which room?", { answeredBy: /blue/ }), behaviours.agrees()],
      },
    ],
  });
  const evening = [["17:00", "22:00"]] as [string, string][];
  const asked: { at: string; text: string }[] = [];
  const progress: Progress[] = [];
  const at = () => new Date(sandbox.clock.now()).toISOString();
  const deps = jobDeps(sandbox, {
    reader: truthReader(sandbox, { reopensAt: Date.parse(THURSDAY) }),
    onProgress: (event: Progress) => progress.push(event),
  });
  const run = await runPhoneTask(
    {
      id: "booking",
      purpose: "Book a table for four",
      targets: [
        { name: "Roma", phone: "+390612345678", timeZone: "Europe/Rome" },
        { name: "Alba", phone: "+390687654321", timeZone: "Europe/Rome", openingHours: { fri: evening } },
      ],
    },
    {
      ...deps,
      onQuestion: async (question) => {
        asked.push({ at: at(), text: question.text });
        await sandbox.clock.sleep(2 * 24 * 3_600_000);
        return "The blue one";
      },
    },
  );
  expect(run).toMatchObject({ status: "finished", conclusion: "settled", outcome: { kind: "achieved" } });
  const rings = sandbox.record.rings.map(({ at: rang, name, behaviour }) => [
    new Date(rang).toISOString().slice(0, 13),
    name,
    behaviour,
  ]);
  expect(rings).toEqual([
    ["2026-03-16T13", "Roma", "busy"],
    ["2026-03-16T13", "Roma", "closed_until"],
    ["2026-03-19T16", "Roma", "rings_out"],
    ["2026-03-20T16", "Alba", "asks_question"],
    ["2026-03-27T16", "Alba", "agrees"],
  ]);
  expect(asked).toHaveLength(1);
  expect(breaches(sandbox, await kept(deps))).toEqual([]);
  const waits = progress.flatMap((event) =>
    event.type === "decided" && event.step.do === "wait" ? [event.step.reason] : [],
  );
  expect(waits).toEqual(["redial_backoff", "closed", "calling_hours", "calling_hours"]);
});
