/** A piece of the message, by its place. */
export interface Stretch {
  start: number;
  end: number;
}

/** The stretch without the characters of `edges` at either end. */
export function trimStretch(text: string, { start, end }: Stretch, edges: RegExp): Stretch {
  let from = start;
  let to = end;
  while (from < to && edges.test(text.charAt(from))) from++;
  while (to > from && edges.test(text.charAt(to - 1))) to--;
  return { start: from, end: to };
}

export const BLANK = /[\s\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

/** The lines of a stretch, without their line ends. */
export function* linesOf(text: string, { start, end }: Stretch): Generator<Stretch> {
  let from = start;
  while (from <= end) {
    const newline = text.indexOf("\n", from);
    const to = newline === -1 || newline > end ? end : newline;
    yield { start: from, end: to };
    from = to + 1;
  }
}

const LONGEST_SENTENCE = 700;

/** The sentences of a stretch. A full stop ends one only before a blank, and not after a short abbreviation. */
export function* sentencesOf(text: string, { start, end }: Stretch): Generator<Stretch> {
  let from = start;
  for (let at = start; at < end; at++) {
    if (at - from >= LONGEST_SENTENCE) {
      // What runs on for ever is cut at a blank, so that each sentence stays small.
      const half = from + (LONGEST_SENTENCE >> 1);
      const blank = text.slice(half, at).lastIndexOf(" ");
      const cut = blank === -1 ? at : half + blank;
      yield { start: from, end: cut };
      from = cut;
    }
    if (!endsSentence(text, start, at, end)) continue;
    let to = at + 1;
    while (to < end && isEnder(text.charCodeAt(to))) to++;
    if (to > from) yield { start: from, end: to };
    from = to;
    at = to - 1;
  }
  if (end > from) yield { start: from, end };
}

function isEnder(code: number): boolean {
  // . ! ? ; and their full-width and ideographic forms, " and closing quotes right after them
  const ends =
    code === 46 || code === 33 || code === 63 || code === 0x3002 || code === 0xff01 || code === 0xff1f;
  return ends || code === 0x201d || code === 0x300d || code === 0x300f || code === 0xbb;
}

const ABBREVIATION =
  /(?:^|[^a-zA-Z])(?:[a-zA-Z]|[Dd]r|[Mm]rs?|[Mm]s|[Ss]t|[Nn]r|[Nn]o|[Tt]el|[Ss]ra?|[Ss]ta|[Pp]rof|ca|[Aa]v|[Uu]hr|usw|etc|bzw|inkl|[Uu]d|[Nn]úm|[Mm]me|[Mm]lle|vs|approx|ext|Ext)$/;

function endsSentence(text: string, start: number, at: number, end: number): boolean {
  const code = text.charCodeAt(at);
  if (code === 10) return true;
  if (code === 0x3002 || code === 0xff01 || code === 0xff1f || code === 0xff1b || code === 59) return true;
  if (code === 33 || code === 63) return true;
  if (code !== 46) return false;
  const next = at + 1 < end ? text.charCodeAt(at + 1) : 32;
  if (next === 46 || (next > 0x2f && next < 0x3a)) return false;
  if (
    next !== 32 &&
    next !== 10 &&
    next !== 0x3000 &&
    next !== 34 &&
    next !== 0x201d &&
    next !== 41 &&
    next !== 42 &&
    next < 0x2000
  ) {
    return false;
  }
  // "3. September": after one or two digits it may be an ordinal.
  if (/\d/.test(text.charAt(at - 1)) && !/\d\d\d$/.test(text.slice(Math.max(start, at - 3), at))) {
    return (
      !/^ {0,2}\p{L}/u.test(text.slice(at + 1, at + 4)) ||
      /[:\d]\d{2}$/.test(text.slice(Math.max(start, at - 3), at))
    );
  }
  return !ABBREVIATION.test(text.slice(Math.max(0, at - 6), at));
}
