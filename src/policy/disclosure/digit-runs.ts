/** Digits that belong together: nothing but a few spaces, dashes, dots or slashes stands between them. */
export interface DigitRun {
  /** In ASCII, spelled-out digits included. */
  digits: string;
  /** For each digit where it starts and ends in the text. */
  starts: readonly number[];
  ends: readonly number[];
}

/** "4111 - 1111" has three. */
const MOST_SEPARATORS = 3;

const VISIBLE = /[^\u00ad\u200b-\u200f\u2060\ufeff]/;

/** Zero to nine as they are said digit by digit. */
const SPOKEN: readonly string[][] = [
  ["zero", "oh", "cero", "null", "zéro", "ゼロ", "〇", "零"],
  ["one", "uno", "eins", "un", "一"],
  ["two", "dos", "zwei", "zwo", "deux", "二"],
  ["three", "tres", "drei", "trois", "三"],
  ["four", "cuatro", "vier", "quatre", "四"],
  ["five", "cinco", "fünf", "cinq", "五"],
  ["six", "seis", "sechs", "六"],
  ["seven", "siete", "sieben", "sept", "七"],
  ["eight", "ocho", "acht", "huit", "八"],
  ["nine", "nueve", "neun", "neuf", "九"],
];

const valueOfWord = new Map(
  SPOKEN.flatMap((words, value) => words.map((word) => [word, String(value)] as const)),
);
const isLatin = (word: string) => /^\p{Script=Latin}+$/u.test(word);
const latin = [...valueOfWord.keys()].filter(isLatin).join("|");
const cjk = [...valueOfWord.keys()].filter((word) => !isLatin(word)).join("|");
const DIGIT = new RegExp(`[0-9]|${cjk}|(?<!\\p{L})(?:${latin})(?!\\p{L})`, "giu");

/** One digit of a text, as a figure or a word. */
interface Digit {
  value: string;
  start: number;
  end: number;
}

/** Every digit of a folded text, in order. */
export function digitsIn(folded: string): Digit[] {
  return [...folded.matchAll(DIGIT)].map(({ 0: word, index }) => ({
    value: valueOfWord.get(word.toLowerCase()) ?? word,
    start: index,
    end: index + word.length,
  }));
}

/** The digits in runs, joined over at most three characters that `mayStandBetween` digits of one number. */
export function runsOf(
  folded: string,
  digits: readonly Digit[],
  mayStandBetween: (character: string) => boolean,
): DigitRun[] {
  const runs: DigitRun[] = [];
  let from = 0;
  for (let i = 1; i <= digits.length; i++) {
    const [last, next] = [digits[i - 1], digits[i]];
    if (next !== undefined && last !== undefined && isJoined(folded, last.end, next.start, mayStandBetween))
      continue;
    if (last !== undefined) runs.push(runOf(digits.slice(from, i)));
    from = i;
  }
  return runs;
}

/**
 * The places in a run where a group of digits begins; the run's end is the last of them. Hidden characters do not
 * part groups: nobody sees them.
 */
export function groupStarts(folded: string, run: DigitRun): number[] {
  const groups: number[] = [];
  for (let i = 0; i < run.digits.length; i++) {
    if (i === 0 || VISIBLE.test(folded.slice(run.ends[i - 1], run.starts[i]))) groups.push(i);
  }
  groups.push(run.digits.length);
  return groups;
}

function runOf(digits: readonly Digit[]): DigitRun {
  return {
    digits: digits.map(({ value }) => value).join(""),
    starts: digits.map(({ start }) => start),
    ends: digits.map(({ end }) => end),
  };
}

function isJoined(
  text: string,
  from: number,
  to: number,
  mayStandBetween: (character: string) => boolean,
): boolean {
  if (to - from > MOST_SEPARATORS) return false;
  for (let i = from; i < to; i++) if (!mayStandBetween(text.charAt(i))) return false;
  return true;
}
