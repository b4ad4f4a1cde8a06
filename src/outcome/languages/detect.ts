import type { Language } from "./language.js";
import { allLanguages, makeReady, type ReadyLanguage } from "./registry.js";

const KANA = /[\u3041-\u30fa\u31f0-\u31ff\uff66-\uff9d]/;
const HAN = /[\u4e00-\u9fff]/;
const HANGUL = /[\uac00-\ud7a3]/;
const SAMPLE = 6_000;

/** The languages of a folded text, the likeliest first; English where nothing can be told. At most three. */
export function detectLanguages(folded: string): ReadyLanguage[] {
  const sample = folded.length > SAMPLE ? folded.slice(0, SAMPLE) : folded;
  const scores = new Map<string, number>();
  const add = (tag: string, score: number) => scores.set(tag, (scores.get(tag) ?? 0) + score);
  if (HANGUL.test(sample)) add("ko", 6);
  if (KANA.test(sample)) add("ja", count(sample, KANA) > 2 || !HAN.test(sample) ? 8 : 1);
  if (HAN.test(sample)) add("zh", KANA.test(sample) ? 1 : 6);
  for (const [word] of sample.matchAll(/[a-zß]+/g)) {
    for (const tag of tagsByWord().get(word) ?? []) add(tag, 1);
  }
  const ranked = [...scores].sort((a, b) => b[1] - a[1]);
  const best = ranked[0]?.[1] ?? 0;
  const chosen = ranked.filter(([, score]) => score >= best * 0.55).slice(0, 3);
  const languages = allLanguages().filter(({ tag }) => chosen.some(([each]) => each === tag));
  languages.sort((a, b) => (scores.get(b.tag) ?? 0) - (scores.get(a.tag) ?? 0));
  const english = allLanguages().find(({ tag }) => tag === "en");
  if (languages.length === 0 && english) languages.push(english);
  return languages.map(makeReady);
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
