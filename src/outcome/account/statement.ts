import type { Cue } from "../cues/cue-index.js";
import type { CueName } from "../languages/language.js";
import type { ReadyLanguage } from "../languages/registry.js";
import { type Stretch, sentencesOf } from "../text/stretch.js";
import { codesIn } from "./codes.js";

/** A sentence with the cues heard in it. */
export interface Statement extends Stretch {
  cues: readonly Cue<CueName>[];
  question: boolean;
  /** Quoted words of the whole passage. */
  quotes: readonly Stretch[];
  /** The folded label that it is the value of. */
  label?: string;
  /** Stands under a label or heading of the result. */
  isResult: boolean;
  /** Speaks of an amount of credits. */
  isBilling: boolean;
}

/** A cue that counts: not asked, not supposed, not quoted. */
export interface HeardCue extends Cue<CueName> {
  /** Of an earlier attempt or an earlier day. */
  past: boolean;
  isResult: boolean;
  statement: Statement;
}

const ABOUT_THE_MATTER: ReadonlySet<CueName> = new Set<CueName>([
  "booked",
  "cancelled",
  "moved",
  "granted",
  "told",
  "answered",
  "done",
  "agrees",
  "changed",
]);
const ABOUT_NO_CALL: ReadonlySet<CueName> = new Set<CueName>(["starting", "greeting", "capability"]);
const ABOUT_THE_CALL: ReadonlySet<CueName> = new Set<CueName>([
  "noAnswer",
  "busy",
  "voicemail",
  "connectFailed",
  "dropped",
  "invalidNumber",
  "closed",
  "declined",
  "optedOut",
  "reached",
]);
const SUPPOSED_WITHIN = 32;
const PAST_WITHIN = 44;
const NEAR_AMOUNT = 20;

/** Splits a stretch into its sentences and hears each in every language at hand. */
export function statementsOf(
  folded: string,
  stretch: Stretch,
  languages: readonly ReadyLanguage[],
  place: { label?: string; isResult: boolean },
): Statement[] {
  const units = unitsOf(languages);
  const quotes = quotedIn(folded, stretch);
  const statements: Statement[] = [];
  for (const { start, end } of sentencesOf(folded, stretch)) {
    const cues = languages.flatMap(({ cues: index }) => index.find(folded, start, end));
    const codes = codesIn(folded, start, end);
    // A code says it more exactly than "call failed" beside it.
    const said =
      codes.length > 0
        ? [
            ...cues.filter(
              ({ name }) => name !== "connectFailed" || codes.some((code) => code.name === name),
            ),
            ...codes,
          ]
        : cues;
    if (languages.length > 1 || codes.length > 0) said.sort((a, b) => a.start - b.start);
    const isBilling = billedIn(folded, { start, end }, units).length > 0;
    statements.push({
      start,
      end,
      cues: said,
      question: isQuestion(folded, start, end),
      isBilling,
      quotes,
      ...place,
    });
  }
  return statements;
}

function isQuestion(folded: string, start: number, end: number): boolean {
  const tail = folded.slice(Math.max(start, end - 6), end).trimEnd();
  return tail.includes("?") || /(?:か|吗|呢|까요)[。!」]*$/.test(tail);
}

/** The cues of a statement that count. */
export function liveCues(
  folded: string,
  statement: Statement,
  languages: readonly ReadyLanguage[],
): HeardCue[] {
  const { cues } = statement;
  const { quotes } = statement;
  const billed = statement.isBilling ? billedIn(folded, statement, unitsOf(languages)) : [];
  const live: HeardCue[] = [];
  for (const cue of cues) {
    const matter = ABOUT_THE_MATTER.has(cue.name);
    const call = ABOUT_THE_CALL.has(cue.name);
    if ((matter || call) && statement.question) continue;
    if (
      (matter || call || cue.name === "pending") &&
      billed.some((at) => cue.start < at + NEAR_AMOUNT && cue.end > at - NEAR_AMOUNT)
    )
      continue;
    if (
      (matter || cue.name === "pending" || ABOUT_NO_CALL.has(cue.name)) &&
      quotes.some(({ start, end }) => cue.start >= start && cue.end <= end)
    )
      continue;
    if ((matter || call) && isSupposed(folded, cue, cues)) continue;
    if (
      cue.name === "reached" &&
      cues.some(
        ({ name, start, end }) =>
          start < cue.end + (name === "voicemail" ? 14 : 0) &&
          end > cue.start - (name === "voicemail" ? 3 : 0) &&
          (name === "noAnswer" || name === "voicemail"),
      )
    )
      continue;
    if (
      (DENIABLE.has(cue.name) || RETRACTABLE.has(cue.name)) &&
      isDenied(folded, statement, cue, languages)
    ) {
      // "not reserved", however far apart: the opposite was said.
      if (DENIABLE.has(cue.name))
        live.push({ ...cue, name: "undone", past: false, isResult: statement.isResult, statement });
      continue;
    }
    live.push({ ...cue, past: isPast(cue, cues), isResult: statement.isResult, statement });
  }
  return live;
}

/** Achievements that become failures when denied. */
const DENIABLE: ReadonlySet<CueName> = new Set<CueName>([
  "booked",
  "cancelled",
  "moved",
  "granted",
  "told",
  "done",
]);
/** Cues whose words may stand apart, with a denial between them. */
const WIDE: ReadonlySet<CueName> = new Set<CueName>(["booked", "granted", "told", "moved"]);
const RETRACTABLE: ReadonlySet<CueName> = new Set<CueName>([
  "voicemail",
  "reached",
  "needsDecision",
  "pending",
]);
const CLAUSE_END = /[,;:!?。|\n(]|(?<!\d)\.|\b(?:and|but|und|aber|sondern|pero|mais|et|y)\b/;

/** Whether a word of denial stands near the cue in its clause. */
function isDenied(
  folded: string,
  statement: Statement,
  cue: Cue<CueName>,
  languages: readonly ReadyLanguage[],
): boolean {
  const own = WIDE.has(cue.name) && cue.end - cue.start > 6 ? folded.slice(cue.start, cue.end) : "";
  return languages.some(({ data: { negation }, negated }) => {
    if (own !== "" && negated.test(own)) return true;
    const before = folded.slice(Math.max(statement.start, cue.start - negation.before), cue.start);
    if (negation.before > 0 && negated.test(lastPart(before))) return true;
    if (negation.after === 0) return false;
    const after = folded.slice(cue.end, Math.min(statement.end, cue.end + negation.after));
    return negated.test(after.split(CLAUSE_END, 1)[0] ?? "");
  });
}

function lastPart(text: string): string {
  const parts = text.split(CLAUSE_END);
  return parts[parts.length - 1] ?? "";
}

function isSupposed(folded: string, cue: Cue<CueName>, cues: readonly Cue<CueName>[]): boolean {
  for (const other of cues) {
    if (other.name !== "hypothetical") continue;
    if (folded.charCodeAt(other.start) > 0x3040 && folded.charCodeAt(other.start) < 0x3100) {
      // Japanese supposes after the verb.
      if (other.start >= cue.end - 1 && other.start - cue.end < 8) return true;
      continue;
    }
    if (other.start > cue.start || cue.start - other.end > SUPPOSED_WITHIN || other.end > cue.end) continue;
    const between = folded.slice(other.end, cue.start);
    if (!/[,;:()。]|\b(?:and|but)\b/.test(between)) return true;
  }
  return false;
}

function isPast(cue: Cue<CueName>, cues: readonly Cue<CueName>[]): boolean {
  return cues.some(
    (other) =>
      other.name === "history" &&
      (other.end <= cue.start ? cue.start - other.end < PAST_WITHIN : other.start - cue.end < PAST_WITHIN),
  );
}

function unitsOf(languages: readonly ReadyLanguage[]): string[] {
  return languages.flatMap(({ data }) =>
    data.credits.unit.filter((unit) => unit.length > 3 || (unit.length > 1 && unit.charCodeAt(0) > 0x3000)),
  );
}

/** Where an amount of credits stands: what is said right beside it is about the bill. */
function billedIn(folded: string, { start, end }: Stretch, units: readonly string[]): number[] {
  const text = folded.slice(start, end);
  if (units.length === 0 || !/\d/.test(text)) return [];
  const places: number[] = [];
  for (const unit of units) {
    const at = text.indexOf(unit);
    if (
      (at !== -1 && /\d\D{0,14}$|^\D{0,14}\d/.test(`${text.slice(Math.max(0, at - 22), at)}`)) ||
      (at !== -1 && /^\D{0,16}\d/.test(text.slice(at + unit.length, at + unit.length + 20)))
    )
      places.push(start + at);
  }
  return places;
}

const QUOTES: Readonly<Record<string, string>> = {
  "“": "”",
  "„": "“",
  "«": "»",
  "»": "«",
  "「": "」",
  "『": "』",
  '"': '"',
};

function quotedIn(folded: string, { start, end }: Stretch): Stretch[] {
  const quotes: Stretch[] = [];
  for (let at = start; at < end; at++) {
    const closing = QUOTES[folded.charAt(at)];
    if (!closing) continue;
    const close = folded.indexOf(closing, at + 1);
    const to = close === -1 || close > end ? end : close;
    quotes.push({ start: at, end: to });
    at = to;
  }
  return quotes;
}
