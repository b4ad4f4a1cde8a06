import { ANYTHING, type CompiledPattern, compilePattern, type WordLists } from "./pattern.js";

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
  pattern: CompiledPattern;
  /** Made when first tried: few of the patterns ever are. */
  match?: RegExp;
}

/** The patterns that begin with the characters on the way to here. */
interface Beginning<Name> {
  entries: Entry<Name>[];
  next: Map<number, Beginning<Name>>;
}

/**
 * Finds all cues of one language in one pass: at the start of each word (at each character, where words are not
 * spaced) only the patterns that can begin with its first characters are tried.
 */
export class CueIndex<Name extends string> {
  readonly #root: Beginning<Name> = { entries: [], next: new Map() };
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
    const compiled = compilePattern(pattern, lists, this.#spaced);
    const entry: Entry<Name> = { name, pattern: compiled };
    for (const beginning of compiled.beginnings) {
      let node = this.#root;
      for (let at = 0; at < beginning.length && beginning[at] !== ANYTHING; at++) {
        const code = beginning.charCodeAt(at);
        let next = node.next.get(code);
        if (!next) {
          next = { entries: [], next: new Map() };
          node.next.set(code, next);
        }
        node = next;
      }
      if (!node.entries.includes(entry)) node.entries.push(entry);
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
      let node = this.#root.next.get(first);
      for (let next = at + 1; node; next++) {
        if (node.entries.length > 0) tryAll(node.entries, folded, at, to, found);
        node = node.next.get(folded.charCodeAt(next));
      }
    }
    return outermost(found, this.#faint);
  }
}

function tryAll<Name extends string>(
  entries: readonly Entry<Name>[],
  folded: string,
  at: number,
  to: number,
  found: Cue<Name>[],
): void {
  for (const entry of entries) {
    entry.match ??= new RegExp(entry.pattern.source(), "y");
    const { name, match } = entry;
    match.lastIndex = at;
    if (match.test(folded) && match.lastIndex <= to) found.push({ name, start: at, end: match.lastIndex });
  }
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
