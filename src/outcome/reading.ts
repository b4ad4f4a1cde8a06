import { type Account, weighAccount } from "./account/account.js";
import { type GoalReading, readGoal } from "./account/goal.js";
import { type HeardCue, liveCues, type Statement, statementsOf } from "./account/statement.js";
import { type Conversation, readConversation } from "./conversation/conversation.js";
import { readTargetName } from "./fields/target.js";
import { detectLanguages } from "./languages/detect.js";
import type { ReadyLanguage } from "./languages/registry.js";
import { stateOf } from "./layout/json-state.js";
import { isPhrase, type LabelWords, labelWords } from "./layout/label-words.js";
import { type Row, rowsOf } from "./layout/layout.js";
import type { CallContext } from "./reader.js";
import { fold } from "./text/fold.js";
import type { Stretch } from "./text/stretch.js";
import { findTranscript, type Transcript } from "./transcript/find-transcript.js";

/** A message taken apart: what it is made of, and what each part says. */
export interface Reading {
  message: string;
  folded: string;
  call: CallContext;
  languages: readonly ReadyLanguage[];
  rows: readonly Row[];
  transcript: Transcript;
  goal: GoalReading;
  /** The service's own words, without the transcript. */
  service: readonly Stretch[];
  statements: readonly Statement[];
  heard: readonly HeardCue[];
  account: Account;
  conversation: Conversation;
}

/** Takes a message apart. Linear in its length. */
export function takeApart(message: string, call: CallContext): Reading {
  const folded = fold(message);
  const languages = detectLanguages(folded, fold(call.purpose.slice(0, 500)));
  const rows = rowsOf(message);
  const transcript = findTranscript(message, folded, rows, languages);
  const goal = readGoal(call.purpose);
  const { service, statements } = serviceWords(folded, rows, transcript, languages);
  const aboutTask = fold(call.purpose.slice(0, 4_000));
  const heard = statements
    .flatMap((statement) => liveCues(folded, statement, languages))
    // A deposit that the task is about is no demand.
    .filter(
      ({ name, start, end }) => name !== "needsDecision" || !aboutTask.includes(folded.slice(start, end)),
    );
  const conversation = readConversation(folded, transcript.turns, languages, goal);
  const account = weighAccount(heard, statements, goal, {
    talked: conversation.talked,
    names: mentionsTarget(message, folded, call),
    hasTarget: call.targetName !== undefined || call.targetPhone !== undefined,
    folded,
  });
  return {
    message,
    folded,
    call,
    languages,
    rows,
    transcript,
    goal,
    service,
    statements,
    heard,
    account,
    conversation,
  };
}

function mentionsTarget(message: string, folded: string, call: CallContext): boolean {
  return readTargetName(message, folded, call) !== undefined;
}

function serviceWords(
  folded: string,
  rows: readonly Row[],
  transcript: Transcript,
  languages: readonly ReadyLanguage[],
): { service: Stretch[]; statements: Statement[] } {
  const words = labelWords(languages);
  const service: Stretch[] = [];
  const statements: Statement[] = [];
  let heading: "result" | "aside" | undefined;
  let under = 0;
  for (const [index, row] of rows.entries()) {
    if (transcript.rows.has(index)) {
      heading = undefined;
      continue;
    }
    const { line } = row;
    if (line.end === line.start) {
      if (under > 0) heading = undefined;
      continue;
    }
    for (const part of withoutTaken(line, transcript.taken)) {
      service.push(part);
      const kind = rowKind(folded, row, words);
      if (isHeading(folded, row)) {
        heading = kind;
        under = 0;
        if (kind !== undefined) continue;
      }
      under++;
      if ((kind ?? heading) === "aside") continue;
      const label = labelOf(folded, row);
      const place = { isResult: (kind ?? heading) === "result", ...(label === undefined ? {} : { label }) };
      const state = row.leaf && stateOf(row.leaf);
      if (state)
        statements.push({
          ...part,
          cues: [{ ...part, name: state }],
          question: false,
          isBilling: false,
          quotes: [],
          ...place,
        });
      else for (const statement of statementsOf(folded, part, languages, place)) statements.push(statement);
    }
  }
  return { service, statements };
}

function labelOf(folded: string, { labelled, leaf }: Row): string | undefined {
  if (leaf) return String(leaf.path.findLast((key) => typeof key === "string") ?? "").toLowerCase();
  return labelled ? folded.slice(labelled.label.start, labelled.label.end) : undefined;
}

const VERDICT_MARK = /^[\s|*#>-]{0,6}[✅✔☑✓🟢🎉❌✖✗✘🔴🚫⚠🟡❎⛔]/u;

function rowKind(folded: string, row: Row, words: LabelWords): "result" | "aside" | undefined {
  if (VERDICT_MARK.test(folded.slice(row.line.start, row.line.start + 12))) return "result";
  const label =
    labelOf(folded, row) ?? (isHeading(folded, row) ? folded.slice(row.line.start, row.line.end) : undefined);
  if (label === undefined || label.length > 60) return undefined;
  if (isPhrase(label, words.result)) return "result";
  return isPhrase(label, words.aside) ? "aside" : undefined;
}

/** A short line that ends no sentence and has nothing after its colon. */
function isHeading(folded: string, { line, labelled, leaf, cells }: Row): boolean {
  if (leaf || cells) return false;
  if (labelled && labelled.text.end > labelled.text.start) return false;
  return line.end - line.start <= 48 && !/[.!?。,;]\s*$/.test(folded.slice(line.start, line.end));
}

function withoutTaken(line: Stretch, taken: readonly Stretch[]): Stretch[] {
  const parts: Stretch[] = [];
  let from = line.start;
  for (const { start, end } of taken) {
    if (end <= line.start || start >= line.end) continue;
    if (start > from) parts.push({ start: from, end: start });
    from = Math.max(from, end);
  }
  if (from < line.end) parts.push({ start: from, end: line.end });
  return parts;
}
