import { ABSENT } from "./wording.js";

/** Clocks are dear to make, and most tasks keep to one or two zones. */
const clocks = new Map<string, Intl.DateTimeFormat>();
const MOST_CLOCKS = 50;

/** An instant as the callee's wall clock shows it, such as "Tue 17 Mar 2026, 19:00 (Asia/Tokyo)". */
export function showInstant(at: number, timeZone = "UTC"): string {
  if (!(Math.abs(at) <= 8.64e15)) return ABSENT.time;
  const known = clockIn(timeZone);
  const zone = known ? timeZone : "UTC";
  const parts = (known ?? clockIn("UTC"))?.formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts?.find((each) => each.type === type)?.value ?? "";
  const date = `${part("weekday")} ${part("day")} ${part("month")} ${part("year")}`;
  return `${date}, ${part("hour")}:${part("minute")} (${zone})`;
}

/** @returns undefined for a zone that this runtime does not know. */
function clockIn(timeZone: string): Intl.DateTimeFormat | undefined {
  const known = clocks.get(timeZone);
  if (known) return known;
  try {
    const clock = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      weekday: "short",
      day: "numeric",
      month: "short",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    if (clocks.size >= MOST_CLOCKS) clocks.clear();
    clocks.set(timeZone, clock);
    return clock;
  } catch {
    return undefined;
  }
}
