import { offsetStretch } from "../policy/hours/offset.js";
import { UsageError } from "./usage-error.js";

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const DAY_MS = UNITS.d;

/** A stretch of time; either end may be open. Milliseconds since the Unix epoch. */
export interface TimeWindow {
  from?: number;
  to?: number;
}

/** Reads `--when`: one time is the earliest, and `a/b` is a window. @throws UsageError */
export function parseWindow(text: string, now: number, zone: string): TimeWindow {
  const [from = "", to = "", ...more] = text.split("/").map((part) => part.trim());
  if (more.length > 0 || (from === "" && to === "")) throw unreadable(text);
  return {
    ...(from !== "" && { from: parseTime(from, now, zone) }),
    ...(to !== "" && { to: parseTime(to, now, zone) }),
  };
}

/**
 * Reads a time: ISO 8601 with or without an offset, a date, `09:30` (the next time it is that), `tomorrow 09:30`, or
 * `in 2h`. Without an offset it is local to `zone`.
 * @throws UsageError
 */
export function parseTime(text: string, now: number, zone: string): number {
  const span = /^in\s+(\d{1,4})\s*(m|h|d)(?:in|ours?|ays?)?$/i.exec(text);
  if (span) return now + Number(span[1]) * UNITS[(span[2] ?? "m").toLowerCase() as keyof typeof UNITS];
  if (/^\d{4}-\d\d-\d\dT.*(?:Z|[+-]\d\d:?\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)))
    return Date.parse(text);
  const dated = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d))?$/.exec(text);
  if (dated) return local(`${dated[1]}T${dated[2] ?? "00:00"}`, zone, text);
  const daily = /^(tomorrow\s+)?(\d\d:\d\d)$/.exec(text);
  if (daily) {
    const today = now + offsetStretch(zone, now).offset;
    const at = (ahead: number) =>
      local(`${new Date(today + ahead * DAY_MS).toISOString().slice(0, 10)}T${daily[2]}`, zone, text);
    if (daily[1] !== undefined) return at(1);
    return at(0) > now ? at(0) : at(1);
  }
  throw unreadable(text);
}

function local(wallClock: string, zone: string, text: string): number {
  const asUtc = Date.parse(`${wallClock}:00Z`);
  if (Number.isNaN(asUtc)) throw unreadable(text);
  const guess = asUtc - offsetStretch(zone, asUtc).offset;
  return asUtc - offsetStretch(zone, guess).offset;
}

function unreadable(text: string): UsageError {
  return new UsageError(
    `“${text}” is no time. Write 2026-03-17T19:00+09:00, 2026-03-17 19:00, 2026-03-17, 09:30, “tomorrow 09:30” or “in 2h”.`,
  );
}
