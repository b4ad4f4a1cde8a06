import { holdsWord, type LabelWords } from "../layout/label-words.js";
import type { Row } from "../layout/layout.js";
import { BLANK, type Stretch, trimStretch } from "../text/stretch.js";
import type { SpokenLine } from "./spoken-line.js";

const LABEL =
  /(?<=^|[\s/|([·–—"“.!?。？！」』])([\p{L}][\p{L}\p{N}' ]{0,24}(?: ?\([\p{L} ]{1,12}\))?) ?[::]\s?(?=\S)/gu;

/** A whole conversation on one line: "AI: Hello. Recipient: Hi. AI: …". */
export function inlineTurns(
  raw: string,
  folded: string,
  rows: readonly Row[],
  words: LabelWords,
): SpokenLine[] {
  for (const { line, leaf } of rows) {
    if (leaf?.kind === "literal" || line.end - line.start < 40 || line.end - line.start > 200_000) continue;
    const marks = marksIn(raw, folded, line, words);
    if (marks.length < 2 || !marks.some(({ ai }) => ai) || !marks.some(({ ai }) => !ai)) continue;
    return marks.map(({ label, end }, at) => {
      const next = marks[at + 1]?.start ?? line.end;
      const text = trimStretch(raw, trimStretch(raw, { start: end, end: next }, /[\s/|·–—]/), BLANK);
      return { label, text, rows: [] };
    });
  }
  return [];
}

interface Mark extends Stretch {
  label: string;
  ai: boolean;
}

function marksIn(raw: string, folded: string, line: Stretch, words: LabelWords): Mark[] {
  const marks: Mark[] = [];
  const text = raw.slice(line.start, line.end);
  for (const found of text.matchAll(LABEL)) {
    const full = found[1] ?? "";
    // Only the last words before the colon are the label: what stands before belongs to the turn before.
    for (const label of tails(full)) {
      const start = line.start + found.index + full.length - label.length;
      const word = folded.slice(start, start + label.length);
      if (words.field.has(word)) break;
      const ai = words.ai.has(word) || (label === full && holdsWord(word, words.ai));
      if (!ai && !words.callee.has(word)) continue;
      marks.push({ label, ai, start, end: line.start + found.index + found[0].length });
      break;
    }
  }
  return marks;
}

function tails(label: string): string[] {
  const words = label.split(" ");
  const last = words.slice(-1).join(" ");
  const two = words.slice(-2).join(" ");
  return [...new Set([label, two, last])];
}
