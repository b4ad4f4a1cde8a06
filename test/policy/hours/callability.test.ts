import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { callability } from "../../../src/policy/hours/callability.js";
import type { CallingConditions } from "../../../src/policy/hours/conditions.js";
import { InvalidHours, InvalidTimeZone } from "../../../src/policy/hours/errors.js";
import { WEEKDAYS } from "../../../src/policy/hours/weekly.js";
import { zonesOfNumber } from "../../../src/policy/hours/zones.js";
import { firstMinute, mayCallAt } from "./by-the-minute.js";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const at = (iso: string) => Date.parse(iso);

/** The next moment to call, as UTC; "now" if it may be done at once, "never" if there is none. */
function next(conditions: CallingConditions, when: string): string {
  const answer = callability(conditions, at(when));
  if (answer.ok) return "now";
  return answer.nextSlot === null
    ? "never"
    : new Date(answer.nextSlot).toISOString().replace(":00.000Z", "Z");
}

const reasons = (conditions: CallingConditions, when: string) => {
  const answer = callability(conditions, at(when));
  return answer.ok ? [] : answer.reasons;
};

describe("in the callee's own time", () => {
  it("tells the human why not now, and when", () => {
    const tokyo = { number: "+81358446369" };
    expect(callability(tokyo, at("2026-03-16T21:40Z"))).toEqual({
      ok: false,
      reasons: ["It is 06:40 in Asia/Tokyo; calls are made between 08:00 and 21:00 there."],
      nextSlot: at("2026-03-16T23:00Z"),
    });
    expect(callability(tokyo, at("2026-03-16T23:00Z"))).toEqual({ ok: true });
    expect(callability(tokyo, at("2026-03-17T11:59:59.999Z"))).toEqual({ ok: true });
    expect(next(tokyo, "2026-03-17T12:00Z")).toBe("2026-03-17T23:00Z");
  });

  it("takes the zone that is named before the number's, and the number's before the country's", () => {
    const when = "2026-03-17T07:30Z";
    expect(next({ number: "+12125550123" }, when)).toBe("2026-03-17T12:00Z");
    expect(next({ number: "+12125550123", timeZone: "Europe/Paris" }, when)).toBe("now");
    expect(next({ number: "+12125550123", country: "FR" }, when)).toBe("2026-03-17T12:00Z");
    expect(next({ number: "+80012345678", country: "FR" }, when)).toBe("now");
    expect(next({ country: "fr" }, when)).toBe("now");
  });

  it("calls a number of several zones only when it is a decent hour in all of them", () => {
    // +1 850 is Florida's west, divided between Central and Eastern time.
    expect(zonesOfNumber("+18505550123")).toEqual(["America/Chicago", "America/New_York"]);
    expect(next({ number: "+18505550123" }, "2026-07-01T12:30Z")).toBe("2026-07-01T13:00Z");
    expect(next({ number: "+18505550123" }, "2026-07-02T01:00Z")).toBe("2026-07-02T13:00Z");
    expect(reasons({ number: "+18505550123" }, "2026-07-01T12:30Z")).toEqual([
      "It is 07:30 in America/Chicago; calls are made between 08:00 and 21:00 there.",
      expect.stringMatching(/^The callee may be in any of 2 time zones/),
    ]);
    // A Russian mobile may be anywhere from Kaliningrad to Kamchatka.
    expect(next({ number: "+79161234567" }, "2026-07-01T00:00Z")).toBe("2026-07-01T06:00Z");
    expect(next({ number: "+79161234567" }, "2026-07-01T09:00Z")).toBe("2026-07-02T06:00Z");
    // An Australian mobile, from Perth to Lord Howe.
    expect(next({ number: "+61412345678" }, "2026-07-01T22:00Z")).toBe("2026-07-02T00:00Z");
  });

  it("keeps to the callee's own country, whatever zone once showed the same time as its", () => {
    // Libya has no summer time; Kaliningrad neither; Palestine's begins and ends on days of its own.
    expect(next({ number: "+218912345678" }, "2026-07-01T05:30Z")).toBe("2026-07-01T06:00Z");
    expect(next({ number: "+74012345678" }, "2026-07-01T05:30Z")).toBe("2026-07-01T06:00Z");
    expect(zonesOfNumber("+970599123456")).toEqual(["Asia/Gaza", "Asia/Hebron"]);
  });

  it("does not call where it may be night: no zone known, none guessed", () => {
    for (const conditions of [{}, { number: "+80012345678" }, { country: "XX" }, { number: "" }]) {
      expect(next(conditions, "2026-03-17T12:00Z")).toBe("never");
      expect(reasons(conditions, "2026-03-17T12:00Z")).toEqual([expect.stringContaining("time zone")]);
    }
  });
});

describe("the days on which clocks change", () => {
  const sunday = (from: string, to: string): CallingConditions => ({
    quietHours: "none",
    openingHours: { sun: [[from, to]] },
  });
  test.each<[zone: string, what: string, when: string, next: string, conditions?: CallingConditions]>([
    ["Europe/Berlin", "spring: the night is an hour shorter", "2026-03-28T22:00Z", "2026-03-29T06:00Z"],
    ["Europe/Berlin", "autumn: an hour longer", "2026-10-24T20:00Z", "2026-10-25T07:00Z"],
    ["Europe/London", "autumn", "2026-10-24T21:00Z", "2026-10-25T08:00Z"],
    ["America/New_York", "spring", "2026-03-08T03:00Z", "2026-03-08T12:00Z"],
    [
      "America/New_York",
      "autumn: 01:30 the first time",
      "2026-11-01T05:00Z",
      "2026-11-01T05:30Z",
      sunday("01:30", "01:45"),
    ],
    [
      "America/New_York",
      "autumn: 01:30 the second time",
      "2026-11-01T05:45Z",
      "2026-11-01T06:30Z",
      sunday("01:30", "01:45"),
    ],
    [
      "America/Los_Angeles",
      "spring: 02:00 is skipped",
      "2026-03-08T09:00Z",
      "2026-03-15T09:00Z",
      sunday("02:00", "02:45"),
    ],
    [
      "America/Los_Angeles",
      "spring: 02:15 is skipped",
      "2026-03-08T09:00Z",
      "2026-03-15T09:15Z",
      sunday("02:15", "02:45"),
    ],
    [
      "America/Los_Angeles",
      "spring: 02:30 to 03:30 starts at 03:00",
      "2026-03-08T09:00Z",
      "2026-03-08T10:00Z",
      sunday("02:30", "03:30"),
    ],
    ["America/Santiago", "spring at midnight", "2026-09-06T02:00Z", "2026-09-06T11:00Z"],
    [
      "America/Havana",
      "autumn: 00:30 the first time",
      "2026-11-01T03:50Z",
      "2026-11-01T04:30Z",
      sunday("00:30", "00:45"),
    ],
    [
      "America/Havana",
      "autumn: 00:30 the second time",
      "2026-11-01T04:45Z",
      "2026-11-01T05:30Z",
      sunday("00:30", "00:45"),
    ],
    ["America/Godthab", "spring on Saturday evening", "2026-03-29T00:30Z", "2026-03-29T09:00Z"],
    ["Africa/Casablanca", "Ramadan begins", "2026-02-14T22:00Z", "2026-02-15T08:00Z"],
    ["Asia/Beirut", "spring at midnight", "2026-03-28T20:00Z", "2026-03-29T05:00Z"],
    ["Asia/Jerusalem", "spring on a Friday", "2026-03-26T20:00Z", "2026-03-27T05:00Z"],
    ["Australia/Sydney", "autumn in April", "2026-04-04T11:00Z", "2026-04-04T22:00Z"],
    ["Australia/Lord_Howe", "autumn by half an hour", "2026-04-04T12:00Z", "2026-04-04T21:30Z"],
    ["Australia/Lord_Howe", "spring by half an hour", "2026-10-03T12:00Z", "2026-10-03T21:00Z"],
    ["Pacific/Auckland", "spring in September", "2026-09-26T09:00Z", "2026-09-26T19:00Z"],
    ["Pacific/Apia", "30 December 2011 is left out", "2011-12-30T09:00Z", "2011-12-30T18:00Z"],
  ])("%s, %s", (timeZone, _what, when, expected, conditions = {}) => {
    expect(next({ timeZone, ...conditions }, when)).toBe(expected);
  });

  test.each([
    ["Asia/Kolkata", "2026-03-17T02:29Z", "2026-03-17T02:30Z"],
    ["Asia/Kathmandu", "2026-03-17T02:14Z", "2026-03-17T02:15Z"],
    ["Pacific/Chatham", "2026-07-17T08:15Z", "2026-07-17T19:15Z"],
    ["America/St_Johns", "2026-07-17T10:29Z", "2026-07-17T10:30Z"],
    ["Pacific/Kiritimati", "2026-03-17T17:59Z", "2026-03-17T18:00Z"],
    ["Pacific/Pago_Pago", "2026-03-17T18:59Z", "2026-03-17T19:00Z"],
  ])("odd offsets and the date line: %s", (timeZone, when, expected) => {
    expect(next({ timeZone }, when)).toBe(expected);
  });
});

describe("the business's hours", () => {
  const paris = { timeZone: "Europe/Paris" };
  const lunch = {
    ...paris,
    openingHours: {
      mon: [
        ["09:00", "12:00"],
        ["14:00", "17:30"],
      ],
      tue: [["09:00", "12:00"]],
    },
  } satisfies CallingConditions;

  it("waits out the midday break, the evening and the days without hours", () => {
    expect(next(lunch, "2026-03-16T11:30Z")).toBe("2026-03-16T13:00Z");
    expect(reasons(lunch, "2026-03-16T11:30Z")).toEqual([
      "It is Monday 12:30 in Europe/Paris; the business opens 09:00 to 12:00 and 14:00 to 17:30 on a Monday.",
    ]);
    expect(next(lunch, "2026-03-16T16:30Z")).toBe("2026-03-17T08:00Z");
    expect(next(lunch, "2026-03-17T11:00Z")).toBe("2026-03-23T08:00Z");
    expect(reasons(lunch, "2026-03-18T11:00Z")).toEqual([
      "It is Wednesday 12:00 in Europe/Paris; the business does not open on a Wednesday.",
    ]);
  });

  it("keeps a bar open past midnight, from Sunday into Monday too, but not past the quiet hours", () => {
    const openingHours = { sun: [["18:00", "02:00"]] } as const;
    expect(next({ ...paris, openingHours, quietHours: "none" }, "2026-03-16T00:59Z")).toBe("now");
    expect(next({ ...paris, openingHours, quietHours: "none" }, "2026-03-16T01:00Z")).toBe(
      "2026-03-22T17:00Z",
    );
    expect(next({ ...paris, openingHours }, "2026-03-16T00:59Z")).toBe("2026-03-22T17:00Z");
    expect(
      next(
        { ...paris, openingHours: { wed: [["00:00", "24:00"]] }, quietHours: "none" },
        "2026-03-18T22:59Z",
      ),
    ).toBe("now");
  });

  it("believes a call that said when the business opens again", () => {
    const closed = { ...paris, reopensAt: at("2026-03-20T09:30Z") };
    expect(next(closed, "2026-03-16T10:00Z")).toBe("2026-03-20T09:30Z");
    expect(
      next(
        { ...closed, ...lunch, timeZone: "Europe/Paris", reopensAt: closed.reopensAt },
        "2026-03-16T10:00Z",
      ),
    ).toBe("2026-03-23T08:00Z");
    expect(reasons(closed, "2026-03-16T10:00Z")).toEqual([
      "The business said that it is closed until Friday, 20 March 2026, 10:30 in Europe/Paris.",
    ]);
    expect(next(closed, "2026-03-20T09:30Z")).toBe("now");
  });

  it("leaves people alone on their public holidays, by their own calendar date", () => {
    const asked: string[] = [];
    const holidays: CallingConditions["holidays"] = ({ month, day }, country) => {
      asked.push(country);
      return month === 12 && (day === 25 || day === 26);
    };
    expect(next({ number: "+493012345678", holidays }, "2026-12-24T19:30Z")).toBe("now");
    expect(next({ number: "+493012345678", holidays }, "2026-12-25T12:00Z")).toBe("2026-12-27T07:00Z");
    expect(new Set(asked)).toEqual(new Set(["DE"]));
    // It is still the 24th in Berlin, and already the 25th in Auckland.
    expect(next({ timeZone: "Pacific/Auckland", country: "NZ", holidays }, "2026-12-24T19:30Z")).toBe(
      "2026-12-26T19:00Z",
    );
    expect(
      reasons({ number: "+80012345678", timeZone: "Europe/Paris", holidays }, "2026-12-25T12:00Z"),
    ).toEqual([expect.stringContaining("Give the callee's country")]);
  });
});

describe("the human's own window", () => {
  const tokyo = { timeZone: "Asia/Tokyo" };

  it("begins and ends with the instants that were named", () => {
    const window = { notBefore: at("2026-03-17T03:00Z"), notAfter: at("2026-03-17T04:00Z") };
    expect(next({ ...tokyo, window }, "2026-03-17T02:59Z")).toBe("2026-03-17T03:00Z");
    expect(next({ ...tokyo, window }, "2026-03-17T03:00Z")).toBe("now");
    expect(next({ ...tokyo, window }, "2026-03-17T04:00Z")).toBe("now");
    expect(callability({ ...tokyo, window }, at("2026-03-17T04:00Z") + 1)).toMatchObject({
      ok: false,
      nextSlot: null,
    });
  });

  it("finds no slot where the deadline comes before the next decent hour", () => {
    const deadline = at("2026-03-17T22:59Z");
    expect(next({ ...tokyo, deadline }, "2026-03-17T12:00Z")).toBe("never");
    expect(next({ ...tokyo, deadline: deadline + MINUTE }, "2026-03-17T12:00Z")).toBe("2026-03-17T23:00Z");
    expect(reasons({ ...tokyo, deadline }, "2026-03-17T12:00Z")).toEqual([
      "It is 21:00 in Asia/Tokyo; calls are made between 08:00 and 21:00 there.",
      "There is no other time for the call up to Wednesday, 18 March 2026, 07:59 in Asia/Tokyo.",
    ]);
  });

  it("gives up after a year", () => {
    expect(next({ ...tokyo, holidays: () => true, country: "JP" }, "2026-03-17T03:00Z")).toBe("never");
    expect(next({ ...tokyo, openingHours: {} }, "2026-03-17T03:00Z")).toBe("never");
    expect(next({ ...tokyo, window: { notBefore: at("2028-01-01T00:00Z") } }, "2026-03-17T03:00Z")).toBe(
      "never",
    );
    expect(
      next({ number: "+18005550123", openingHours: { mon: [["09:00", "12:00"]] } }, "2026-03-17T03:00Z"),
    ).toBe("never");
  });
});

describe("conditions that cannot be read", () => {
  it("names the unknown time zone before anything else", () => {
    const conditions = { timeZone: "Mars/Olympus", openingHours: { mon: [["9", "x"]] } } as const;
    expect(() => callability(conditions, Number.NaN)).toThrow(InvalidTimeZone);
    expect(() => callability(conditions, 0)).toThrow(RangeError);
    expect(() => callability(conditions, 0)).toThrow(/"Mars\/Olympus".*Europe\/Paris/);
  });

  test.each<[CallingConditions, number]>([
    [{ openingHours: { mon: [["9", "17:00"]] } }, 0],
    [{ openingHours: { mon: [["09:00", "25:00"]] } }, 0],
    [{ openingHours: { mon: [["09:00", "24:30"]] } }, 0],
    [{ openingHours: { monday: [["09:00", "17:00"]] } as CallingConditions["openingHours"] }, 0],
    [{ quietHours: { start: "08:00", end: "08:00" } }, 0],
    [{ quietHours: { start: "later", end: "08:00" } }, 0],
    [{ deadline: Number.NaN }, 0],
    [{ window: { notAfter: Number.POSITIVE_INFINITY } }, 0],
    [{}, Number.NaN],
    [{}, 1e16],
  ])("%j at %d", (conditions, when) => {
    expect(() => callability({ timeZone: "Asia/Tokyo", ...conditions }, when)).toThrow(InvalidHours);
  });
});

describe("against a clock read minute by minute", () => {
  const zones = Intl.supportedValuesOf("timeZone");
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 0, 15, 30, 45, 59))
    .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
  const day = fc.array(fc.tuple(time, fc.oneof(time, fc.constant("24:00"))), { maxLength: 2 });
  const openingHours = fc.record(Object.fromEntries(WEEKDAYS.map((name) => [name, day])), {
    requiredKeys: [],
  });
  const quietHours = fc.oneof(
    fc.constant("none" as const),
    fc.record({ start: time, end: time }).filter(({ start, end }) => start !== end),
  );
  const minute = fc.integer({ min: at("1995-01-01T00:00Z") / MINUTE, max: at("2037-12-01T00:00Z") / MINUTE });
  /** Half of the instants lie in the weeks in which most clocks change. */
  const when = fc.oneof(
    minute.map((count) => count * MINUTE),
    fc
      .tuple(
        fc.integer({ min: 1995, max: 2037 }),
        fc.constantFrom("03-25", "10-25", "03-08", "11-01", "04-01", "09-28"),
        fc.nat(7 * 1440),
      )
      .map(([year, date, minutes]) => at(`${year}-${date}T00:00Z`) + minutes * MINUTE),
  );
  const someHolidays = fc.option(
    fc.integer({ min: 2, max: 9 }).map(
      (n): NonNullable<CallingConditions["holidays"]> =>
        ({ month, day: date }) =>
          (month * 31 + date) % n === 0,
    ),
    { nil: undefined },
  );
  const soon = fc.option(fc.integer({ min: -600, max: 2000 }), { nil: undefined });
  const places = fc.oneof(
    fc.constantFrom(...zones).map((timeZone) => ({ given: { timeZone }, zones: [timeZone] })),
    fc
      .constantFrom(
        "+18505550123",
        "+525512345678",
        "+79161234567",
        "+61412345678",
        "+34612345678",
        "+9771234567",
      )
      .map((number) => ({ given: { number }, zones: zonesOfNumber(number) })),
  );

  it("agrees on now and on the next slot, over all zones, 42 years and any rules", () => {
    fc.assert(
      fc.property(
        places,
        when,
        fc.record(
          {
            openingHours,
            quietHours,
            holidays: someHolidays,
            notBefore: soon,
            notAfter: soon,
            reopensAt: soon,
          },
          { requiredKeys: [] },
        ),
        fc.integer({ min: 60, max: 3000 }),
        (place, start, { notBefore, notAfter, reopensAt, ...rules }, minutes) => {
          const later = (count: number | undefined) =>
            count === undefined ? undefined : start + count * MINUTE;
          const conditions: CallingConditions = {
            ...place.given,
            ...rules,
            country: "XX",
            window: { notBefore: later(notBefore), notAfter: later(notAfter) },
            reopensAt: later(reopensAt),
            deadline: start + minutes * MINUTE,
          };
          const answer = callability(conditions, start);
          expect(answer.ok).toBe(mayCallAt(conditions, place.zones, start));
          if (answer.ok) return;
          expect(answer.nextSlot).toBe(firstMinute(conditions, place.zones, start, start + minutes * MINUTE));
          expect(answer.reasons.length).toBeGreaterThan(0);
          for (const reason of answer.reasons) expect(reason).toMatch(/^[A-Z].*\.$/);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("finds in a year what is there, and lands on a moment at which the call may be made", () => {
    fc.assert(
      fc.property(places, when, openingHours, someHolidays, (place, start, hours, holidays) => {
        const conditions: CallingConditions = {
          ...place.given,
          openingHours: hours,
          holidays,
          country: "XX",
        };
        const answer = callability(conditions, start);
        if (answer.ok) return;
        if (answer.nextSlot === null) {
          const anyWeek = firstMinute(conditions, place.zones, start, start + 8 * DAY);
          expect(anyWeek).toBeNull();
        } else {
          expect(answer.nextSlot).toBeGreaterThan(start);
          expect(answer.nextSlot).toBeLessThanOrEqual(start + 366 * DAY);
          expect(callability(conditions, answer.nextSlot)).toEqual({ ok: true });
          expect(mayCallAt(conditions, place.zones, answer.nextSlot)).toBe(true);
          expect(mayCallAt(conditions, place.zones, answer.nextSlot - MINUTE)).toBe(false);
        }
      }),
      { numRuns: 150 },
    );
  });
});
