import { InMemoryStore } from "@langchain/langgraph";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PollyReachClient } from "../../../src/client/client.js";
import { checkInbound, type InboundRound } from "../../../src/graphs/inbound/check-inbound.js";
import { CallHistory } from "../../../src/history/call-history.js";
import { faults, type Sandbox, startSandbox, type Variants } from "../../../src/sandbox/index.js";
import { aCall, clientOf, type Death, nameIn, ProcessStore } from "./support.js";

/** Processes that come and go, one disk, one human. */
class World {
  readonly disk = new InMemoryStore();
  /** What the human heard, in order. */
  readonly heard: string[] = [];
  /** Replies with messages that died with the process before they were on the disk. */
  lostReplies = 0;
  crashed = false;

  constructor(readonly sandbox: Sandbox) {}

  /** One process: looks once, and dies where it is told to. `whileTelling`: in the middle of so-many-th telling. */
  async process(
    death?: Death,
    whileTelling?: { message: number; heard: boolean },
  ): Promise<InboundRound | undefined> {
    const store = new ProcessStore(this.disk, death);
    let firstWrite: string | undefined;
    store.onWrite = (where) => {
      firstWrite ??= where;
    };
    let tellings = 0;
    let round: InboundRound | undefined;
    try {
      round = await checkInbound({
        client: clientOf(this.sandbox),
        store,
        clock: this.sandbox.clock,
        onMessage: async (call) => {
          tellings += 1;
          const dies = whileTelling?.message === tellings;
          if (!dies || whileTelling.heard) this.heard.push(nameIn(call));
          if (dies) store.dead = true;
        },
      });
    } catch (error) {
      if (!store.dead) throw error;
    }
    if (store.dead && death?.atWrite === 1 && !death.after && firstWrite === "arrived") this.lostReplies += 1;
    this.crashed ||= store.dead;
    return round;
  }

  /** Looks until nothing new comes up. */
  async calm(): Promise<void> {
    for (let quiet = 0; quiet < 2; ) {
      const round = await this.process();
      quiet = round && !round.trouble && round.messages.length === 0 ? quiet + 1 : 0;
    }
  }

  /** For each name, how often the human heard it, and whether it is kept and how it is listed. */
  async account(names: readonly string[]) {
    const entries = await new CallHistory({ store: this.disk }).search();
    return names.map((name) => {
      const mine = entries.filter(({ subject }) => subject.includes(`This is ${name}.`));
      return {
        name,
        heard: this.heard.filter((each) => each === name).length,
        kept: mine.length,
        telling: mine.map((entry) => entry.direction === "incoming" && entry.telling).join(),
      };
    });
  }
}

/** A bare record is served one at a time: one that is kept would hide the others for ever. */
const VARIANTS = [
  { unread: "consumed", unreadShape: "messages" },
  { unread: "kept", unreadShape: "messages" },
  { unread: "consumed", unreadShape: "call_record" },
  { unread: "kept", unreadShape: "call_record" },
  { unread: "consumed", unreadShape: "bare_record" },
] as const satisfies Partial<Variants>[];

const NAMES = ["Ada", "Ben"];
const open = (variants: Partial<Variants>) => startSandbox({ variants });

describe.each(VARIANTS.slice(0, 4))("a process killed at any of its writes, with messages %o", (variants) => {
  it("loses nothing but what it had not stored, and tells nothing twice", async () => {
    let atWrite = 1;
    for (let more = true; more; atWrite++) {
      for (const after of [false, true]) {
        await using sandbox = await open(variants);
        for (const name of NAMES) sandbox.receive(aCall(name));
        const world = new World(sandbox);
        await world.process({ atWrite, after });
        more = world.crashed;
        await world.calm();
        const lost = variants.unread === "consumed" && world.lostReplies > 0;
        for (const { name, heard, kept, telling } of await world.account(NAMES)) {
          const told = `${name}, killed ${after ? "after" : "before"} write ${atWrite}: heard ${heard}, ${telling}`;
          expect(kept, told).toBe(lost ? 0 : 1);
          if (lost) continue;
          // Noted as told or, where the note was what it died at, as possibly told; heard at most once either way.
          if (telling === "told") expect(heard, told).toBe(1);
          else expect([telling, heard <= 1], told).toEqual(["possibly_told", true]);
        }
        expect(lost, "the only loss").toBe(variants.unread === "consumed" && atWrite === 1 && !after);
      }
    }
    // A look at two messages is some fifteen writes; each of them was died at, before and after.
    expect(atWrite).toBeGreaterThan(12);
  });

  it.each([
    ["before the human heard it", false],
    ["after the human heard it", true],
  ])("while telling, %s: possibly told, listed, and not told again", async (_, heard) => {
    await using sandbox = await open(variants);
    for (const name of NAMES) sandbox.receive(aCall(name));
    const world = new World(sandbox);
    await world.process(undefined, { message: 2, heard });
    await world.calm();
    expect(await world.account(NAMES)).toEqual([
      { name: "Ada", heard: 1, kept: 1, telling: "told" },
      { name: "Ben", heard: heard ? 1 : 0, kept: 1, telling: "possibly_told" },
    ]);
  });
});

it("nothing is between a reply and its store: the reply is the very next thing written, in one piece", async () => {
  await using sandbox = await open({ unread: "consumed" });
  for (const name of NAMES) sandbox.receive(aCall(name));
  const store = new ProcessStore(new InMemoryStore());
  const happened: string[] = [];
  store.onWrite = (where) => happened.push(`write ${where}`);
  const client = new PollyReachClient({
    ...sandbox.clientOptions(),
    onRequest: ({ endpoint }) => happened.push(`reply ${endpoint}`),
  });
  await checkInbound({ client, store, clock: sandbox.clock });
  expect(happened.slice(0, 2)).toEqual(["reply unreadInbound", "write arrived"]);
  expect(happened.filter((each) => each === "write arrived")).toHaveLength(2);
});

/** Faults that prove that nothing was served, and those that may have eaten a reply. */
const HARMLESS = [
  faults.refused(),
  faults.resetBeforeAccepting(),
  faults.status(500),
  faults.status(429, { retryAfter: 1 }),
  faults.html(),
  faults.detail200(),
];
const EATING = [
  faults.resetAfterAccepting(),
  faults.truncatedJson(),
  faults.wrongTypes(),
  faults.status(502, { accepted: true }),
  faults.html({ accepted: true }),
];

const aDeath = fc.oneof(
  { weight: 1, arbitrary: fc.constant({}) },
  {
    weight: 3,
    arbitrary: fc.record({
      death: fc.record({ atWrite: fc.integer({ min: 1, max: 14 }), after: fc.boolean() }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      whileTelling: fc.record({ message: fc.integer({ min: 1, max: 3 }), heard: fc.boolean() }),
    }),
  },
);

const step = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ do: "call" as const }) },
  { weight: 4, arbitrary: aDeath.map((how) => ({ do: "look" as const, ...how })) },
  { weight: 2, arbitrary: fc.nat().map((fault) => ({ do: "fault" as const, fault })) },
  { weight: 1, arbitrary: fc.constant({ do: "wait" as const }) },
);

type Step =
  | { do: "call" | "wait" }
  | { do: "fault"; fault: number }
  | { do: "look"; death?: Death; whileTelling?: { message: number; heard: boolean } };

it("300 lives of calls, faults and deaths: every stored message is told once, or possibly told", async () => {
  let lives = 0;
  let deaths = 0;
  let possibly = 0;
  let messages = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...VARIANTS),
      fc.array(step, { minLength: 3, maxLength: 14 }),
      async ({ unread, unreadShape }, steps: Step[]) => {
        await using sandbox = await open({ unread, unreadShape });
        const world = new World(sandbox);
        const names: string[] = [];
        for (const each of steps) {
          if (each.do === "call") {
            names.push(`N${names.length}x`);
            sandbox.receive(aCall(names.at(-1) ?? ""));
          } else if (each.do === "wait") await sandbox.clock.advance(60_000);
          else if (each.do === "fault") {
            const all = unread === "kept" ? [...HARMLESS, ...EATING] : HARMLESS;
            const fault = all[each.fault % all.length];
            if (fault) sandbox.inject("unreadInbound", fault);
          } else if (each.do === "look") {
            world.crashed = false;
            await world.process(each.death, each.whileTelling);
            deaths += world.crashed ? 1 : 0;
          }
        }
        await world.calm();
        for (const { name, heard, kept, telling } of await world.account(names)) {
          if (unread === "consumed" && world.lostReplies > 0 && kept === 0) continue;
          expect([name, kept, ["told", "possibly_told"].includes(telling)]).toEqual([name, 1, true]);
          expect(heard).toBeLessThanOrEqual(1);
          if (telling === "told") expect(heard).toBe(1);
          messages += 1;
          possibly += telling === "possibly_told" ? 1 : 0;
        }
        lives += 1;
      },
    ),
    { numRuns: 300, seed: 20260316 },
  );
  expect(lives).toBe(300);
  expect(deaths).toBeGreaterThan(100);
  expect(possibly).toBeGreaterThan(0);
  expect(possibly).toBeLessThan(messages / 4);
}, 300_000);
