import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createVirtualClock, scaledClock } from "../../src/sandbox/index.js";

const WEEK_MS = 7 * 24 * 3_600_000;

describe("the virtual clock", () => {
  it("wakes every sleeper at its time, in time order, first come first at equal times", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 60 }), async (durations) => {
        const clock = createVirtualClock(0);
        const woken: { index: number; at: number }[] = [];
        await Promise.all(
          durations.map(async (ms, index) => {
            await clock.sleep(ms);
            woken.push({ index, at: clock.now() });
          }),
        );
        const due = durations
          .map((at, index) => ({ index, at }))
          .sort((one, other) => one.at - other.at || one.index - other.index);
        expect(woken).toEqual(due);
        expect(clock.sleepers).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  it("loses no sleeper, however sleeps are chained, aborted and held", async () => {
    const naps = fc.array(fc.record({ ms: fc.integer({ min: 0, max: 20 }), held: fc.boolean() }), {
      maxLength: 8,
    });
    const people = fc.array(fc.record({ naps, abortAfter: fc.option(fc.integer({ min: 0, max: 40 })) }), {
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(people, async (everybody) => {
        const clock = createVirtualClock(0);
        const ends = await Promise.all(
          everybody.map(async ({ naps, abortAfter }) => {
            const abort = new AbortController();
            if (abortAfter !== null) void clock.sleep(abortAfter).then(() => abort.abort("enough"));
            let slept = 0;
            try {
              for (const { ms, held } of naps) {
                if (held) await clock.hold(() => new Promise((resolve) => setImmediate(resolve)));
                await clock.sleep(ms, abort.signal);
                slept += ms;
              }
            } catch (reason) {
              return { reason, slept, abortAfter, now: clock.now() };
            }
            return { reason: null, slept, abortAfter, now: clock.now() };
          }),
        );
        for (const { reason, slept, abortAfter, now } of ends) {
          if (reason === null) expect(now).toBe(slept);
          else expect([reason, now]).toEqual(["enough", Math.max(slept, abortAfter ?? -1)]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("passes a week of polls without waiting for it", async () => {
    const clock = createVirtualClock("2026-03-16T09:00:00Z");
    for (let poll = 0; poll < 5000; poll++) await clock.sleep(WEEK_MS / 5000);
    expect(new Date(clock.now()).toISOString()).toBe("2026-03-23T09:00:00.000Z");
  });

  it("rejects an aborted sleep with the signal's reason and lets time stand where it was", async () => {
    const clock = createVirtualClock(0, { manual: true });
    const abort = new AbortController();
    const sleep = clock.sleep(1000, abort.signal);
    await clock.advance(400);
    abort.abort(new Error("the human changed their mind"));
    await expect(sleep).rejects.toThrow("the human changed their mind");
    await expect(clock.sleep(1000, abort.signal)).rejects.toThrow("the human changed their mind");
    expect([clock.now(), clock.sleepers]).toEqual([400, 0]);
  });

  it("stands still while work is held, unless the hold is suspended", async () => {
    const clock = createVirtualClock(0);
    const woken: string[] = [];
    const sleeper = clock.sleep(1000).then(() => woken.push("sleeper"));
    await clock.hold(async (hold) => {
      for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
      expect([clock.now(), woken]).toEqual([0, []]);
      await hold.suspend(() => clock.sleep(600));
      for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
      expect([clock.now(), woken]).toEqual([600, []]);
    });
    await sleeper;
    expect(clock.now()).toBe(1000);
  });

  it("goes on after held work that failed", async () => {
    const clock = createVirtualClock(0);
    await expect(clock.hold(() => Promise.reject(new Error("no line")))).rejects.toThrow("no line");
    await clock.sleep(5);
    expect(clock.now()).toBe(5);
  });

  it("moves by hand only when it is manual, through everything that wakes on the way", async () => {
    const clock = createVirtualClock(0, { manual: true });
    const polls: number[] = [];
    const polling = (async () => {
      while (polls.length < 5) {
        await clock.sleep(2000);
        polls.push(clock.now());
      }
    })();
    for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(clock.now()).toBe(0);
    await clock.advance(7000);
    expect([polls, clock.now()]).toEqual([[2000, 4000, 6000], 7000]);
    await Promise.all([clock.advance(1000), clock.advance(2000)]);
    expect([polls, clock.now()]).toEqual([[2000, 4000, 6000, 8000, 10_000], 10_000]);
    await polling;
    await clock.advanceTo("1970-01-02T00:00:00Z");
    expect(clock.now()).toBe(86_400_000);
  });

  it("refuses nonsense", () => {
    const clock = createVirtualClock(1000);
    expect(() => createVirtualClock("soon")).toThrow(RangeError);
    expect(() => clock.advance(-1)).toThrow(RangeError);
    expect(() => clock.advanceTo(999)).toThrow(RangeError);
    expect(() => scaledClock(0)).toThrow(RangeError);
  });
});

describe("the scaled clock", () => {
  it("agrees between processes that share an origin, and is so many times as fast", async () => {
    const origin = Date.now();
    const [one, other] = [scaledClock(10_000, origin), scaledClock(10_000, origin)];
    const before = one.now();
    await other.sleep(60_000);
    expect(one.now() - before).toBeGreaterThanOrEqual(50_000);
  });
});

describe("work that holds the virtual clock", () => {
  it("sees time pass in its own sleeps only, whoever else sleeps", async () => {
    const clock = createVirtualClock(0);
    let overslept = false;
    void clock.sleep(60_000).then(() => {
      overslept = true;
    });
    await clock.hold(async () => {
      await clock.sleep(1_000);
      for (let turn = 0; turn < 100; turn++) await new Promise((resolve) => setImmediate(resolve));
      expect(clock.now()).toBe(1_000);
      await clock.hold(() => clock.sleep(1_000));
      expect(clock.now()).toBe(2_000);
    });
    expect(overslept).toBe(false);
  });
});
