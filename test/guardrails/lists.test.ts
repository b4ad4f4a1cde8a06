import { InMemoryStore } from "@langchain/langgraph";
import { describe, expect, it } from "vitest";
import type { GuardOptions } from "../../src/graphs/outbound/guard.js";
import { runPhoneTask } from "../../src/graphs/outbound/run-phone-task.js";
import { type Behaviour, behaviours } from "../../src/sandbox/index.js";
import { aProcess } from "../support/graph-trail.js";
import { aLine, type Line, messagesSent, throughTheGraph, WAYS_TO_DIAL } from "../support/ways-to-dial.js";

const ROMA = "+442079460018";
/** The same number as people write it. */
const NOTATIONS = [
  ROMA,
  "+44 20 7946 0018",
  "+44 (0)20 7946-0018",
  "020 7946 0018",
  "(020) 7946.0018",
  "0044 20 7946 0018",
  "tel:+442079460018",
  "０２０ ７９４６ ００１８",
];
const people = (...script: Behaviour[]) => [
  { name: "Roma", phone: ROMA, behaviours: script.length > 0 ? script : [behaviours.agrees()] },
];
const asking = { purpose: "Ask for the opening hours" };

/** The example's model takes numbers with a plus for targets; it knows of no country. */
const ways = Object.entries(WAYS_TO_DIAL).filter(([name]) => !name.includes("for a name"));

const LISTS: Record<string, GuardOptions> = {
  "denied by number": { deny: { numbers: [ROMA] } },
  "denied by prefix": { deny: { prefixes: ["+44 20"] } },
  "denied by country": { deny: { countries: ["GB"] } },
  "not among those allowed": { allow: { numbers: ["+390669821234"] } },
  "on somebody's own register": { isOnRegistry: async (number) => number === ROMA },
};

describe.each(Object.entries(LISTS))("a number that is %s", (list, guard) => {
  it.each(ways)("is not called, however it is written, by %s", async (name, way) => {
    const line = await aLine({ directory: people() }, guard);
    // A number that may be told can be the human's own, which the register is there to protect.
    const wishes = NOTATIONS.map((number) => ({ number, country: "GB" })).filter(
      ({ number }) =>
        !(name.includes("example") && !number.startsWith("+")) &&
        !(name.includes("detail") && list.includes("register")),
    );
    await way(line, wishes);
    expect(messagesSent(line)).toEqual([]);
    expect(line.sandbox.rings()).toBe(0);
    await line.sandbox.close();
  });
});

describe("a list of those allowed", () => {
  it("lets nobody be called whose number is not known", async () => {
    const line = await aLine({ directory: people() }, { allow: { countries: ["GB"] } });
    const [byName, found] = await throughTheGraph(line, [
      { targets: [{ name: "Roma" }] },
      { mayFindOther: true },
    ]);
    expect([byName, found]).toEqual([
      "no_target_left: Only listed numbers are called, and the number of this one is not known.",
      "no_target_left: Only listed numbers are called, and the number of this one is not known.",
    ]);
    expect(line.sandbox.rings()).toBe(0);
    await line.sandbox.close();
  });

  it("that cannot be read is an error before anything is done", () => {
    return expect(
      aLine({}, { deny: { numbers: ["not a number"] } }).then((line) => throughTheGraph(line, [{}])),
    ).rejects.toThrow(/deny.numbers cannot be read/);
  });
});

/** Another process with the same store. */
async function callsTo(line: Line, target: { name?: string; phone?: string }) {
  const { client, guard, sandbox } = line;
  return runPhoneTask(
    { ...asking, targets: [{ ...target, timeZone: "UTC" }], country: "GB" },
    { client, guard, clock: sandbox.clock, ...aProcess() },
  );
}

describe("somebody who asked not to be called again", () => {
  const never = async (first: { name?: string; phone?: string }) => {
    // So that nothing but the memory stands in the way of a second call.
    const caps = { minSpacingMs: 0, perNumberPerDay: 100 };
    const guard = { store: new InMemoryStore(), caps };
    const line = await aLine({ directory: people(behaviours.optsOut(), behaviours.agrees()) }, guard);
    const run = await callsTo(line, first);
    expect(run).toMatchObject({ status: "finished", outcome: { kind: "opted_out" } });
    expect(line.sandbox.rings()).toBe(1);
    return line;
  };

  it.each(ways)(
    "is not called again in any notation by %s, in another task of another process",
    async (name, way) => {
      const line = await never({ name: "Roma", phone: "+44 20 7946 0018" });
      const wishes = NOTATIONS.map((number) => ({ number, country: "GB" })).filter(
        ({ number }) => !(name.includes("example") && !number.startsWith("+")),
      );
      await way(line, wishes);
      expect(messagesSent(line)).toHaveLength(1);
      expect(line.sandbox.rings()).toBe(1);
      await line.sandbox.close();
    },
  );

  it("years later still is not", async () => {
    const line = await never({ phone: ROMA });
    await line.sandbox.clock.advance(3 * 365 * 24 * 3_600_000);
    expect(await callsTo(line, { phone: ROMA })).toMatchObject({ conclusion: "no_target_left" });
    expect(line.sandbox.rings()).toBe(1);
    await line.sandbox.close();
  });

  it("is not called by name either, where Polly would look the number up", async () => {
    const line = await never({ name: "Roma" });
    for (const name of ["Roma", " roma.", "ROMA"]) await callsTo(line, { name });
    for (const phone of NOTATIONS) await callsTo(line, { phone });
    expect(line.sandbox.rings()).toBe(1);
    await line.sandbox.close();
  });

  it("is kept from every line that shares the store", async () => {
    const line = await never({ phone: ROMA });
    const other = await aLine({ directory: people() }, line.guard);
    await callsTo(other, { phone: ROMA });
    expect(other.sandbox.rings()).toBe(0);
    await Promise.all([line.sandbox.close(), other.sandbox.close()]);
  });

  it("having said so to a task that took the number as it was written, is known by its E.164 form", async () => {
    const guard = { store: new InMemoryStore() };
    const line = await aLine({ people: people(behaviours.optsOut()) }, guard);
    await throughTheGraph(line, [{ targets: [{ phone: "020 7946 0018" }], country: "GB", timeZone: "UTC" }]);
    expect(line.sandbox.rings()).toBe(1);
    await callsTo(line, { phone: ROMA });
    expect(line.sandbox.rings()).toBe(1);
    await line.sandbox.close();
  });
});
