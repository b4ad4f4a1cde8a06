import type { CallingConditions } from "../../../src/policy/hours/conditions.js";
import type { WeeklyHours } from "../../../src/policy/hours/weekly.js";

/*
 * Calling hours told the slow way, minute by minute and from what a clock on the wall shows; shares no code with
 * what it checks.
 */

const MINUTE = 60_000;
const clocks = new Map<string, Intl.DateTimeFormat>();

function wall(zone: string, instant: number) {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      weekday: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      hourCycle: "h23",
    });
    clocks.set(zone, clock);
  }
  const part = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, value]));
  return {
    weekday: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(part.weekday ?? ""),
    minutes: Number(part.hour) * 60 + Number(part.minute),
    date: { year: Number(part.year), month: Number(part.month), day: Number(part.day) },
  };
}

const minutesOf = (time: string) => Number(time.split(":")[0]) * 60 + Number(time.split(":")[1]);

/** Whether somebody who looks at the clocks of all zones at that minute would call. */
export function mayCallAt(conditions: CallingConditions, zones: readonly string[], instant: number): boolean {
  const { window, deadline, reopensAt, openingHours, holidays, country } = conditions;
  if (window?.notBefore !== undefined && instant < window.notBefore) return false;
  if (window?.notAfter !== undefined && instant > window.notAfter) return false;
  if (deadline !== undefined && instant > deadline) return false;
  if (reopensAt !== undefined && instant < reopensAt) return false;
  const quiet = conditions.quietHours ?? { start: "21:00", end: "08:00" };
  return zones.every((zone) => {
    const { weekday, minutes, date } = wall(zone, instant);
    if (quiet !== "none" && isQuiet(minutes, minutesOf(quiet.start), minutesOf(quiet.end))) return false;
    if (openingHours !== undefined && !isOpen(openingHours, weekday, minutes)) return false;
    return !holidays?.(date, country ?? "");
  });
}

function isQuiet(now: number, start: number, end: number): boolean {
  return start < end ? start <= now && now < end : now >= start || now < end;
}

function isOpen(hours: WeeklyHours, weekday: number, now: number): boolean {
  const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
  const today = hours[days[weekday] ?? "mon"] ?? [];
  const yesterday = hours[days[(weekday + 6) % 7] ?? "mon"] ?? [];
  const spans = (pairs: typeof today) => pairs.map(([from, to]) => [minutesOf(from), minutesOf(to)] as const);
  return (
    spans(today).some(([from, to]) => now >= from && (to <= from || now < to)) ||
    spans(yesterday).some(([from, to]) => to <= from && now < to)
  );
}

/** The first whole minute in `from <= t <= to` that suits, or null. */
export function firstMinute(
  conditions: CallingConditions,
  zones: readonly string[],
  from: number,
  to: number,
): number | null {
  for (let at = from; at <= to; at += MINUTE) if (mayCallAt(conditions, zones, at)) return at;
  return null;
}
