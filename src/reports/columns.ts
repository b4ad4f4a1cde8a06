/** East Asian wide and fullwidth characters (UAX #11) and emoji: two columns each. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

const NO_WIDTH = /[\p{M}\p{Cf}]/u;
const EMOJI_STYLE = "\ufe0f";

/** Columns that a text takes in a terminal. Over-counts joined emoji, so that nothing gets wider than counted. */
export function columns(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let total = 0;
  let last = 0;
  for (const character of text) {
    const width = widthOf(character, last);
    total += width;
    if (width > 0) last = width;
  }
  return total;
}

/** The emoji style widens a narrow symbol that it follows. */
function widthOf(character: string, previous: number): number {
  if (character === EMOJI_STYLE) return previous === 1 ? 1 : 0;
  return NO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
}

/** Closing marks that no line should start with. */
const CLOSING = "[、。，．！？：；）」』】〉》〕・ー…]";

const UNITS = new RegExp(`(?:${WIDE.source})[\\p{M}\\p{Cf}]*${CLOSING}?|(?:(?!${WIDE.source})[^ ])+`, "gu");

/** What stays together on a line: a wide character with its closing mark, or a run of narrow ones. */
export function unitsOf(word: string): readonly string[] {
  return /^[!-~]*$/.test(word) ? [word] : (word.match(UNITS) ?? []);
}

/** Cuts a text into pieces of at most `width` columns; marks stay with what they mark. */
export function cut(text: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  let taken = 0;
  for (const [cluster] of text.matchAll(/.[\p{M}\p{Cf}]*/gsu)) {
    const more = columns(cluster);
    if (taken + more > width && piece !== "") {
      pieces.push(piece);
      piece = "";
      taken = 0;
    }
    piece += cluster;
    taken += more;
  }
  return [...pieces, piece];
}
