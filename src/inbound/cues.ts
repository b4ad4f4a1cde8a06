import { anyOf } from "../policy/disclosure/words.js";
import type { InboundLanguage } from "./languages/language.js";
import { INBOUND_LANGUAGES } from "./languages/registry.js";
import type { Passage } from "./passages.js";

/** A phrase of the rules, found in a passage. */
export interface FoundCue {
  passage: Passage;
  /** Offsets into the passage. */
  start: number;
  end: number;
  /** As found, lower case: the same phrase twice counts once. */
  phrase: string;
}

/** Picks one list of phrases out of each language. */
type Pick = (language: InboundLanguage) => readonly string[] | undefined;

const patterns = new Map<Pick, RegExp>();

/** Where the phrases stand in the passages, in order. One pattern serves all languages; it is built once. */
export function findCues(passages: readonly Passage[], pick: Pick): FoundCue[] {
  const pattern =
    patterns.get(pick) ?? anyOf([...new Set(INBOUND_LANGUAGES.flatMap((each) => pick(each) ?? []))]);
  patterns.set(pick, pattern);
  return passages.flatMap((passage) =>
    Array.from(passage.text.matchAll(pattern), ({ 0: phrase, index }) => ({
      passage,
      start: index,
      end: index + phrase.length,
      phrase: phrase.toLowerCase(),
    })),
  );
}

/** The cues that lie within none of `others`. */
export function outside(cues: readonly FoundCue[], others: readonly FoundCue[]): FoundCue[] {
  return cues.filter(
    (cue) =>
      !others.some(
        (other) => other.passage === cue.passage && other.start < cue.end && cue.start < other.end,
      ),
  );
}
