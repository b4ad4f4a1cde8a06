/** Stretches of a week in milliseconds from Monday 00:00, sorted, apart from each other, `start <= t < end`. */
export type WeekSpans = readonly (readonly [start: number, end: number])[];

const MINUTE = 60_000;
export const DAY = 1440 * MINUTE;
export const WEEK = 7 * DAY;
/** 1 January 1970 was a Thursday. */
const EPOCH_IN_WEEK = 3 * DAY;

/** How far into its week, from Monday 00:00, an instant is. */
export function timeOfWeek(instant: number): number {
  return modulo(instant + EPOCH_IN_WEEK, WEEK);
}

/** Sorts and joins spans, and carries what runs past Sunday's end over to Monday. */
export function weekSpans(spans: WeekSpans): WeekSpans {
  const within: [number, number][] = [];
  for (const [start, end] of spans) {
    if (end - start >= WEEK) return [[0, WEEK]];
    const from = modulo(start, WEEK);
    const to = from + end - start;
    if (to <= WEEK) within.push([from, to]);
    else within.push([from, WEEK], [0, to - WEEK]);
  }
  within.sort(([a], [b]) => a - b);
  const joined: [number, number][] = [];
  for (const [start, end] of within) {
    const last = joined.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

/** The same spans, `by` milliseconds later. */
export function shift(spans: WeekSpans, by: number): WeekSpans {
  return weekSpans(spans.map(([start, end]) => [start + by, end + by] as const));
}

/** What lies in both. */
export function intersect(a: WeekSpans, b: WeekSpans): WeekSpans {
  const both: [number, number][] = [];
  let j = 0;
  for (const [start, end] of a) {
    while (j < b.length && (b[j]?.[1] ?? 0) <= start) j++;
    for (let k = j; k < b.length; k++) {
      const [otherStart, otherEnd] = b[k] ?? [WEEK, WEEK];
      if (otherStart >= end) break;
      both.push([Math.max(start, otherStart), Math.min(end, otherEnd)]);
    }
  }
  return both;
}

/** The first instant, not before `instant`, that lies in the spans; Infinity if they are empty. */
export function nextIn(spans: WeekSpans, instant: number): number {
  const time = timeOfWeek(instant);
  const span = spans.find(([, end]) => end > time);
  if (span !== undefined) return instant + Math.max(0, span[0] - time);
  const [first] = spans;
  return first === undefined ? Number.POSITIVE_INFINITY : instant + WEEK - time + first[0];
}

export function contains(spans: WeekSpans, instant: number): boolean {
  const time = timeOfWeek(instant);
  return spans.some(([start, end]) => start <= time && time < end);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
