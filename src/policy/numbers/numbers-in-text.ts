import { checkNumber } from "./check-number.js";
import { isDialed, numbersWrittenIn } from "./scan-text.js";

/** A number that a text names, whether or not it is meant to be called. */
export interface NamedNumber {
  e164: string;
  /** Written as a telephone number, or said to be called; the rest may as well be an order or a customer. */
  evident: boolean;
}

/** No number is written in more groups of digits. */
const MOST_GROUPS = 8;
/** No subscriber's number is shorter. */
const SHORTEST_NUMBER = 7;

/**
 * Every number in a text that could be dialed: groups of digits alone and together, in each country that a number
 * without `+` may be meant in. For holding them against lists of numbers, so it finds too many rather than too few.
 * @param countries ISO 3166-1 alpha-2
 */
export function numbersInText(text: string, countries: readonly string[]): NamedNumber[] {
  const found = new Map<string, boolean>();
  for (const inText of numbersWrittenIn(text)) {
    const groups = inText.written.match(/\+?\d+/g) ?? [];
    const dialed = isDialed(inText) !== "no";
    for (const { number, whole } of stretches(groups)) {
      const evident = whole && (dialed || number.startsWith("+"));
      for (const e164 of readings(number, countries)) found.set(e164, evident || found.get(e164) === true);
    }
  }
  return [...found].map(([e164, evident]) => ({ e164, evident }));
}

/** Each run of neighbouring groups, joined. */
function* stretches(groups: readonly string[]): Iterable<{ number: string; whole: boolean }> {
  for (let first = 0; first < groups.length; first++) {
    for (let after = first + 1; after <= Math.min(groups.length, first + MOST_GROUPS); after++) {
      const number = groups.slice(first, after).join("");
      if (number.length >= SHORTEST_NUMBER) {
        yield { number, whole: first === 0 && after === groups.length };
      }
    }
  }
}

function* readings(number: string, countries: readonly string[]): Iterable<string> {
  const abroad = checkNumber(number.startsWith("+") ? number : `+${number.replace(/^(?:00|011)/, "")}`);
  if (abroad.ok) yield abroad.e164;
  if (number.startsWith("+")) return;
  for (const country of countries) {
    const home = checkNumber(number, { country });
    if (home.ok) yield home.e164;
  }
}
