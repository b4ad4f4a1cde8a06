import type { TimeWords } from "../languages/language.js";
import type { Stretch } from "../text/stretch.js";

/** A time of day in a text. */
export interface ClockTime extends Stretch {
  /** Minutes since midnight, as written. */
  minutes: number;
  /** Neither am nor pm nor beyond noon: "seven" may be 07:00 or 19:00. */
  eitherHalf: boolean;
}

interface Grammar {
  pattern: RegExp;
  words: TimeWords;
}

const grammars = new Map<TimeWords, Grammar>();

/** The times of day in a stretch of folded text. */
export function clockTimesIn(folded: string, { start, end }: Stretch, words: TimeWords): ClockTime[] {
  const { pattern } = grammarOf(words);
  const times: ClockTime[] = [];
  for (const found of folded.slice(start, end).matchAll(pattern)) {
    const time = timeOf(found, words);
    if (time)
      times.push({
        ...time,
        start: start + found.index,
        end: start + found.index + found[0].trimEnd().length,
      });
  }
  return times;
}

function timeOf(
  found: RegExpExecArray | RegExpMatchArray,
  words: TimeWords,
): Omit<ClockTime, "start" | "end"> | undefined {
  const { before, h, sep, m, unit, m2, after, half, lead, named } = found.groups ?? {};
  if (named !== undefined) {
    const hour = words.named[named];
    return hour === undefined ? undefined : { minutes: hour * 60, eitherHalf: false };
  }
  if (h === undefined) return undefined;
  const hour = numberOf(h, words);
  if (hour === undefined || hour > 24) return undefined;
  const told = before ?? m ?? unit ?? after ?? half ?? lead;
  const spelled = m2 !== undefined && !/\d/.test(h);
  if (told === undefined && !spelled) return undefined;
  if (sep === "." && unit === undefined && half === undefined) return undefined;
  let minutes = hour * 60 + (numberOf(m ?? m2 ?? "0", words) ?? 0);
  minutes +=
    (before === undefined ? 0 : (words.before[before] ?? 0)) +
    (after === undefined ? 0 : (words.after[after] ?? 0));
  const part = half ?? lead;
  const pm = part !== undefined && words.pm.includes(part);
  const am = part !== undefined && words.am.includes(part);
  if (pm && hour < 12) minutes += 720;
  if (am && hour === 12) minutes -= 720;
  if (minutes < 0 || minutes > 1440) return undefined;
  const padded = /^0\d/.test(h) || (sep === ":" && hour > 12);
  return { minutes, eitherHalf: !pm && !am && !padded && hour <= 12 };
}

/** The number that a word or digits stand for, in this language. */
export function numberOf(text: string, words: TimeWords): number | undefined {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  return words.numbers[text];
}

function grammarOf(words: TimeWords): Grammar {
  const known = grammars.get(words);
  if (known) return known;
  const numbers = choice(Object.keys(words.numbers));
  const minutes = choice(
    Object.entries(words.numbers)
      .filter(([, n]) => n >= 5 && n < 60)
      .map(([word]) => word),
  );
  const spaced = !/[\u3040-\uffff]/.test(numbers);
  const edge = spaced ? "(?![a-z\\d])" : "";
  const gap = " {0,2}";
  const lead =
    words.am.length + words.pm.length > 0 && !spaced
      ? `(?:(?<lead>${choice([...words.am, ...words.pm])})的?${gap})?`
      : "(?<lead>\\0)?";
  const pattern = new RegExp(
    `(?<![\\d:./a-z€$£+#-])(?<!\\d,)(?:(?<named>${choice(Object.keys(words.named)) || "\\0"})${edge}|` +
      `${lead}(?:(?<before>${choice(Object.keys(words.before)) || "\\0"}) {0,2})?` +
      `(?<h>\\d{1,2}|${numbers})(?!\\d)${spaced ? "(?![a-gi-z])" : ""}` +
      `(?:(?<sep>[:.h])(?<m>[0-5]\\d)(?!\\d|[.,]\\d))?` +
      `(?:${gap}(?<unit>${choice(words.hour) || "\\0"})${edge})?` +
      `(?:${gap}(?:and )?(?<m2>[0-5]\\d(?=分|[^\\d:.,%€$]|$)|${minutes})${spaced ? edge : "分?"})?` +
      `(?:${gap}(?<after>${choice(Object.keys(words.after)) || "\\0"})${edge})?` +
      `(?:${gap}(?<half>${choice([...words.am, ...words.pm]) || "\\0"})${edge})?)`,
    "g",
  );
  const grammar = { pattern, words };
  grammars.set(words, grammar);
  return grammar;
}

/** Words as alternatives, the longest first. */
export function choice(words: readonly string[]): string {
  return [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("|");
}

/** Whether two times may be the same. */
export function mayBeSame(a: ClockTime, b: ClockTime): boolean {
  if (a.minutes === b.minutes) return true;
  return (a.eitherHalf || b.eitherHalf) && Math.abs(a.minutes - b.minutes) === 720;
}
