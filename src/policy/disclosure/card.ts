import { type DigitRun, groupStarts } from "./digit-runs.js";
import { CARD } from "./keywords.js";
import type { Find } from "./sensitive.js";

/** Lengths by leading digits, as the card schemes publish them (ISO/IEC 7812 ranges). */
const SCHEMES: readonly (readonly [prefix: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [19, 16, 13]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:36|3[89]|30[0-5])/, [19, 16, 14]],
  [/^35(?:2[89]|[3-8])/, [19, 18, 17, 16]],
  [/^(?:6011|64[4-9]|65)/, [19, 18, 17, 16]],
  [/^(?:62|81)/, [19, 18, 17, 16]],
  [/^220[0-4]/, [19, 18, 17, 16]],
  [/^(?:50|5[6-8]|60|6304|6759|676[1-3]|82)/, [19, 18, 17, 16]],
];
const ANY_LENGTH = [19, 18, 17, 16, 15, 14, 13];
/** E.164 numbers have at most 15 digits, and those in use at most 14. */
const LONGEST_PHONE = 14;
/** How far before a number the word "card" makes a card of any scheme of it. */
const CONTEXT = 40;

/**
 * Card numbers in the runs: 13 to 19 digits of a known scheme, or of any near the word "card", that pass Luhn and
 * begin and end where a group of digits does.
 */
export function findCards(folded: string, runs: readonly DigitRun[]): Find[] {
  return runs.filter(({ digits }) => digits.length >= 13).flatMap((run) => cardsIn(folded, run));
}

function cardsIn(folded: string, run: DigitRun): Find[] {
  const { digits, starts, ends } = run;
  const first = starts[0] ?? 0;
  if (folded.charAt(first - 1) === "+" && digits.length <= LONGEST_PHONE) return [];
  const named = CARD.test(folded.slice(Math.max(0, first - CONTEXT), first));
  const groups = groupStarts(folded, run);
  const finds: Find[] = [];
  let done = 0;
  for (const [place, from] of groups.entries()) {
    if (from < done) continue;
    const lengths = named ? ANY_LENGTH : lengthsOf(digits.slice(from, from + 6));
    const length = lengths.find((candidate) => {
      const sizes = groupSizes(groups, place, from + candidate);
      return (
        sizes !== undefined &&
        (named || isPlausible(sizes)) &&
        passesLuhn(digits.slice(from, from + candidate))
      );
    });
    if (length === undefined) continue;
    done = from + length;
    finds.push({
      kind: "card_number",
      start: starts[from] ?? 0,
      end: ends[done - 1] ?? 0,
      last: digits.slice(done - 4, done),
    });
  }
  return finds;
}

/** The sizes of the groups from one place on, if they end exactly at `end`. */
function groupSizes(groups: readonly number[], place: number, end: number): number[] | undefined {
  const sizes: number[] = [];
  for (let i = place + 1; i < groups.length; i++) {
    const at = groups[i] ?? 0;
    sizes.push(at - (groups[i - 1] ?? 0));
    if (at >= end) return at === end ? sizes : undefined;
  }
  return undefined;
}

/**
 * Whether somebody writes a card in such groups: equal ones but for the last, fours and their multiples, or the
 * 4-6-5 and 4-6-4 of American Express and Diners Club. Telephone numbers and dates in a row look otherwise.
 */
function isPlausible(sizes: readonly number[]): boolean {
  const [first = 0, second] = sizes;
  const last = sizes.at(-1) ?? 0;
  if (sizes.slice(0, -1).every((size) => size === first) && last <= first) return true;
  return sizes.every((size) => size % 4 === 0) || (sizes.length === 3 && first === 4 && second === 6);
}

function lengthsOf(prefix: string): readonly number[] {
  return SCHEMES.find(([scheme]) => scheme.test(prefix))?.[1] ?? [];
}

/** ISO/IEC 7812-1, annex B. All zeros pass it and are no card. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum > 0 && sum % 10 === 0;
}
