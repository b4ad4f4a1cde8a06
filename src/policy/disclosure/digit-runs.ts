import { isSeparator } from "./folding.js";

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

/** All runs of a folded text, in order. Takes time linear in its length. */
export function digitRuns(folded: string): DigitRun[] {
  const runs: DigitRun[] = [];
  let digits: string[] = [];
  let starts: number[] = [];
  let ends: number[] = [];
  const finish = () => {
    if (digits.length > 0) runs.push({ digits: digits.join(""), starts, ends });
    digits = [];
    starts = [];
    ends = [];
  };
  for (const { 0: word, index } of folded.matchAll(DIGIT)) {
    if (!joined(folded, ends.at(-1), index)) finish();
    digits.push(valueOfWord.get(word.toLowerCase()) ?? word);
    starts.push(index);
    ends.push(index + word.length);
  }
  finish();
  return runs;
}

/** The places in a run where a group of digits begins; the run's end is the last of them. */
export function groupStarts(run: DigitRun): number[] {
  const groups: number[] = [];
  for (let i = 0; i < run.digits.length; i++)
    if (i === 0 || run.starts[i] !== run.ends[i - 1]) groups.push(i);
  groups.push(run.digits.length);
  return groups;
}

function joined(text: string, from: number | undefined, to: number): boolean {
  if (from === undefined || to - from > MOST_SEPARATORS) return from === undefined;
  for (let i = from; i < to; i++) if (!isSeparator(text.charAt(i))) return false;
  return true;
}
