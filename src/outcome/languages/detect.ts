import type { Language } from "./language.js";
import { allLanguages, makeReady, type ReadyLanguage } from "./registry.js";

const KANA = /[\u3041-\u30fa\u31f0-\u31ff\uff66-\uff9d]/;
const HAN = /[\u4e00-\u9fff]/;
const HANGUL = /[\uac00-\ud7a3]/;
const SAMPLE = 6_000;
const FEW = 3;

/**
 * The languages of a folded text, the likeliest first, at most three; all with spaced words where nothing can be told.
 * @param hint another folded text, asked where the first one is too short.
 */
export function detectLanguages(folded: string, hint = ""): ReadyLanguage[] {
  const scores = scoresOf(folded);
  // A few words betray little: then the language of the task counts too.
  if (Math.max(0, ...scores.values()) < FEW) {
    for (const [tag, score] of scoresOf(hint)) scores.set(tag, (scores.get(tag) ?? 0) + Math.min(score, FEW));
  }
  const best = Math.max(0, ...scores.values());
  // Nothing tells it: with so few words, all of them can be tried.
  if (best === 0)
    return allLanguages()
      .filter(({ spaced }) => spaced)
      .map(makeReady);
  const near = (tag: string) => (scores.get(tag) ?? 0) >= best * 0.55;
  return allLanguages()
    .filter(({ tag }) => near(tag))
    .sort((a, b) => (scores.get(b.tag) ?? 0) - (scores.get(a.tag) ?? 0))
    .slice(0, 3)
    .map(makeReady);
}

function scoresOf(folded: string): Map<string, number> {
  const sample = folded.length > SAMPLE ? folded.slice(0, SAMPLE) : folded;
  const scores = new Map<string, number>();
  const add = (tag: string, score: number) => scores.set(tag, (scores.get(tag) ?? 0) + score);
  if (HANGUL.test(sample)) add("ko", 6);
  if (KANA.test(sample)) add("ja", count(sample, KANA) > 2 || !HAN.test(sample) ? 8 : 1);
  if (HAN.test(sample)) add("zh", KANA.test(sample) ? 1 : 6);
  for (const [word] of sample.matchAll(/[a-zß]+/g)) {
    for (const tag of tagsByWord().get(word) ?? []) add(tag, 1);
  }
  return scores;
}

function count(text: string, kind: RegExp): number {
  return [...text.matchAll(new RegExp(kind, "g"))].length;
}

let byWord: Map<string, string[]> | undefined;

function tagsByWord(): Map<string, string[]> {
  if (byWord) return byWord;
  byWord = new Map();
  for (const language of allLanguages()) addWords(byWord, language);
  return byWord;
}

function addWords(words: Map<string, string[]>, { tag, commonWords }: Language): void {
  for (const word of commonWords) words.set(word, [...(words.get(word) ?? []), tag]);
}
