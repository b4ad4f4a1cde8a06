import { offsetStretch } from "./offset.js";
import { DAY, intersect, nextIn, shift, type WeekSpans } from "./spans.js";

/** Whether the local day, counted in days since 1 January 1970, is a public holiday. */
export type HolidayDays = (day: number) => boolean;

/**
 * The first instant in `from <= t <= to` that lies within `local` on the wall clock of every zone and on no
 * public holiday; null if there is none.
 *
 * Goes from one change of an offset to the next. Between two of them the weekly hours are the same stretches of
 * UTC, week after week, so that each step is arithmetic and an hour that a clock skips or repeats comes out right.
 */
export function firstInstant(
  zones: readonly string[],
  local: WeekSpans,
  from: number,
  to: number,
  isHoliday?: HolidayDays,
): number | null {
  for (let at = from; at <= to; ) {
    const { offsets, until } = offsetsAt(zones, at);
    let spans: WeekSpans | undefined;
    for (const offset of offsets) {
      const inUtc = shift(local, -offset);
      spans = spans === undefined ? inUtc : intersect(spans, inUtc);
    }
    const found = firstWithin(spans ?? [], offsets, at, Math.min(until - 1, to), isHoliday);
    if (found !== null) return found;
    at = until;
  }
  return null;
}

/** The different offsets of the zones at `instant`, and the first instant at which one of them may change. */
function offsetsAt(zones: readonly string[], instant: number): { offsets: Set<number>; until: number } {
  const offsets = new Set<number>();
  let until = Number.POSITIVE_INFINITY;
  for (const zone of zones) {
    const stretch = offsetStretch(zone, instant);
    offsets.add(stretch.offset);
    until = Math.min(until, stretch.until);
  }
  return { offsets, until };
}

function firstWithin(
  spans: WeekSpans,
  offsets: ReadonlySet<number>,
  from: number,
  to: number,
  isHoliday: HolidayDays | undefined,
): number | null {
  let at = nextIn(spans, from);
  while (at <= to) {
    const after = isHoliday === undefined ? undefined : endOfHoliday(at, offsets, isHoliday);
    if (after === undefined) return at;
    at = nextIn(spans, after);
  }
  return null;
}

/** If it is a public holiday somewhere, the instant at which that local day ends. */
function endOfHoliday(at: number, offsets: ReadonlySet<number>, isHoliday: HolidayDays): number | undefined {
  for (const offset of offsets) {
    const day = Math.floor((at + offset) / DAY);
    if (isHoliday(day)) return (day + 1) * DAY - offset;
  }
  return undefined;
}
