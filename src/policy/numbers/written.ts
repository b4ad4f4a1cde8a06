/** A number as somebody wrote it, taken apart without judging whether it exists. */
export interface WrittenNumber {
  /** All digits before the first pause, command or extension, in ASCII. */
  digits: string;
  /** Written with a leading `+`. */
  international: boolean;
  /** Holds a control, format, private-use or line-breaking character. */
  hasHidden: boolean;
  /** Holds pauses, tones or `*` and `#` commands. */
  hasCommands: boolean;
  /** The number in a form that a parser reads; missing where the text is not one number. */
  plain?: string;
  /** Digits of a written extension (`ext. 12`, `x12`, `;ext=12`). */
  extension?: string;
}

const LONGEST_INPUT = 64;
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/u;
const ALL_HIDDEN_OR_MARKS = /[\p{C}\p{Zl}\p{Zp}\p{M}]/gu;
/** Dashes, the minus sign and the Japanese long-vowel mark, all of which are written between groups of digits. */
const DASHES = /[\p{Pd}\u2212\u30fc]/gu;
const SCHEME = /^tel:/i;
const EXTENSION = /(?:;ext=|[ .,]{0,3}(?:extension|ext|x)[ .:]{0,3})(\d{1,7})$/i;
const COMMANDS = /[*#,;~]|\d[ ]?[pw]/i;
/** `*67` and `#31#` hide the caller's own number. */
const SERVICE_PREFIX = /^[*#]+\d\d[*#]?/;
const PAUSE = /[*#,;~]|(?<=\d ?)[pw]/i;
const PLAIN = /^\(?\+?[\d ()./·-]+$/;

/** Reads `input`; digits of any script count as digits. */
export function readWritten(input: string): WrittenNumber {
  const hasHidden = HIDDEN.test(input);
  if (input.length > LONGEST_INPUT)
    return { digits: "", international: false, hasHidden, hasCommands: false };
  const folded = asciiDigits(input.normalize("NFKC"))
    .replace(ALL_HIDDEN_OR_MARKS, "")
    .replace(DASHES, "-")
    .replace(/\s+/gu, " ")
    .trim()
    .replace(SCHEME, "")
    .trim();
  const extension = EXTENSION.exec(folded);
  const number = extension === null ? folded : folded.slice(0, extension.index).trim();
  const dialed = number.replace(SERVICE_PREFIX, "");
  const head = dialed.split(PAUSE, 1)[0] ?? "";
  return {
    digits: head.replace(/\D/g, ""),
    international: /^\(?\+/.test(head),
    hasHidden,
    hasCommands: COMMANDS.test(number),
    ...(PLAIN.test(number) && /\d/.test(number) ? { plain: number.replace(/[^\d+]/g, "") } : {}),
    ...(extension?.[1] === undefined ? {} : { extension: extension[1] }),
  };
}

/** Decimal digits come in Unicode as runs of ten, each from zero to nine. */
export function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    let start = digit.codePointAt(0) ?? 0;
    let value = 0;
    while (/\p{Nd}/u.test(String.fromCodePoint(start - 1))) {
      start -= 1;
      value += 1;
    }
    return String(value % 10);
  });
}
