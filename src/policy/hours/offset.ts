import { InvalidTimeZone } from "./errors.js";

/** A stretch of time in which a zone's offset from UTC does not change. */
export interface OffsetStretch {
  /** Local time less UTC, in milliseconds. */
  offset: number;
  /** First instant, in epoch milliseconds, for which this says nothing. */
  until: number;
}

const SECOND = 1000;
const DAY = 86_400 * SECOND;
/** No zone of the tz database has kept an offset for less than this since 1970; Ramadan breaks last about 30 days. */
const PROBE = 8 * DAY;
const CHUNK = 8 * PROBE;
/** Eight chunks are a year and a half. */
const MOST_CHUNKS = 64;

interface Zone {
  clock: Intl.DateTimeFormat;
  chunks: Map<number, readonly OffsetStretch[]>;
}

const zones = new Map<string, Zone>();

/**
 * The offset of `timeZone` at `instant` and how long it lasts at least.
 * Computed with Intl once per zone and 64 days, then remembered.
 * @throws InvalidTimeZone
 */
export function offsetStretch(timeZone: string, instant: number): OffsetStretch {
  const zone = knownZone(timeZone);
  const chunk = Math.floor(instant / CHUNK);
  let stretches = zone.chunks.get(chunk);
  if (stretches === undefined) {
    stretches = readChunk(zone.clock, chunk * CHUNK);
    if (zone.chunks.size >= MOST_CHUNKS) zone.chunks.clear();
    zone.chunks.set(chunk, stretches);
  }
  for (const stretch of stretches) if (instant < stretch.until) return stretch;
  throw new RangeError(`No offset is known at ${instant}.`);
}

/** @throws InvalidTimeZone for a name that this runtime's time-zone data does not know. */
export function checkTimeZone(timeZone: string): void {
  knownZone(timeZone);
}

function knownZone(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  const zone: Zone = { clock: wallClock(timeZone), chunks: new Map() };
  zones.set(timeZone, zone);
  return zone;
}

function wallClock(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  } catch {
    throw new InvalidTimeZone(timeZone);
  }
}

function readChunk(clock: Intl.DateTimeFormat, start: number): OffsetStretch[] {
  const stretches: OffsetStretch[] = [];
  let offset = offsetAt(clock, start);
  for (let at = start; at < start + CHUNK; at += PROBE) {
    const next = offsetAt(clock, at + PROBE);
    if (next === offset) continue;
    stretches.push({ offset, until: transition(clock, at, at + PROBE, offset) });
    offset = next;
  }
  stretches.push({ offset, until: start + CHUNK });
  return stretches;
}

/** The first whole second after `before` at which the offset is no longer `offset`. */
function transition(clock: Intl.DateTimeFormat, before: number, after: number, offset: number): number {
  let low = before / SECOND;
  let high = after / SECOND;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(clock, middle * SECOND) === offset) low = middle;
    else high = middle;
  }
  return high * SECOND;
}

const WALL_CLOCK = /^(\d\d)\/(\d\d)\/(\d+), (\d\d):(\d\d):(\d\d)$/;

function offsetAt(clock: Intl.DateTimeFormat, instant: number): number {
  const [, month, day, year, hour, minute, second] = WALL_CLOCK.exec(clock.format(instant)) ?? [];
  return (
    Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) -
    instant
  );
}
