import { InMemoryStore } from "@langchain/langgraph";
import { describe, expect, it } from "vitest";
import { InvalidLimitsError } from "../../src/graphs/outbound/graph-errors.js";
import { Guard } from "../../src/graphs/outbound/guard.js";
import { type PhoneTaskDeps, runPhoneTask } from "../../src/graphs/outbound/run-phone-task.js";
import type { Caps } from "../../src/policy/caps.js";
import { type Behaviour, behaviours, faults } from "../../src/sandbox/index.js";
import { aProcess } from "../support/graph-trail.js";
import { aLine, type Line } from "../support/ways-to-dial.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ROMA = "+390669821234";
const NAPOLI = "+390815512345";

function aCappedLine(caps: Partial<Caps>, ...script: Behaviour[]): Promise<Line> {
  return aLine(
    {
      people: [
        { name: "Roma", phone: ROMA, behaviours: script },
        { name: "Napoli", phone: NAPOLI, behaviours: [behaviours.agrees()] },
      ],
    },
    { store: new InMemoryStore(), caps },
  );
}

let tasks = 0;

/** One task of the line, in a process of its own, for as long as it needs not wait. */
function calls({ client, guard, sandbox }: Line, phone: string, deps: Partial<PhoneTaskDeps> = {}) {
  return runPhoneTask(
    { id: `task-${++tasks}`, purpose: "Book a table", targets: [{ phone, timeZone: "UTC" }] },
    { client, guard, clock: sandbox.clock, longestWaitMs: 0, ...aProcess(), ...deps },
  );
}

describe("the tasks of one line together", () => {
  it("call one number so often a day, and others still", async () => {
    const line = await aCappedLine({ perNumberPerDay: 2, minSpacingMs: 0 }, behaviours.agrees());
    await calls(line, ROMA);
    await line.sandbox.clock.advance(HOUR);
    await calls(line, ROMA);
    expect(await calls(line, ROMA)).toMatchObject({
      status: "waiting",
      reason: "calling_cap",
      why: "This number was called 2 times within a day.",
    });
    expect(line.sandbox.rings()).toBe(2);
    expect(await calls(line, NAPOLI)).toMatchObject({ conclusion: "settled" });
    // A day after the first of them there is room again, and the task that waits goes on by itself.
    const [first] = line.sandbox.record.rings;
    expect(await calls(line, ROMA, { longestWaitMs: 48 * HOUR })).toMatchObject({ conclusion: "settled" });
    const third = line.sandbox.record.rings.filter(({ phone }) => phone === ROMA)[2];
    expect((third?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(24 * HOUR - MINUTE);
    await line.sandbox.close();
  });

  it("make so many calls a day, whomever they call", async () => {
    const line = await aCappedLine({ perDay: 2, minSpacingMs: 0 }, behaviours.agrees());
    await calls(line, ROMA);
    await calls(line, NAPOLI);
    expect(await calls(line, NAPOLI)).toMatchObject({
      status: "waiting",
      why: "2 calls were made within a day.",
    });
    expect(line.sandbox.rings()).toBe(2);
    await line.sandbox.close();
  });

  it("leave a number alone between two calls", async () => {
    const line = await aCappedLine({ minSpacingMs: 3 * HOUR }, behaviours.busy(), behaviours.agrees());
    const run = await calls(line, ROMA, { longestWaitMs: 24 * HOUR });
    expect(run).toMatchObject({ conclusion: "settled" });
    const [first, second] = line.sandbox.record.rings;
    // The redial would have been due after two minutes.
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(3 * HOUR - MINUTE);
    await line.sandbox.close();
  });

  it("use so many credits a day", async () => {
    const line = await aCappedLine({ creditsPerDay: 40, minSpacingMs: 0 }, behaviours.agrees());
    for (let i = 0; i < 2; i++) await calls(line, ROMA);
    expect(line.sandbox.balance()).toBe(760);
    expect(await calls(line, NAPOLI)).toMatchObject({
      status: "waiting",
      why: "40 credits were used within a day.",
    });
    expect(line.sandbox.rings()).toBe(2);
    await line.sandbox.close();
  });
});

it("a task stops once it has used its credits, though its attempts are not used up, on whatever day", async () => {
  const line = await aCappedLine({ creditsPerTask: 40, minSpacingMs: 0 }, behaviours.voicemail());
  const run = await calls(line, ROMA, { longestWaitMs: 100 * HOUR });
  expect(run).toMatchObject({ status: "finished", conclusion: "cap_reached" });
  expect(line.sandbox.rings()).toBe(2);
  // Another task has credits of its own.
  expect(await calls(line, NAPOLI)).toMatchObject({ conclusion: "settled" });
  await line.sandbox.close();
});

describe("what is counted", () => {
  const once: Partial<Caps> = { perNumberPerDay: 1, minSpacingMs: 0 };

  it("is given back where the service proves that it did not take the message", async () => {
    const line = await aCappedLine(once, behaviours.agrees());
    line.sandbox.inject("send", faults.status(429, { accepted: false }));
    const run = await calls(line, ROMA, { longestWaitMs: HOUR });
    expect(run).toMatchObject({ conclusion: "settled" });
    expect(line.sandbox.rings()).toBe(1);
    expect(await calls(line, ROMA)).toMatchObject({ reason: "calling_cap" });
    await line.sandbox.close();
  });

  it("is given back where the account has no credits", async () => {
    const line = await aCappedLine(once, behaviours.agrees());
    const client = { ...pick(line), balance: async () => ({ balance: 0, amount: 800 }) };
    expect(await calls(line, ROMA, { client })).toMatchObject({
      status: "asking",
      question: { kind: "top_up" },
    });
    expect(await calls(line, ROMA)).toMatchObject({ conclusion: "settled" });
    await line.sandbox.close();
  });

  it("is given back where the run is stopped before the call", async () => {
    const line = await aCappedLine(once, behaviours.agrees());
    const stop = new AbortController();
    const client = {
      ...pick(line),
      balance: async () => {
        stop.abort(new Error("stopped"));
        stop.signal.throwIfAborted();
        return { balance: 1, amount: 1 };
      },
    };
    await expect(calls(line, ROMA, { client, signal: stop.signal })).rejects.toThrow();
    expect(line.sandbox.rings()).toBe(0);
    expect(await calls(line, ROMA)).toMatchObject({ conclusion: "settled" });
    await line.sandbox.close();
  });

  it("stays where a phone may have rung", async () => {
    const line = await aCappedLine(once, behaviours.agrees());
    line.sandbox.inject("send", faults.resetBeforeAccepting());
    const run = await calls(line, ROMA);
    expect(run).toMatchObject({ status: "asking", question: { matter: "submission_unknown" } });
    expect(await calls(line, ROMA)).toMatchObject({ status: "waiting", reason: "calling_cap" });
    expect(line.sandbox.rings()).toBeLessThanOrEqual(1);
    await line.sandbox.close();
  });

  it("is counted before the call, so that a process that dies in it has counted it", async () => {
    const line = await aCappedLine(once, behaviours.agrees());
    const client = {
      ...pick(line),
      send: () => {
        throw new Error("the process is gone");
      },
    };
    await calls(line, ROMA, { client }).catch(() => {});
    expect(await calls(line, ROMA)).toMatchObject({ reason: "calling_cap" });
    expect(line.sandbox.rings()).toBe(0);
    await line.sandbox.close();
  });
});

/** The methods of a client, apart from it, for one of them to be replaced. */
function pick({ client }: Line) {
  return {
    lineId: client.lineId,
    live: client.live,
    send: client.send.bind(client),
    query: client.query.bind(client),
    balance: client.balance.bind(client),
    waitForResult: client.waitForResult.bind(client),
  };
}

describe("the guard of a line that is used for years", () => {
  const anyTask = { id: "t" };
  const intent = (lineId: string, number: string, attemptId: string, now: number) => ({
    lineId,
    task: anyTask,
    target: { key: "listed-0", phone: number },
    texts: [],
    attemptId,
    now,
  });

  it("holds the caps after thousands of calls, and forgets those that bear on none", async () => {
    const store = new InMemoryStore();
    const guard = new Guard({ store, caps: { perDay: 50, perNumberPerDay: 100, minSpacingMs: 0 } });
    let now = Date.parse("2026-03-16T10:00:00Z");
    for (let day = 0; day < 40; day++, now += 25 * HOUR) {
      for (let i = 0; i < 50; i++) {
        expect(await guard.admit(intent("line", ROMA, `${day}-${i}`, now))).toMatchObject({ ok: true });
      }
      expect(await guard.admit(intent("line", ROMA, `${day}-more`, now))).toMatchObject({ ok: false });
    }
    expect(
      (await store.search(["pollyreach", "calls", "line"], { limit: 5_000 })).length,
    ).toBeLessThanOrEqual(50);
  });

  it("counts more calls a day than a store hands out in one go", async () => {
    const caps = { perDay: 600, perNumberPerDay: 1_000, minSpacingMs: 0 };
    const guard = new Guard({ store: new InMemoryStore(), caps });
    for (let i = 0; i < 600; i++) {
      expect(await guard.admit(intent("line", ROMA, `${i}`, HOUR))).toMatchObject({ ok: true });
    }
    expect(await guard.admit(intent("line", ROMA, "more", HOUR))).toMatchObject({ ok: false });
  });

  it("counts a call once, however often it is asked or told about it", async () => {
    const guard = new Guard({
      store: new InMemoryStore(),
      caps: { perDay: 2, creditsPerTask: 60, minSpacingMs: 0 },
    });
    const now = Date.parse("2026-03-16T10:00:00Z");
    for (let i = 0; i < 5; i++)
      expect(await guard.admit(intent("line", ROMA, "a", now))).toMatchObject({ ok: true });
    for (let i = 0; i < 5; i++) await guard.settle("line", { taskId: "t", attemptId: "a" }, 20);
    expect(await guard.admit(intent("line", ROMA, "b", now))).toMatchObject({ ok: true });
  });

  it("takes no credits back for what a result may say", async () => {
    const guard = new Guard({ store: new InMemoryStore(), caps: { creditsPerTask: 20, minSpacingMs: 0 } });
    await guard.settle("line", { taskId: "t", attemptId: "a" }, 20);
    for (const odd of [-1_000, Number.NaN, Number.NEGATIVE_INFINITY]) {
      await guard.settle("line", { taskId: "t", attemptId: `odd ${odd}` }, odd);
    }
    expect(await guard.admit(intent("line", ROMA, "b", 0))).toMatchObject({ ok: false });
  });

  it.each([
    { perDay: Number.NaN },
    { perDay: -1 },
    { perNumberPerDay: 1.5 },
    { minSpacingMs: -1 },
    { perWeek: 3 },
  ])("takes no %j for a cap, which would be none", (caps) => {
    expect(() => new Guard({ caps })).toThrow(InvalidLimitsError);
  });
});
