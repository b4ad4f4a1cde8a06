import { ANYTHING, compilePattern, LONGEST_BEGINNING, type WordLists } from "./pattern.js";

/** A place in the text where a cue stands. */
export interface Cue<Name extends string = string> {
  name: Name;
  start: number;
  end: number;
}

/** The patterns of each cue, by its name. */
export type CuePatterns<Name extends string = string> = Readonly<Partial<Record<Name, readonly string[]>>>;

interface Entry<Name> {
  name: Name;
  match: RegExp;
}

/**
 * Finds all cues of one language in one pass: at the start of each word (at each character, where words are not
 * spaced) only the patterns that can begin with its first two characters are tried.
 */
export class CueIndex<Name extends string> {
  readonly #byBeginning = new Map<number, Entry<Name>[]>();
  readonly #spaced: boolean;
  /** Cues that never hide another one, however long. */
  readonly #faint: ReadonlySet<string>;

  /** @throws SyntaxError if a pattern is not well formed. */
  constructor(
    patterns: CuePatterns<Name>,
    lists: WordLists,
    spaced: boolean,
    faint: ReadonlySet<string> = new Set(),
  ) {
    this.#spaced = spaced;
    this.#faint = faint;
    for (const [name, sources] of Object.entries(patterns) as [Name, readonly string[]][]) {
      for (const source of sources) this.#add(name, source, lists);
    }
  }

  #add(name: Name, pattern: string, lists: WordLists): void {
    const { source, beginnings } = compilePattern(pattern, lists, this.#spaced);
    const entry = { name, match: new RegExp(source, "y") };
    const keys = new Set([...beginnings].map(keyOf));
    for (const key of keys) {
      const entries = this.#byBeginning.get(key);
      if (entries) entries.push(entry);
      else this.#byBeginning.set(key, [entry]);
    }
  }

  /** The cues in `folded` from `from` to `to`, by their place; those inside a longer one are left out. */
  find(folded: string, from = 0, to = folded.length): Cue<Name>[] {
    const found: Cue<Name>[] = [];
    let previous = from > 0 ? folded.charCodeAt(from - 1) : 32;
    for (let at = from; at < to; at++) {
      const first = folded.charCodeAt(at);
      const starts = this.#spaced ? isWord(first) && !isWord(previous) : first > 0x7f || !isWord(previous);
      previous = first;
      if (!starts) continue;
      let key = 0;
      for (let length = 1; length <= LONGEST_BEGINNING; length++) {
        key = longerKey(key, folded.charCodeAt(at + length - 1) || 32);
        const entries = this.#byBeginning.get(key);
        if (entries) tryAll(entries, folded, at, to, found);
      }
    }
    return outermost(found, this.#faint);
  }

}

function tryAll<Name extends string>(entries: readonly Entry<Name>[], folded: string, at: number, to: number, found: Cue<Name>[]): void {
  for (const { name, match } of entries) {
    match.lastIndex = at;
    if (match.test(folded) && match.lastIndex <= to) found.push({ name, start: at, end: match.lastIndex });
  }
}

/** A number for the first characters of a pattern; two beginnings may share one, since each match is tried anyway. */
function keyOf(beginning: string): number {
  let key = 0;
  for (const char of beginning) {
    if (char === ANYTHING) break;
    key = longerKey(key, char.charCodeAt(0));
  }
  return key;
}

function longerKey(key: number, code: number): number {
  return (Math.imul(key, 0x01000193) ^ (code + 0x9e37)) | 0;
}

function isWord(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 48 && code <= 57) ||
    (code > 0x7f && code !== 0x2014 && code !== 0x2013 && !isMark(code))
  );
}

/** Punctuation beyond ASCII, arrows, symbols and emoji: what can stand right before a word. */
function isMark(code: number): boolean {
  return (
    (code >= 0x80 && code < 0xc0) ||
    (code >= 0x2000 && code < 0x2c00) ||
    (code >= 0x3000 && code <= 0x303f) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    (code >= 0xfe00 && code <= 0xfe6f)
  );
}

/** "not booked" swallows "booked": a cue that lies within another one is not heard. Equal ones all stay. */
function outermost<Name extends string>(found: Cue<Name>[], faint: ReadonlySet<string>): Cue<Name>[] {
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Cue<Name>[] = [];
  let last: Cue<Name> | undefined;
  for (const cue of found) {
    if (
      last &&
      cue.end <= last.end &&
      !(cue.start === last.start && cue.end === last.end && cue.name !== last.name)
    ) {
      continue;
    }
    kept.push(cue);
    if (!faint.has(cue.name) && (!last || cue.end > last.end)) last = cue;
  }
  return kept;
}
