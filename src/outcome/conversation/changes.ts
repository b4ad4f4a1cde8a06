import { detectLanguages } from "../languages/detect.js";
import type { TimeWords } from "../languages/language.js";
import type { ReadyLanguage } from "../languages/registry.js";
import { fold } from "../text/fold.js";
import type { Stretch } from "../text/stretch.js";
import { choice, clockTimesIn, mayBeSame, numberOf } from "../time/clock-times.js";
import { datesIn } from "../time/moments.js";

/** What a task fixes: times, days, number of people. */
interface Details {
  times: ReturnType<typeof clockTimesIn>;
  days: ReturnType<typeof datesIn>;
  people: readonly number[];
}

const MOST_PLACES = 60;

/**
 * Whether the words that settle the matter name another time, day or number of people than the task, and none of
 * those the task names. The first of the places that names one at all decides.
 */
export function namesOtherDetails(
  purpose: string,
  folded: string,
  places: readonly Stretch[],
  languages: readonly ReadyLanguage[],
): boolean {
  const task = fold(purpose.slice(0, 4_000));
  const whole = { start: 0, end: task.length };
  const all = [...new Set([...detectLanguages(task), ...languages])];
  const wanted = detailsOf(task, whole, all);
  const open = all.some(({ data }) =>
    data.time.open.some((word) =>
      new RegExp(/^[a-z]/.test(word) ? `(?<![a-z])${word}(?![a-z])` : word).test(task),
    ),
  );
  const found = places.slice(0, MOST_PLACES).map((place) => detailsOf(folded, place, languages));
  return (
    (!open &&
      differs(
        wanted.times,
        found.map(({ times }) => times),
        mayBeSame,
      )) ||
    (!open &&
      differs(
        wanted.days,
        found.map(({ days }) => days),
        mayBeSameDay,
      )) ||
    differs(
      wanted.people,
      found.map(({ people }) => people),
      (a, b) => a === b,
    )
  );
}

function differs<T>(
  wanted: readonly T[],
  found: readonly (readonly T[])[],
  same: (a: T, b: T) => boolean,
): boolean {
  if (wanted.length === 0) return false;
  const named = found.find((each) => each.length > 0);
  return named !== undefined && !named.some((each) => wanted.some((want) => same(want, each)));
}

type Day = Details["days"][number];

function mayBeSameDay(a: Day, b: Day): boolean {
  if (a.date !== undefined && b.date !== undefined) return a.date === b.date && a.month === b.month;
  if (a.weekday !== undefined && b.weekday !== undefined) return a.weekday === b.weekday;
  return true;
}

function detailsOf(folded: string, place: Stretch, languages: readonly ReadyLanguage[]): Details {
  const details = { times: [], days: [], people: [] } as {
    times: Details["times"];
    days: Details["days"];
    people: number[];
  };
  for (const { data } of languages) {
    details.times.push(...clockTimesIn(folded, place, data.time));
    details.days.push(...datesIn(folded, place, data.time));
    details.people.push(...peopleIn(folded.slice(place.start, place.end), data.time));
  }
  return details;
}

const peoplePatterns = new Map<TimeWords, RegExp>();

function peopleIn(text: string, words: TimeWords): number[] {
  let pattern = peoplePatterns.get(words);
  if (!pattern) {
    const numbers = choice(Object.keys(words.numbers));
    const people = choice(words.people);
    const spaced = !/[\u3040-\uffff]/.test(people);
    const left = spaced ? "(?<![a-z\\d])" : "(?<!\\d)";
    pattern = new RegExp(
      `${left}(?:(?<a>\\d{1,3}|${numbers}) ?(?:${people})|(?:${people}) (?<b>\\d{1,3}|${numbers})(?! ?(?:[:.h]\\d|uhr|h\\b|am\\b|pm\\b|o'clock)))${spaced ? "(?![a-z\\d])" : ""}`,
      "g",
    );
    peoplePatterns.set(words, pattern);
  }
  const counts: number[] = [];
  for (const { groups } of text.matchAll(pattern)) {
    const count = numberOf(groups?.a ?? groups?.b ?? "", words);
    if (count !== undefined && count > 0 && count < 200) counts.push(count);
  }
  return counts;
}
