import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { behaviours } from "../../src/sandbox/index.js";
import { DISGUISES_OF_911, NEVER_DIALED } from "../policy/numbers/never-dialed.js";
import { aLine, type Line, messagesSent, WAYS_TO_DIAL, type Wish } from "../support/ways-to-dial.js";

const ROMA = "+390669821234";
const people = [{ name: "Roma", phone: ROMA, behaviours: [behaviours.agrees()] }];
const ways = Object.entries(WAYS_TO_DIAL);

let line: Line;
beforeEach(async () => {
  line = await aLine({ people, directory: people });
});
afterEach(() => line.sandbox.close());

const REFUSED =
  /emergency|help line|short code|premium|shared-cost|surcharge|not a telephone number|invisible|pauses|No telephone number/;

/** Those that were not refused for what they are. */
async function wronglyTaken(wishes: readonly Wish[], way: (typeof ways)[number][1]): Promise<string[]> {
  const told = await way(line, wishes);
  expect(told).toHaveLength(wishes.length);
  return told.flatMap((words, index) => (REFUSED.test(words) ? [] : [`${wishes[index]?.number}: ${words}`]));
}

const everyNumber = NEVER_DIALED.flatMap(([country, emergency, short, surcharged]) =>
  [...emergency.split(" "), short, surcharged].map((number) => ({ number, country })),
);
/** For the ways that come by way of another, whose every run is a whole graph's. */
const oneOfEach = NEVER_DIALED.flatMap(([country, emergency, , surcharged]) =>
  [emergency.split(" ")[0] ?? "", surcharged].map((number) => ({ number, country })),
);

describe.each(ways)("%s", (name, way) => {
  const wishes = /name|detail|purpose|example/.test(name) ? oneOfEach : everyNumber;

  it(`calls none of ${wishes.length} emergency, short and surcharged numbers of ${NEVER_DIALED.length} countries`, async () => {
    expect(await wronglyTaken(wishes, way)).toEqual([]);
    expect(messagesSent(line)).toEqual([]);
    expect(line.sandbox.rings()).toBe(0);
  });

  it("does not call 911 in any disguise", async () => {
    const disguised = DISGUISES_OF_911.map((number) => ({ number, country: "US" }));
    expect(await wronglyTaken(disguised, way)).toEqual([]);
    expect(messagesSent(line)).toEqual([]);
  });

  it("calls an ordinary number", async () => {
    await way(line, [{ number: name.includes("for a name") ? "Roma" : ROMA, country: "IT" }]);
    expect(line.sandbox.rings(ROMA)).toBe(1);
  });
});
