import type { CueName } from "../languages/language.js";
import type { ReadyLanguage } from "../languages/registry.js";
import { holdsWord, type LabelWords, labelWords } from "../layout/label-words.js";
import type { Row } from "../layout/layout.js";
import { fold } from "../text/fold.js";
import type { Stretch } from "../text/stretch.js";
import { inlineTurns } from "./inline-turns.js";
import { jsonTurns } from "./json-turns.js";
import { assignSpeakers, type Turn } from "./speakers.js";
import type { SpokenLine } from "./spoken-line.js";

export interface Transcript {
  turns: readonly Turn[];
  /** The rows that are its lines. */
  rows: ReadonlySet<number>;
  /** Places taken up by turns within a row that has other words too. */
  taken: readonly Stretch[];
}

/** Finds the conversation in a message, whatever marks its lines, and who speaks in it. */
export function findTranscript(
  raw: string,
  folded: string,
  rows: readonly Row[],
  languages: readonly ReadyLanguage[],
): Transcript {
  const words = labelWords(languages);
  const json = jsonTurns(rows).filter(({ label }) => isSpeakerKey(fold(label), words));
  const lines = json.length > 0 ? json : spokenBlocks(raw, folded, rows, words, languages);
  if (lines.length > 0) {
    const turns = assignSpeakers(lines, raw, words, languages);
    return { turns, rows: new Set(lines.flatMap((line) => [...line.rows])), taken: [] };
  }
  const inline = inlineTurns(raw, folded, rows, words);
  if (inline.length === 0) return { turns: [], rows: new Set(), taken: [] };
  const turns = assignSpeakers(inline, raw, words, languages);
  return {
    turns,
    rows: new Set(),
    taken: inline.map(({ text, label }) => ({ start: text.start - label.length - 2, end: text.end })),
  };
}

function isSpeakerKey(label: string, words: LabelWords): boolean {
  return !words.field.has(label) && !words.result.has(label);
}

interface Candidate {
  line: SpokenLine;
  folded: string;
  known: "ai" | "callee" | undefined;
  /** The label is nothing but a word for the callee. */
  exact: boolean;
  separator: string;
  row: number;
}

function spokenBlocks(
  raw: string,
  folded: string,
  rows: readonly Row[],
  words: LabelWords,
  languages: readonly ReadyLanguage[],
): SpokenLine[] {
  const candidates: Candidate[] = [];
  const times = new Map<string, number>();
  rows.forEach((row, index) => {
    const candidate = candidateOf(raw, folded, row, index, words);
    if (!candidate) return;
    candidates.push(candidate);
    times.set(candidate.folded, (times.get(candidate.folded) ?? 0) + 1);
  });
  const lines: SpokenLine[] = [];
  for (const block of blocksOf(candidates, rows)) {
    const speakers = block.filter(
      ({ known, folded: label }) => known !== undefined || (times.get(label) ?? 0) > 1,
    );
    if (!isConversation(speakers, block, raw, languages)) continue;
    const kept = withNeighbours(withoutStrays(block, rows), speakers);
    for (const [at, candidate] of kept.entries()) {
      lines.push(withContinuation(raw, candidate, kept[at + 1], rows));
    }
  }
  return lines;
}

function candidateOf(
  raw: string,
  folded: string,
  row: Row,
  index: number,
  words: LabelWords,
): Candidate | undefined {
  const { labelled } = row;
  if (!labelled || labelled.text.end <= labelled.text.start) return undefined;
  if (folded.startsWith("http", labelled.text.start)) return undefined;
  const label = folded.slice(labelled.label.start, labelled.label.end).trim();
  if (label.length > 40 || label.split(" ").length > 6 || !/[a-z\u0100-\uffff]/.test(label)) return undefined;
  const plain = label.replace(/\s*[([].*$/, "").trim();
  if (words.field.has(label) || words.result.has(label) || words.field.has(plain) || words.result.has(plain))
    return undefined;
  const ai = holdsWord(label, words.ai);
  const callee = holdsWord(label, words.callee);
  return {
    line: { label: raw.slice(labelled.label.start, labelled.label.end), text: labelled.text, rows: [index] },
    folded: label,
    known: ai ? "ai" : callee ? "callee" : undefined,
    exact: words.callee.has(plain),
    separator: labelled.separator,
    row: index,
  };
}

/** Candidates that follow one another: at most two other or blank lines between them, and one kind of separator. */
function blocksOf(candidates: readonly Candidate[], rows: readonly Row[]): Candidate[][] {
  const blocks: Candidate[][] = [];
  let block: Candidate[] = [];
  for (const candidate of candidates) {
    const last = block[block.length - 1];
    const near = last && candidate.row - last.row <= 4 && gapIsSmall(rows, last.row, candidate.row);
    if (!near || last.separator !== candidate.separator) {
      if (block.length > 0) blocks.push(block);
      block = [];
    }
    block.push(candidate);
  }
  if (block.length > 0) blocks.push(block);
  return blocks;
}

function gapIsSmall(rows: readonly Row[], from: number, to: number): boolean {
  let others = 0;
  for (let at = from + 1; at < to; at++) {
    const line = rows[at]?.line;
    if (line && line.end > line.start) others++;
  }
  return others <= 2;
}

function isConversation(
  speakers: readonly Candidate[],
  block: readonly Candidate[],
  raw: string,
  languages: readonly ReadyLanguage[],
): boolean {
  if (speakers.some(({ known }) => known === "ai") && (speakers.length > 1 || block.length > 1)) return true;
  if (speakers.some(({ known }) => known === "ai")) return speaksLikeAi(speakers, raw, languages);
  if (block[0]?.separator === "cell")
    return speakers.length > 0 && hearsIn(speakers, "recording", raw, languages);
  if (speakers.some(({ known }) => known === "callee")) return speaksAlone(speakers, raw, languages);
  const labels = new Set(block.map(({ folded }) => folded));
  return (
    block.length >= 2 && labels.size <= Math.max(2, block.length - 1) && speaksLikeAi(block, raw, languages)
  );
}

/** Only the other side is there: a machine's announcement, or a line that is plainly labelled as the callee's. */
function speaksAlone(lines: readonly Candidate[], raw: string, languages: readonly ReadyLanguage[]): boolean {
  if (hearsIn(lines, "recording", raw, languages)) return true;
  // A callee's line is speech, not the callee's name or number.
  return lines.some(
    ({ exact, line }) => exact && /[.!?。…！？]/.test(raw.slice(line.text.start, line.text.end)),
  );
}

function speaksLikeAi(
  lines: readonly Candidate[],
  raw: string,
  languages: readonly ReadyLanguage[],
): boolean {
  return hearsIn(lines, "introduces", raw, languages);
}

function hearsIn(
  lines: readonly Candidate[],
  cue: CueName,
  raw: string,
  languages: readonly ReadyLanguage[],
): boolean {
  return lines.some(({ line }) => {
    const words = fold(raw.slice(line.text.start, Math.min(line.text.end, line.text.start + 400)));
    return languages.some(({ voices }) => voices.find(words).some(({ name }) => name === cue));
  });
}

/** A heading above a conversation, or a line below it, looks like a turn; but a blank line parts it, and it speaks once. */
function withoutStrays(block: readonly Candidate[], rows: readonly Row[]): Candidate[] {
  const parts: Candidate[][] = [];
  for (const candidate of block) {
    const part = parts[parts.length - 1];
    const last = part?.[part.length - 1];
    if (part && last && !hasBlank(rows, last.row, candidate.row)) part.push(candidate);
    else parts.push([candidate]);
  }
  const core = parts.find((part) => part.length > 1 && part.some(({ known }) => known === "ai"));
  if (!core) return parts.length > 1 ? recurring(block, parts) : [...block];
  const labels = new Set(core.map(({ folded }) => folded));
  return parts.filter((part) => part === core || part.some(({ folded }) => labels.has(folded))).flat();
}

/** Turns parted by blank lines: the first and the last stay only if their speakers come again. */
function recurring(block: readonly Candidate[], parts: readonly Candidate[][]): Candidate[] {
  const edges = new Set([block[0]?.folded, block[block.length - 1]?.folded]);
  const counts = new Map(
    [...edges].map((edge) => [edge, block.filter(({ folded }) => folded === edge).length]),
  );
  const lone = (candidate: Candidate) => counts.get(candidate.folded) === 1;
  return block.filter((candidate, at) => {
    const edge = at === 0 || at === block.length - 1;
    return !edge || parts.length < 3 || candidate.known === "ai" || !lone(candidate) || block.length < 4;
  });
}

function hasBlank(rows: readonly Row[], from: number, to: number): boolean {
  for (let at = from + 1; at < to; at++) {
    const line = rows[at]?.line;
    if (line && line.end === line.start) return true;
  }
  return false;
}

/** Lines with unknown labels count as turns only between or beside lines of known speakers. */
function withNeighbours(block: readonly Candidate[], speakers: readonly Candidate[]): Candidate[] {
  if (speakers.length === 0) return [...block];
  const known = new Set(speakers);
  const first = block.findIndex((each) => known.has(each));
  const last = block.findLastIndex((each) => known.has(each));
  const lone = new Set(speakers.map(({ folded }) => folded)).size === 1;
  return block.filter((each, at) => {
    if (known.has(each)) return true;
    if (at > first && at < last) return true;
    return lone && (at === first - 1 || at === last + 1) && speakers.some(({ known: who }) => who === "ai");
  });
}

/** A turn may run on over the lines up to the next turn, if no blank line comes between. */
function withContinuation(
  raw: string,
  { line, row }: Candidate,
  next: Candidate | undefined,
  rows: readonly Row[],
): SpokenLine {
  if (!next || next.row === row + 1) return line;
  const more: number[] = [];
  for (let at = row + 1; at < next.row; at++) {
    const other = rows[at];
    if (
      !other ||
      other.line.end === other.line.start ||
      /^[[(#*<]/.test(raw.slice(other.line.start, other.line.start + 1))
    )
      return line;
    more.push(at);
  }
  const last = rows[more[more.length - 1] ?? row];
  return last
    ? { ...line, text: { start: line.text.start, end: last.line.end }, rows: [row, ...more] }
    : line;
}
