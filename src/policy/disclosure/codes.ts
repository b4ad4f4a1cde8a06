import type { DigitRun } from "./digit-runs.js";
import { CODE_NAMES } from "./keywords.js";
import type { Find } from "./sensitive.js";
import { anyOf } from "./words.js";

/** How many digits each secret has. */
const DIGITS = { cvv: [3, 4], pin: [4, 6], one_time_code: [4, 8] } as const;
/** How far after its name, or before it, a secret is looked for. */
const NEAR = 40;

const codeNames = (Object.keys(CODE_NAMES) as (keyof typeof CODE_NAMES)[]).map(
  (kind) => [kind, anyOf(CODE_NAMES[kind])] as const,
);

/** What ends the sentence between a name and a number; a question may be answered by the number. */
const APART = /[.!。！\n]/;
/** "482913 is your verification code": what stands between the two. */
const IS =
  /^["'”’」)]?\s{0,3}(?:is|es|ist|est|lautet|was|は|が|是|为|為)(?![\p{Script=Latin}])[^\d.!?。！？\n]{0,24}$/iu;
const DATE = /^(?:(?:19|20)\d\d[\s.\-/]\d\d?[\s.\-/]\d\d?|\d\d?[\s.\-/]\d\d?[\s.\-/](?:19|20)\d\d)$/;
const NO_CODE_BEFORE = /^(?::\d|[,.]\d\d?(?!\d)|\s?[%€$£¥円元])/;
const NO_CODE_AFTER = /(?:[€$£¥+]|\d:)\s?$/;

/** Card check values, PINs and one-time codes: digits whose name stands shortly before or after them. */
export function findCodes(folded: string, runs: readonly DigitRun[]): Find[] {
  const numbers = runs.filter((run) => isCode(folded, run)).map(spanOf);
  return codeNames.flatMap(([kind, names]) =>
    [...folded.matchAll(names)].flatMap(({ 0: name, index }) => {
      const find = after(folded, numbers, index + name.length, kind) ?? before(folded, numbers, index, kind);
      return find === undefined || isOtherThing(name, find)
        ? []
        : [{ kind, start: find.start, end: find.end }];
    }),
  );
}

interface NumberSpan {
  start: number;
  end: number;
  digits: number;
}

function spanOf({ starts, ends, digits }: DigitRun): NumberSpan {
  return { start: starts[0] ?? 0, end: ends.at(-1) ?? 0, digits: digits.length };
}

function isCode(folded: string, run: DigitRun): boolean {
  const { start, end, digits } = spanOf(run);
  if (digits < 3 || digits > 8 || DATE.test(folded.slice(start, end))) return false;
  return (
    !NO_CODE_BEFORE.test(folded.slice(end, end + 4)) &&
    !NO_CODE_AFTER.test(folded.slice(Math.max(0, start - 3), start))
  );
}

function after(
  folded: string,
  numbers: readonly NumberSpan[],
  from: number,
  kind: keyof typeof DIGITS,
): NumberSpan | undefined {
  const [fewest, most] = DIGITS[kind];
  for (let i = firstFrom(numbers, from); i < numbers.length; i++) {
    const number = numbers[i];
    if (number === undefined || number.start - from > NEAR) return undefined;
    if (APART.test(folded.slice(from, number.start))) return undefined;
    if (number.digits >= fewest && number.digits <= most) return number;
  }
  return undefined;
}

function before(
  folded: string,
  numbers: readonly NumberSpan[],
  to: number,
  kind: keyof typeof DIGITS,
): NumberSpan | undefined {
  const number = numbers[firstFrom(numbers, to) - 1];
  const [fewest, most] = DIGITS[kind];
  if (number === undefined || number.end > to || to - number.end > NEAR) return undefined;
  if (number.digits < fewest || number.digits > most) return undefined;
  return IS.test(folded.slice(number.end, to)) ? number : undefined;
}

/** The place of the first number that starts at or after `at`. */
function firstFrom(numbers: readonly NumberSpan[], at: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle]?.start ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** India's postal code is called "PIN code" and has six digits; "tan" is a word but in capitals. */
function isOtherThing(name: string, { digits }: NumberSpan): boolean {
  return (digits === 6 && /^pin.?code$/i.test(name)) || (/^tan$/i.test(name) && name !== "TAN");
}
