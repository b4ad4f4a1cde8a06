import type { OutcomeDetails, OutcomeKind, TranscriptTurn } from "../policy/outcome.js";
import { readAttempts } from "./account/attempts.js";
import { readCredits } from "./fields/credits.js";
import { readLinks } from "./fields/links.js";
import { readReopening } from "./fields/reopening.js";
import { readAccountOfFailure, readSummary } from "./fields/summary.js";
import { readTargetName, readTargetPhone } from "./fields/target.js";
import type { Reading } from "./reading.js";
import { BLANK, type Stretch, trimStretch } from "./text/stretch.js";

/** What a message says besides how the call ended. */
export function readDetails(reading: Reading, kind: OutcomeKind): OutcomeDetails {
  const { message, folded, call, rows, transcript, service, languages } = reading;
  const spoken = within(transcript.turns);
  const details: OutcomeDetails = {
    ...readLinks(message, spoken),
    ...readCredits(folded, rows, service, languages),
  };
  const name = readTargetName(message, folded, call);
  if (name !== undefined) details.targetName = name;
  const phone = readTargetPhone(message, call, spoken);
  if (phone) details.targetPhone = phone;
  const turns = transcript.turns.flatMap(({ speaker, text }): TranscriptTurn[] =>
    speaker ? [{ speaker, text }] : [],
  );
  if (turns.length > 0) details.transcript = turns;
  const summary = readSummary(reading);
  if (summary !== undefined) details.summary = summary;
  const analysis = readAccountOfFailure(reading);
  if (analysis.length > 0) details.issueAnalysis = analysis;
  if (kind === "closed") {
    const reopens = readReopening(message, folded, closedPlaces(reading), languages, call);
    if (reopens) details.reopens = reopens;
  }
  const question = questionOf(reading);
  if (question !== undefined) details.question = question;
  const attempts = readAttempts(reading);
  if (attempts.length > 1) details.attempts = attempts;
  return details;
}

const MOST_PLACES = 400;

/** Tells quickly whether a place lies in one of the stretches, which do not overlap. */
function within(stretches: readonly Stretch[]): (place: number) => boolean {
  const sorted = [...stretches].sort((a, b) => a.start - b.start);
  return (place) => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle]?.start ?? 0) <= place) low = middle + 1;
      else high = middle;
    }
    const before = sorted[low - 1];
    return before !== undefined && place < before.end;
  };
}

/** Where a reopening may stand: the callee's words, then the service's. */
function closedPlaces({ transcript, statements }: Reading): Stretch[] {
  const callee = transcript.turns.filter(({ speaker }) => speaker === "callee");
  return [...callee.reverse(), ...statements].slice(0, MOST_PLACES);
}

const QUESTION_LABEL =
  /question|decision for you|frage|pregunta|质问|問題|问题|質問|ご質問|确认|ask\b|needs? from you/;
const QUESTION_EDGE = /[\s*_`>👉❓❔]/u;

function questionOf({ message, folded, account, rows }: Reading): string | undefined {
  if (!account.question) return undefined;
  const { start: from, end: to } = account.question;
  // The label before a question is not part of it.
  const row = rows.find(
    ({ line, labelled }) => labelled && line.start <= from && line.end >= to && labelled.text.start < to,
  );
  const label = row?.labelled
    ? folded.slice(row.labelled.label.start, row.labelled.label.end)
    : (account.question.label ?? "");
  if (row?.labelled && QUESTION_LABEL.test(label))
    return message.slice(row.labelled.text.start, row.labelled.text.end);
  const leaf = rows.find((each) => each.leaf && each.line.start <= from && each.line.end >= to)?.leaf;
  if (leaf && QUESTION_LABEL.test(label)) return leaf.value;
  const place = trimStretch(
    message,
    { start: Math.max(from, row?.labelled?.text.start ?? from), end: to },
    BLANK,
  );
  const { start, end } = trimStretch(message, place, QUESTION_EDGE);
  return end > start ? message.slice(start, end).replace(/[.。]$/, "") : undefined;
}
