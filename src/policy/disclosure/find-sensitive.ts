import { findCards } from "./card.js";
import { findCodes } from "./codes.js";
import { digitsIn, runsOf } from "./digit-runs.js";
import { foldKeepingLength, isCardSeparator, isSeparator } from "./folding.js";
import { findIbans } from "./iban.js";
import { findNationalIds } from "./national-id.js";
import { findPasswords } from "./password.js";
import type { Find, SensitiveData, SensitiveKind } from "./sensitive.js";

/** The second half of a digit beyond the basic plane, which folding leaves outside. */
const LOW_SURROGATE = /[\udc00-\udfff]/;

/**
 * Sensitive data in a text, in order and without overlaps: card numbers (scheme and Luhn), IBANs (mod 97),
 * national identity numbers (form, check digits, or their name nearby), and check values, PINs, one-time codes and
 * passwords whose name stands beside them, in English, Japanese, Chinese, Spanish, German and French.
 *
 * Reads digits of any script, full-width forms, spelled-out digits, and digits set apart by spaces, dashes, dots or
 * hidden characters. A question for such data holds none. Takes time linear in the text's length.
 */
export function findSensitive(text: string): SensitiveData[] {
  const whole = foldKeepingLength(text);
  const ibans = findIbans(whole);
  const folded = without(whole, ibans);
  const digits = digitsIn(folded);
  const finds = [
    ...ibans,
    ...findCards(folded, runsOf(folded, digits, isCardSeparator)),
    ...findNationalIds(folded),
    ...findCodes(folded, runsOf(folded, digits, isSeparator)),
    ...findPasswords(folded),
  ];
  return apart(finds).map(({ kind, start, end, last }) => ({
    kind,
    start,
    end: LOW_SURROGATE.test(text.charAt(end)) ? end + 1 : end,
    masked: mask(kind, last),
  }));
}

/** The text with each piece of sensitive data replaced by its mask. */
export function maskSensitive(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, masked } of findSensitive(text)) {
    parts.push(text.slice(at, start), masked);
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join("");
}

/** The text with blanks for what is already found, so that digits written right beside it are read by themselves. */
function without(folded: string, finds: readonly Find[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of finds) {
    parts.push(folded.slice(at, start), "\0".repeat(end - start));
    at = end;
  }
  parts.push(folded.slice(at));
  return parts.join("");
}

/** Of finds that overlap, the first and longest stays and takes in the rest. */
function apart(finds: readonly Find[]): Find[] {
  const result: Find[] = [];
  for (const find of finds.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result.at(-1);
    if (last === undefined || find.start >= last.end) result.push({ ...find });
    else last.end = Math.max(last.end, find.end);
  }
  return result;
}

const NAMES: Readonly<Record<SensitiveKind, string>> = {
  card_number: "card number",
  cvv: "card security code",
  iban: "IBAN",
  national_id: "national ID",
  one_time_code: "one-time code",
  password: "password",
  pin: "PIN",
};

function mask(kind: SensitiveKind, last: string | undefined): string {
  return last === undefined ? `[${NAMES[kind]}]` : `[${NAMES[kind]} ending ${last}]`;
}
