import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { CallingConditions, HolidayCalendar } from "./conditions.js";
import { InvalidHours } from "./errors.js";
import { checkTimeZone, offsetStretch } from "./offset.js";
import * as say from "./reasons.js";
import { firstInstant, type HolidayDays } from "./search.js";
import { contains, DAY, intersect, WEEK, type WeekSpans } from "./spans.js";
import { DEFAULT_QUIET_HOURS, openingSpans, waking } from "./weekly.js";
import { zonesOfCountry, zonesOfNumber } from "./zones.js";

/** Whether a callee may be called at an instant. */
export type Callability =
  | { ok: true }
  | {
      ok: false;
      /** One sentence for the human per rule that stands against the call. */
      reasons: string[];
      /** The first instant at which all rules allow it, in epoch milliseconds; null if there is none within a year. */
      nextSlot: number | null;
    };

/** How far ahead a slot is looked for. */
const HORIZON = 366 * DAY;
const ALWAYS: WeekSpans = [[0, WEEK]];
const WAKING_BY_DEFAULT = waking(DEFAULT_QUIET_HOURS);
/** The end of the year 9999. */
const LATEST = 253_402_300_799_999;

/**
 * Decides whether the callee may be called at `when`, in the callee's own time: outside quiet hours, within the
 * opening hours, on no public holiday, within the human's window and before the deadline.
 *
 * Zones: `timeZone`, else all zones of the number's prefix, else all of the country; if there are several, every
 * rule must hold in each. If none is known the call is refused.
 *
 * @param when epoch milliseconds
 * @throws InvalidTimeZone, InvalidHours (both a RangeError) for conditions that cannot be read.
 */
export function callability(conditions: CallingConditions, when: number): Callability {
  const { window, deadline, reopensAt, holidays, timeZone } = conditions;
  if (timeZone !== undefined) checkTimeZone(timeZone);
  for (const [field, instant] of Object.entries({ when, deadline, reopensAt, ...window })) {
    if (instant !== undefined && !(instant >= 0 && instant <= LATEST)) {
      throw new InvalidHours(field, String(instant), "Give milliseconds since the Unix epoch, 1970 to 9999.");
    }
  }
  const rules = weekRules(conditions);
  const zones = zonesFor(conditions);
  const country = holidays === undefined ? undefined : countryFor(conditions);
  if (zones.length === 0) return { ok: false, reasons: [say.unknownZone], nextSlot: null };
  if (holidays !== undefined && country === undefined) {
    return { ok: false, reasons: [say.unknownCountry], nextSlot: null };
  }
  const isHoliday = holidays === undefined ? undefined : holidayDays(holidays, country ?? "");

  const places = apart(zones, when);
  const [place = "UTC"] = places;
  const reasons: string[] = [];
  if (window?.notBefore !== undefined && when < window.notBefore) {
    reasons.push(say.tooEarly(window.notBefore, place));
  }
  const last = Math.min(window?.notAfter ?? Number.POSITIVE_INFINITY, deadline ?? Number.POSITIVE_INFINITY);
  if (when > last) reasons.push(say.tooLate(last, place));
  if (reopensAt !== undefined && when < reopensAt) reasons.push(say.notReopened(reopensAt, place));
  const asleep = places.find((zone) => !contains(rules.waking, wallClock(zone, when)));
  if (asleep !== undefined) reasons.push(say.quiet(when, asleep, conditions.quietHours));
  const shut = places.find((zone) => !contains(rules.opening, wallClock(zone, when)));
  if (shut !== undefined) reasons.push(say.closed(when, shut, conditions.openingHours));
  const resting = places.find((zone) => isHoliday?.(Math.floor(wallClock(zone, when) / DAY)));
  if (resting !== undefined) reasons.push(say.holiday(when, resting));
  if (reasons.length === 0) return { ok: true };

  const from = Math.max(when, window?.notBefore ?? when, reopensAt ?? when);
  const both = intersect(rules.waking, rules.opening);
  const nextSlot = firstInstant(zones, both, from, Math.min(last, when + HORIZON), isHoliday);
  if (nextSlot === null && when <= last) reasons.push(say.noSlot(last, when + HORIZON, place));
  if (places.length > 1) reasons.push(say.severalZones(places.length));
  return { ok: false, reasons, nextSlot };
}

function weekRules({ openingHours, quietHours }: CallingConditions): {
  waking: WeekSpans;
  opening: WeekSpans;
} {
  return {
    waking:
      quietHours === "none" ? ALWAYS : quietHours === undefined ? WAKING_BY_DEFAULT : waking(quietHours),
    opening: openingHours === undefined ? ALWAYS : openingSpans(openingHours),
  };
}

/** One zone for each different local time at `when`. */
function apart(zones: readonly string[], when: number): string[] {
  const byOffset = new Map<number, string>();
  for (const zone of zones) {
    const { offset } = offsetStretch(zone, when);
    if (!byOffset.has(offset)) byOffset.set(offset, zone);
  }
  return [...byOffset.values()];
}

function wallClock(zone: string, when: number): number {
  return when + offsetStretch(zone, when).offset;
}

function zonesFor({ timeZone, number, country }: CallingConditions): readonly string[] {
  if (timeZone !== undefined) return [timeZone];
  const zones = number === undefined ? [] : zonesOfNumber(number);
  return zones.length > 0 || country === undefined ? zones : zonesOfCountry(country);
}

function countryFor({ country, number }: CallingConditions): string | undefined {
  if (country !== undefined) return country.toUpperCase();
  return number === undefined ? undefined : parsePhoneNumberFromString(number, { extract: false })?.country;
}

/** Asks the calendar once a day: a search meets the same day more than once. */
function holidayDays(holidays: HolidayCalendar, country: string): HolidayDays {
  const asked = new Map<number, boolean>();
  return (day) => {
    const known = asked.get(day);
    if (known !== undefined) return known;
    const date = new Date(day * DAY);
    const answer = holidays(
      { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() },
      country,
    );
    asked.set(day, answer);
    return answer;
  };
}
