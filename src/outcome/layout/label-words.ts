import type { ReadyLanguage } from "../languages/registry.js";

/** The labels of several languages, ready to be asked. */
export interface LabelWords {
  ai: ReadonlySet<string>;
  callee: ReadonlySet<string>;
  field: ReadonlySet<string>;
  result: ReadonlySet<string>;
  aside: ReadonlySet<string>;
}

const byLanguages = new Map<string, LabelWords>();

/** The label words of these languages; English ones always belong to them, since keys are often English. */
export function labelWords(languages: readonly ReadyLanguage[]): LabelWords {
  const key = languages.map(({ data }) => data.tag).join();
  const known = byLanguages.get(key);
  if (known) return known;
  const data = languages.map((language) => language.data);
  const words: LabelWords = {
    ai: new Set(data.flatMap(({ aiLabels }) => aiLabels)),
    callee: new Set(data.flatMap(({ calleeLabels }) => calleeLabels)),
    field: new Set(data.flatMap(({ fieldLabels }) => fieldLabels)),
    result: new Set(data.flatMap(({ resultLabels }) => resultLabels)),
    aside: new Set(data.flatMap(({ asideLabels }) => asideLabels)),
  };
  byLanguages.set(key, words);
  return words;
}

/** Whether a folded label contains one of the words; where blanks do not part words, anywhere in it. */
export function holdsWord(label: string, words: ReadonlySet<string>): boolean {
  if (words.has(label)) return true;
  for (const token of label.split(/[^a-z0-9ß\u0100-\uffff]+/)) {
    if (token !== "" && words.has(token)) return true;
  }
  if (/[\u3040-\uffff]/.test(label)) {
    for (const word of words) if (word.charCodeAt(0) > 0x3000 && label.includes(word)) return true;
  }
  return false;
}

/** Whether a folded label is one of the phrases, or begins or ends with one. */
export function isPhrase(label: string, phrases: ReadonlySet<string>): boolean {
  const plain = label
    .replace(/[_-]/g, " ")
    .replace(/[^\p{L}\p{N} ']+/gu, " ")
    .trim();
  if (phrases.has(plain)) return true;
  if (/[\u3040-\uffff]/.test(plain)) {
    for (const phrase of phrases) if (phrase.charCodeAt(0) > 0x3000 && plain.includes(phrase)) return true;
    return false;
  }
  const words = plain.split(" ");
  for (let count = 1; count < words.length && count < 4; count++) {
    if (phrases.has(words.slice(0, count).join(" ")) || phrases.has(words.slice(-count).join(" ")))
      return true;
  }
  return false;
}
