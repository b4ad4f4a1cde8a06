import type { TimeWords } from "../languages/language.js";
import type { ReadyLanguage } from "../languages/registry.js";
import type { CallContext } from "../reader.js";
import type { Stretch } from "../text/stretch.js";
import { choice, clockTimesIn } from "./clock-times.js";
import { localOf } from "./instant.js";

/** A day, a time of day, or both, as one expression in the text. */
export interface Moment extends Stretch {
  /** How much speaks for its being a time of opening again. */
  weight: number;
  /** ISO 8601 without offset, where the text, with the time of the call, gives it. */
  resolve(call: CallContext): string | undefined;
}

interface Day {
  year?: number | undefined;
  month?: number | undefined;
  date?: number | undefined;
  weekday?: number | undefined;
  offset?: number | undefined;
}

interface Atom extends Stretch {
  day?: Day;
  minutes?: number;
}

const dayPatterns = new Map<TimeWords, RegExp>();

/** The moments in a stretch of folded text, in order. */
export function momentsIn(folded: string, stretch: Stretch, languages: readonly ReadyLanguage[]): Moment[] {
  const seen = new Set<number>();
  const moments: Moment[] = [];
  for (const { data } of languages) {
    for (const run of runsOf(folded, atomsIn(folded, stretch, data.time), data.time)) {
      const [first] = run;
      if (!first || seen.has(first.start)) continue;
      seen.add(first.start);
      moments.push(momentOf(folded, stretch, run, data.time));
    }
  }
  return moments;
}

/** Days named in a stretch, for comparing them with the task's. */
export function datesIn(
  folded: string,
  stretch: Stretch,
  words: TimeWords,
): { month?: number | undefined; date?: number | undefined; weekday?: number | undefined }[] {
  return atomsIn(folded, stretch, words).flatMap(({ day }) => (day ? [day] : []));
}

function atomsIn(folded: string, stretch: Stretch, words: TimeWords): Atom[] {
  const atoms: Atom[] = [];
  const pattern = dayPatternOf(words);
  for (const found of folded.slice(stretch.start, stretch.end).matchAll(pattern)) {
    const day = dayOf(found.groups ?? {}, words);
    if (day)
      atoms.push({
        start: stretch.start + found.index,
        end: stretch.start + found.index + found[0].length,
        day,
      });
  }
  const inDay = (place: number) => atoms.some(({ start, end, day }) => day && place >= start && place < end);
  for (const time of clockTimesIn(folded, stretch, words)) {
    const bare =
      /^(?:at|um|a las|a la|las|la|a|as) /.exec(folded.slice(time.start, time.end))?.[0].length ?? 0;
    if (!inDay(time.start + bare)) atoms.push({ start: time.start, end: time.end, minutes: time.minutes });
  }
  return atoms.sort((a, b) => a.start - b.start);
}

function dayPatternOf(words: TimeWords): RegExp {
  const known = dayPatterns.get(words);
  if (known) return known;
  const months = choice(Object.keys(words.months));
  const weekdays = choice(Object.keys(words.weekdays));
  const days = choice(Object.keys(words.days));
  const spaced = !/[\u3040-\uffff]/.test(weekdays);
  const left = spaced ? "(?<![a-z\\d])" : "";
  const right = spaced ? "(?![a-z])" : "";
  const pattern = new RegExp(
    [
      "(?<y1>20\\d\\d)[-/.年] ?(?<m1>\\d{1,2})[-/.月] ?(?<d1>\\d{1,2})(?!\\d)日?号?",
      "(?<m5>\\d{1,2})月 ?(?<d5>\\d{1,2})[日号號]",
      "(?<!\\d)(?<d2>\\d{1,2})[./](?<m2>\\d{1,2})[./](?<y2>20\\d\\d)?(?!\\d)",
      months &&
        `${left}(?<d3>\\d{1,2})(?:st|nd|rd|th|er|\\.|º|o)?(?: of| de| d')? ?(?<n3>${months})${right}\\.?,?(?: (?:de |del )?(?<y3>20\\d\\d))?`,
      months &&
        `${left}(?<n4>${months})\\.? (?:the )?(?<d4>\\d{1,2})(?:st|nd|rd|th)?(?![\\d:])(?:,? (?<y4>20\\d\\d))?`,
      `${left}(?<rel>${days})${right}`,
      `${left}(?<wd>${weekdays})${right}`,
    ]
      .filter((part) => part !== "")
      .join("|"),
    "g",
  );
  dayPatterns.set(words, pattern);
  return pattern;
}

function dayOf(groups: Readonly<Record<string, string | undefined>>, words: TimeWords): Day | undefined {
  const { y1, m1, d1, m5, d5, d2, m2, y2, d3, n3, y3, n4, d4, y4, rel, wd } = groups;
  const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  if (rel !== undefined) return { offset: words.days[rel] };
  if (wd !== undefined) return { weekday: words.weekdays[wd] };
  const month = number(m1 ?? m5 ?? m2) ?? words.months[n3 ?? n4 ?? ""];
  const date = number(d1 ?? d5 ?? d2 ?? d3 ?? d4);
  const year = number(y1 ?? y2 ?? y3 ?? y4);
  if (month === undefined || date === undefined || month > 12 || month < 1 || date < 1 || date > 31)
    return undefined;
  return { year, month, date };
}

function runsOf(folded: string, atoms: readonly Atom[], words: TimeWords): Atom[][] {
  const joiners = new Set(words.joiners);
  const joined = (from: number, to: number) => {
    if (to < from || to - from > 30) return to < from && from - to < 4;
    const between = folded.slice(from, to);
    if (/[.!?;\n|/]/.test(between.replace(/\.\s/, " "))) return false;
    const parts = between.split(/[\s,()]+/).filter((part) => part !== "");
    return parts.every((part) => joiners.has(part));
  };
  const runs: Atom[][] = [];
  for (const atom of atoms) {
    const run = runs[runs.length - 1];
    const last = run?.[run.length - 1];
    const twice = run?.some(
      (each) => (each.minutes !== undefined) === (atom.minutes !== undefined) && sameKind(each, atom),
    );
    if (run && last && !twice && joined(last.end, atom.start)) run.push(atom);
    else runs.push([atom]);
  }
  return runs;
}

function sameKind(a: Atom, b: Atom): boolean {
  if (a.minutes !== undefined) return b.minutes !== undefined;
  return (
    (a.day?.date !== undefined) === (b.day?.date !== undefined) &&
    (a.day?.weekday !== undefined) === (b.day?.weekday !== undefined)
  );
}

function momentOf(folded: string, stretch: Stretch, run: readonly Atom[], words: TimeWords): Moment {
  const start = run[0]?.start ?? 0;
  const end = run[run.length - 1]?.end ?? start;
  const near = (text: string) =>
    words.opening.some((word) =>
      new RegExp(/^[a-z]/.test(word) ? `(?<![a-z])${word}(?![a-z])` : word).test(text),
    );
  let weight = run.some(({ day }) => day) ? 1 : 0;
  if (run.some(({ minutes }) => minutes !== undefined)) weight += 1;
  if (near(folded.slice(Math.max(stretch.start, start - 26), start))) weight += 4;
  if (near(folded.slice(end, Math.min(stretch.end, end + 16)))) weight += 3;
  return { start, end, weight, resolve: (call) => resolve(run, call) };
}

function resolve(run: readonly Atom[], call: CallContext): string | undefined {
  const days = run.flatMap(({ day }) => (day ? [day] : []));
  const minutes = run.find((atom) => atom.minutes !== undefined)?.minutes;
  const time = minutes === undefined ? "" : `T${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`;
  const dated = days.find(({ date }) => date !== undefined);
  if (dated?.year !== undefined && dated.month !== undefined && dated.date !== undefined) {
    return `${dated.year}-${two(dated.month)}-${two(dated.date)}${time}`;
  }
  const called = call.calledAt === undefined ? undefined : localOf(call.calledAt, call.timeZone ?? "UTC");
  if (called === undefined || (call.timeZone === undefined && call.calledAt === undefined)) return undefined;
  const today = Date.parse(`${called.slice(0, 10)}T00:00Z`);
  if (dated?.month !== undefined && dated.date !== undefined) {
    const year = Number(called.slice(0, 4));
    const thisYear = `${year}-${two(dated.month)}-${two(dated.date)}`;
    return `${thisYear >= called.slice(0, 10) ? thisYear : `${year + 1}${thisYear.slice(4)}`}${time}`;
  }
  const relative = days.find(({ offset }) => offset !== undefined)?.offset;
  const weekday = days.find((day) => day.weekday !== undefined)?.weekday;
  let ahead = relative;
  if (ahead === undefined && weekday !== undefined) {
    const now = new Date(today).getUTCDay() || 7;
    ahead = (weekday - now + 7) % 7;
    if (ahead === 0 && (time === "" || time.slice(1) <= called.slice(11))) ahead = 7;
  }
  if (ahead === undefined) ahead = time !== "" && time.slice(1) <= called.slice(11) ? 1 : 0;
  return `${new Date(today + ahead * 86_400_000).toISOString().slice(0, 10)}${time}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
