const FULL_WIDTH = /[\uff01-\uff5e]/g;
const OTHER_DIGIT = /(?![0-9])\p{Nd}/gu;

/**
 * The text with full-width characters and the digits of every script in ASCII. Keeps the length, so that
 * offsets into the result are offsets into the text.
 */
export function foldKeepingLength(text: string): string {
  return text
    .replace(FULL_WIDTH, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(OTHER_DIGIT, (digit) => decimalValue(digit) + FILLER.repeat(digit.length - 1));
}

/** Stands for the second half of a digit beyond the basic plane; {@link isSeparator} skips it. */
const FILLER = "\u200b";

const values = new Map<string, string>();

/** Decimal digits come in Unicode as runs of ten, each from zero to nine. */
function decimalValue(digit: string): string {
  let value = values.get(digit);
  if (value === undefined) {
    const code = digit.codePointAt(0) ?? 0;
    let start = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(start - 1))) start -= 1;
    value = String((code - start) % 10);
    values.set(digit, value);
  }
  return value;
}

const SEPARATOR = /[\s.\-_/·\u00ad\u200b-\u200f\u2010-\u2015\u2060\u2212\u30fb\u30fc\ufeff]/;

/** Whether a character may stand between the digits of one number. Hidden characters may, commas and colons not. */
export function isSeparator(character: string): boolean {
  return SEPARATOR.test(character);
}

/** The same for a card's number, which is so well known by its check digit that commas, bars and brackets may too. */
export function isCardSeparator(character: string): boolean {
  return isSeparator(character) || /[,|()]/.test(character);
}
