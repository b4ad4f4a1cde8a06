/** What one UTF-16 unit becomes: lower case, no accent, ASCII instead of full width. Always one unit again. */
const FOLDED = new Map<string, string>();

/** Punctuation that writers use for one another. */
const ALIKE: Readonly<Record<string, string>> = {
  "\u00a0": " ",
  "\u2007": " ",
  "\u2009": " ",
  "\u202f": " ",
  "\u3000": " ",
  "\t": " ",
  "\r": " ",
  "\u2018": "'",
  "\u2019": "'",
  "\u02bc": "'",
  "\u2010": "-",
  "\u2011": "-",
  "\u2212": "-",
  "\u3001": ",",
  "\uff61": "。",
  "\u0131": "i",
  "\u00df": "ß",
  "\u0142": "l",
  "\u00f8": "o",
  "\u00e6": "æ",
  "\u00a1": " ",
  "\u00bf": " ",
};

function foldUnit(unit: string): string {
  const known = FOLDED.get(unit);
  if (known !== undefined) return known;
  const folded = computeUnit(unit);
  if (FOLDED.size < 20_000) FOLDED.set(unit, folded);
  return folded;
}

function computeUnit(unit: string): string {
  const alike = ALIKE[unit];
  if (alike !== undefined) return alike;
  const code = unit.charCodeAt(0);
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0).toLowerCase();
  // Only Latin letters lose their accents: elsewhere (kana, Hangul) the mark is another letter.
  if (code < 0x250 || (code >= 0x1e00 && code < 0x1f00)) {
    const base = unit.normalize("NFD").charAt(0).toLowerCase();
    return base.length === 1 ? base : unit;
  }
  const lower = unit.toLowerCase();
  return lower.length === 1 ? lower : unit;
}

const FOREIGN = /[\t\r]|[^\p{ASCII}]/gu;

/**
 * The text as the patterns see it. It has the same length as the original, unit for unit, so that a place found
 * in it is a place in the original.
 */
export function fold(text: string): string {
  const ascii = text.replace(FOREIGN, foldUnit);
  const lower = ascii.toLowerCase();
  // A few letters grow when lowered; they were folded above, so this is only a safeguard.
  return lower.length === text.length ? lower : ascii;
}
