/**
 * One pattern for all the words and phrases. Words in Latin letters stand alone, others anywhere; a space matches
 * any short gap, and an accented letter also its plain or decomposed form.
 */
export function anyOf(phrases: readonly string[], flags = "giu"): RegExp {
  const longestFirst = phrases.toSorted((a, b) => b.length - a.length);
  const latin = longestFirst.filter(isLatin).map(pattern);
  const others = longestFirst.filter((phrase) => !isLatin(phrase)).map(pattern);
  const parts = [...others];
  if (latin.length > 0) parts.unshift(`(?<![\\p{L}\\p{N}])(?:${latin.join("|")})(?![\\p{L}])`);
  return new RegExp(parts.join("|"), flags);
}

const ASCII = /^[ -~]+$/;
const LATIN = /^[\p{Script=Latin}\p{P}\p{N}\p{S} ]+$/u;

/** Most phrases are ASCII, and the pattern for the rest is slow: this runs when the package is imported. */
function isLatin(phrase: string): boolean {
  return ASCII.test(phrase) || LATIN.test(phrase);
}

/** In a phrase `?` after a letter makes it optional; nothing else is special. */
function pattern(phrase: string): string {
  return [...phrase.normalize("NFC")].map(letterPattern).join("");
}

const SPECIAL = /[.*+^${}()|[\]\\]/g;

function letterPattern(letter: string): string {
  if (letter === "?") return "?";
  if (letter === "'") return "['’]";
  if (letter === " ") return "[\\s\\-]{0,3}";
  if (ASCII.test(letter)) return letter.replace(SPECIAL, "\\$&");
  const [base = letter, mark] = letter.normalize("NFD");
  if (mark !== undefined && /\p{Script=Latin}/u.test(base)) return `(?:${letter}|${base}${mark}|${base})`;
  return letter.replace(SPECIAL, "\\$&");
}
