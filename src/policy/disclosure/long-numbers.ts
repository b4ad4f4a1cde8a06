import { digitsIn, runsOf } from "./digit-runs.js";
import { foldKeepingLength, isSeparator } from "./folding.js";

/** A telephone number, an account, a booking code. */
export interface LongNumber {
  digits: string;
  written: string;
}

/** Fewer digits are a time, a price or a head count. */
const SHORTEST = 6;
const DATE_OR_TIME =
  /(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}(?!\d)|\d{1,2}[-./]\d{1,2}[-./](?:19|20)?\d\d(?!\d)|\d{1,2}[:.]\d\d(?!\d)|(?<!\d)(?:19|20)\d\d(?!\d)/g;
/** "zero six, six nine eight two" is one number. */
const BETWEEN_WORDS = /(?<=\p{L}),(?= \p{L})/gu;
const PRICE_BEFORE = /(?:[$€£¥₩₹]|\b(?:USD|EUR|GBP|JPY|CHF))\s?$/i;
const PRICE_AFTER =
  /^(?:[.,]\d\d?)?\s?(?:[$€£¥₩₹%円元]|(?:dollars?|euros?|pounds?|yen|francs?|yuan|USD|EUR|GBP|JPY|CHF)\b)/i;

/** Numbers of six digits and more in a text, in figures or read out, that are no dates, times or prices. */
export function longNumbersIn(text: string): LongNumber[] {
  const folded = foldKeepingLength(text)
    .replace(DATE_OR_TIME, (found) => "\0".repeat(found.length))
    .replace(BETWEEN_WORDS, " ");
  return runsOf(folded, digitsIn(folded), (character) => isSeparator(character) || /[()]/.test(character))
    .map(({ digits, starts, ends }) => ({ digits, start: starts[0] ?? 0, end: ends.at(-1) ?? 0 }))
    .filter(
      ({ digits, start, end }) =>
        digits.length >= SHORTEST &&
        !PRICE_BEFORE.test(folded.slice(Math.max(0, start - 5), start)) &&
        !PRICE_AFTER.test(folded.slice(end, end + 12)),
    )
    .map(({ digits, start, end }) => ({ digits, written: text.slice(start, end) }));
}

/** The same number may be said with or without its country code or a leading zero, or in part. */
export function isSameNumber(known: string, said: string): boolean {
  const [a, b] = [known.replace(/^0+/, ""), said.replace(/^0+/, "")];
  return a.includes(b) || (b.endsWith(a) && b.length - a.length <= 3);
}
