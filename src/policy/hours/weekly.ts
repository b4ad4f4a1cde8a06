import { InvalidHours } from "./errors.js";
import { DAY, type WeekSpans, weekSpans } from "./spans.js";

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * A week of opening hours on the callee's own clock: `{ mon: [["09:00", "12:00"], ["14:00", "17:30"]] }`.
 * A day that is missing or empty is closed. An end at or before its start is on the next day, so that
 * `["18:00", "02:00"]` closes at two in the night and `["00:00", "00:00"]` is the whole day.
 */
export type WeeklyHours = {
  readonly [day in Weekday]?: readonly (readonly [from: string, to: string])[] | undefined;
};

/** Times of day, on the callee's own clock, between which nobody is called: 21:00 to 08:00 by default. */
export interface QuietHours {
  /** First minute without calls, "HH:MM". */
  start: string;
  /** First minute with calls again, "HH:MM"; the next day if not after `start`. */
  end: string;
}

export const DEFAULT_QUIET_HOURS: QuietHours = { start: "21:00", end: "08:00" };

/** @throws InvalidHours for anything but known weekdays with pairs of times. */
export function openingSpans(hours: WeeklyHours): WeekSpans {
  const spans: (readonly [number, number])[] = [];
  for (const [day, pairs] of Object.entries(hours)) {
    const index = WEEKDAYS.indexOf(day as Weekday);
    if (index < 0) throw new InvalidHours("openingHours", day, `Name the days ${WEEKDAYS.join(", ")}.`);
    for (const [from, to] of pairs ?? []) {
      const start = timeOfDay(from, `openingHours.${day}`);
      const end = timeOfDay(to, `openingHours.${day}`);
      spans.push([index * DAY + start, index * DAY + end + (end <= start ? DAY : 0)]);
    }
  }
  return weekSpans(spans);
}

/** When calls are made, that is outside the quiet hours. @throws InvalidHours */
export function waking(quiet: QuietHours): WeekSpans {
  const from = timeOfDay(quiet.end, "quietHours.end");
  const to = timeOfDay(quiet.start, "quietHours.start");
  if (from % DAY === to % DAY) {
    throw new InvalidHours(
      "quietHours",
      quiet,
      'Let start and end differ, or write "none" for no quiet hours.',
    );
  }
  return weekSpans(WEEKDAYS.map((_, i) => [i * DAY + from, i * DAY + to + (to <= from ? DAY : 0)] as const));
}

const TIME = /^([01]?\d|2[0-4]):([0-5]\d)$/;

function timeOfDay(text: string, field: string): number {
  const [, hours, minutes] = TIME.exec(text) ?? [];
  const time = (Number(hours) * 60 + Number(minutes)) * 60_000;
  if (time <= DAY) return time;
  throw new InvalidHours(field, text, "Write a time of day between 00:00 and 24:00.");
}
