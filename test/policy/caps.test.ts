import { describe, expect, it } from "vitest";
import { CAPS, type CappedCall, type Caps, withinCaps } from "../../src/policy/caps.js";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse("2026-03-16T10:00:00Z");
const ROMA = "+390669821234";

let made = 0;
/** A call so many milliseconds ago. */
const call = (ago: number, more: Partial<CappedCall> = {}): CappedCall => ({
  attemptId: `a${++made}`,
  taskId: "another",
  number: ROMA,
  at: NOW - ago,
  ...more,
});
const ask = (
  caps: Partial<Caps>,
  calls: readonly CappedCall[],
  next: { number?: string; creditsOfTask?: number } = {},
) => withinCaps({ ...CAPS, ...caps }, calls, { number: ROMA, creditsOfTask: 0, ...next }, NOW);

describe("one more call", () => {
  it("is made where nothing was called", () => {
    expect(ask({}, [])).toEqual({ ok: true });
  });

  it("waits for the spacing between two calls to one number, to the millisecond", () => {
    expect(ask({ minSpacingMs: 1000 }, [call(999)])).toMatchObject({ ok: false, retryAt: NOW + 1 });
    expect(ask({ minSpacingMs: 1000 }, [call(1000)])).toEqual({ ok: true });
    expect(ask({ minSpacingMs: 1000 }, [call(1)], { number: "+442079460018" })).toEqual({ ok: true });
  });

  it("waits until the oldest of so many calls to the number is a day ago", () => {
    const calls = [call(DAY - 3), call(DAY - 5), call(2 * DAY)];
    expect(ask({ perNumberPerDay: 2 }, calls)).toMatchObject({ ok: false, retryAt: NOW + 3 });
    expect(ask({ perNumberPerDay: 3 }, calls)).toEqual({ ok: true });
    // Lowered since: two have to go by.
    expect(ask({ perNumberPerDay: 1 }, calls)).toMatchObject({ retryAt: NOW + 5 });
  });

  it("counts every call of the day, whomever it was to", () => {
    const calls = [call(DAY - 7, { number: "+1" }), { ...call(HOUR), taskId: "x" }, call(DAY)];
    expect(ask({ perDay: 2 }, calls, { number: "+442079460018" })).toMatchObject({ retryAt: NOW + 7 });
    expect(ask({ perDay: 3 }, calls)).toEqual({ ok: true });
  });

  it("is not made again for a task that has used its credits", () => {
    expect(ask({ creditsPerTask: 50 }, [], { creditsOfTask: 49 })).toEqual({ ok: true });
    expect(ask({ creditsPerTask: 50 }, [], { creditsOfTask: 50 })).toEqual({
      ok: false,
      why: "This task has used 50 credits; it may use 50.",
    });
  });

  it("waits until enough credits of the day are a day ago", () => {
    const calls = [
      call(DAY - 9, { credits: 30 }),
      call(DAY - 4, { credits: 30 }),
      call(HOUR, { credits: 30 }),
    ];
    expect(ask({ creditsPerDay: 90 }, calls)).toMatchObject({ retryAt: NOW + 4 });
    expect(ask({ creditsPerDay: 60 }, calls)).toMatchObject({ retryAt: NOW + 9 });
    expect(ask({ creditsPerDay: 91 }, calls)).toEqual({ ok: true });
  });

  it("waits for the last of all caps that stand in its way", () => {
    const calls = [call(10), call(DAY - 500), call(DAY - 9)];
    expect(ask({ minSpacingMs: 1000, perNumberPerDay: 3 }, calls)).toMatchObject({ retryAt: NOW + 990 });
  });

  it.each([{ perDay: 0 }, { perNumberPerDay: 0 }, { creditsPerDay: 0 }, { creditsPerTask: 0 }])(
    "is never made under %j, and nothing waits for it",
    (caps) => {
      for (const calls of [[], [call(HOUR), call(1, { credits: 5 })]]) {
        const verdict = ask({ ...caps, minSpacingMs: 1000 }, calls);
        expect(verdict).toMatchObject({ ok: false });
        expect(verdict).not.toHaveProperty("retryAt");
      }
    },
  );

  it("holds the caps in every history: retried whenever it is told to, never too many in any day", () => {
    const caps = { ...CAPS, perNumberPerDay: 3, perDay: 5, minSpacingMs: HOUR, creditsPerDay: 70 };
    const calls: CappedCall[] = [];
    let now = NOW;
    for (let i = 0; i < 400; i++) {
      const number = `+39066982123${i % 3}`;
      const verdict = withinCaps(caps, calls, { number, creditsOfTask: 0 }, now);
      if (verdict.ok) calls.push({ attemptId: `${i}`, taskId: "t", number, at: now, credits: (i * 7) % 31 });
      else {
        expect(verdict.retryAt).toBeGreaterThan(now);
        now = verdict.retryAt ?? now;
      }
    }
    expect(calls.length).toBeGreaterThan(100);
    for (const { at, number } of calls) {
      const day = calls.filter((each) => each.at > at - DAY && each.at <= at);
      const same = day.filter((each) => each.number === number);
      expect(day.length).toBeLessThanOrEqual(5);
      expect(same.length).toBeLessThanOrEqual(3);
      expect(same.filter((each) => each.at > at - HOUR)).toHaveLength(1);
      const before = day.slice(0, -1).reduce((sum, { credits = 0 }) => sum + credits, 0);
      expect(before).toBeLessThan(70);
    }
  });
});
