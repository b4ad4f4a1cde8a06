const MASK = "•";
/** The last digits stay, so that the human can tell numbers apart. */
const KEPT = 2;
/** No telephone number that somebody would say in full is shorter; dates and prices mostly are. */
const SHORTEST_NUMBER = 7;
/** So many digits of a known number in a row give it away, in whatever way they are grouped. */
const TELLING_RUN = 6;

const DATE = /(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?!\d)/u.source;
const DAY_FIRST = /\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d(?!\d)/u.source;
const TIME = /\d{1,2}:\d\d(?::\d\d)?(?!\d)/u.source;
const BETWEEN_DIGITS = "(?:[-\\p{Pd}\\p{Zs}\\p{M}\\u200c\\u200d()（）./・~+−]{1,3}|, )?";
const CANDIDATE = new RegExp(
  `${DATE}|${DAY_FIRST}|${TIME}|(?<number>\\p{Nd}(?:${BETWEEN_DIGITS}\\p{Nd})*)`,
  "gu",
);

interface Digit {
  value: string;
  start: number;
  end: number;
}

/** From the first to the last of some digits, by their places among all digits of a text. */
type Stretch = readonly [first: number, last: number];

/**
 * Masks telephone numbers in a text but for their last two digits: every run of 7 or more digits that is no date
 * or time, and every 6 digits in a row of one of the `known` numbers, however they are grouped.
 */
export function maskNumbers(text: string, known: readonly string[]): string {
  const digits = digitsOf(text);
  return redraw(
    text,
    digits,
    merged([...numbersIn(text, digits), ...knownIn(text, digits, tellingRuns(known))]),
  );
}

/** Masks a number that is known to be one. Short codes of up to four digits stay. */
export function maskPhone(phone: string): string {
  const digits = digitsOf(phone);
  return digits.length < 5 ? phone : redraw(phone, digits, [[0, digits.length - 1]]);
}

function* numbersIn(text: string, digits: readonly Digit[]): Iterable<Stretch> {
  let next = 0;
  const pass = (end: number) => {
    while ((digits[next]?.start ?? end) < end) next++;
  };
  for (const match of text.matchAll(CANDIDATE)) {
    pass(match.index);
    const first = next;
    pass(match.index + match[0].length);
    if (match.groups?.number !== undefined && next - first >= SHORTEST_NUMBER) yield [first, next - 1];
  }
}

function* knownIn(text: string, digits: readonly Digit[], runs: ReadonlySet<string>): Iterable<Stretch> {
  const all = digits.map(({ value }) => value).join("");
  for (const size of new Set([...runs].map((run) => run.length))) {
    for (let first = 0; first + size <= all.length; first++) {
      if (!runs.has(all.slice(first, first + size))) continue;
      if (hangsTogether(text, digits.slice(first, first + size))) yield [first, first + size - 1];
    }
  }
}

/** Whether nothing but a few marks and spaces stands between the digits. */
function hangsTogether(text: string, run: readonly Digit[]): boolean {
  return run.every((digit, index) => {
    const before = run[index - 1];
    return before === undefined || /^\P{L}{0,4}$/u.test(text.slice(before.end, digit.start));
  });
}

/** Stretches that share digits become one; two numbers that merely follow each other stay two. */
function merged(stretches: Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const [first, last] of stretches.sort((one, other) => one[0] - other[0])) {
    const before = result.at(-1);
    if (before !== undefined && first <= before[1])
      result[result.length - 1] = [before[0], Math.max(before[1], last)];
    else result.push([first, last]);
  }
  return result;
}

function tellingRuns(known: readonly string[]): Set<string> {
  const runs = new Set<string>();
  for (const phone of known) {
    const all = digitsOf(phone)
      .map(({ value }) => value)
      .join("");
    const size = Math.min(TELLING_RUN, all.length);
    for (let start = 0; size >= 5 && start + size <= all.length; start++)
      runs.add(all.slice(start, start + size));
  }
  return runs;
}

function redraw(text: string, digits: readonly Digit[], stretches: readonly Stretch[]): string {
  let drawn = "";
  let from = 0;
  for (const [first, last] of stretches) {
    for (const { start, end } of digits.slice(first, last + 1 - KEPT)) {
      drawn += text.slice(from, start) + MASK;
      from = end;
    }
  }
  return drawn + text.slice(from);
}

function digitsOf(text: string): Digit[] {
  return Array.from(text.matchAll(/\p{Nd}/gu), (match) => ({
    value: asciiDigit(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Decimal digits of a script stand in a row from 0 to 9; the five mathematical rows, which touch, have ASCII twins. */
function asciiDigit(digit: string): string {
  const plain = digit.normalize("NFKC");
  if (/^[0-9]$/.test(plain)) return plain;
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return String(value);
}
