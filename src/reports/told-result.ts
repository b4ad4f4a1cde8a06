import type { Evidence, Outcome, OutcomeKind } from "../policy/outcome.js";
import type { CallReportInput, Conclusion } from "./call-report-input.js";
import { oneLine } from "./foreign-text.js";
import type { Tell } from "./telling.js";
import {
  ABSENT,
  CONCLUSION_WORDING,
  NO_OUTCOME_WORDING,
  phrase,
  RESULT_WORDING,
  type ResultSymbol,
} from "./wording.js";

/** Words of a message that the result rests on, and whose they are. */
export interface Quote {
  saidBy: Evidence["saidBy"];
  words: string;
}

/** What came of the task, as far as it is established. */
export interface ReportedResult {
  /** The deciding outcome; `none` where no outcome decided it. */
  kind: OutcomeKind | "none";
  symbol: ResultSymbol;
  text: string;
  reason?: string;
  /** Whether words of the callee in the transcript support it. */
  verified: boolean;
  quotes: readonly Quote[];
}

/** A quote is to be checked at a glance; the transcript has all of it. In UTF-16 code units. */
const LONGEST_QUOTE = 500;

/** What came of the task. An uncertain last call outweighs the outcome of an earlier one. */
export function tellResult(input: CallReportInput, tell: Tell): ReportedResult {
  const { outcome } = input;
  if (outcome === undefined || isUncertain(input)) return withoutOutcome(input, tell);
  const wording = RESULT_WORDING[outcome.kind];
  const verified = isVerified(outcome);
  const symbol = outcome.kind === "achieved" && !verified ? "⚠️" : wording.symbol;
  const reason = reasonOf(outcome, tell) ?? wording.reason;
  return {
    kind: outcome.kind,
    symbol,
    text: verified ? wording.verified : wording.unverified,
    ...(reason && { reason }),
    verified,
    quotes: quotesOf(outcome, tell),
  };
}

/** Why the task ended, with what was added to it. */
export function tellConclusion({ code, detail }: Conclusion, tell: Tell): string {
  return [CONCLUSION_WORDING[code], tell(detail)].filter(Boolean).join(" ");
}

/** Whether it never became certain what came of the last call. */
export function isUncertain({ conclusion }: CallReportInput): boolean {
  return conclusion?.code === "submission_unknown" || conclusion?.code === "nothing_heard";
}

/** Only words of the callee verify a result, so an outcome that shows none is not taken at its word. */
export function isVerified(outcome: Outcome): boolean {
  return (
    outcome.verified &&
    outcome.evidence.some(({ saidBy, quote }) => saidBy === "callee" && quote.trim() !== "")
  );
}

function reasonOf(outcome: Outcome, tell: Tell): string | undefined {
  switch (outcome.kind) {
    case "unknown":
      return tell(outcome.reason) ?? ABSENT.why;
    case "achieved":
      return isVerified(outcome) ? ABSENT.confirmed : ABSENT.unconfirmed;
    case "not_achieved":
      return tell(outcome.issueAnalysis?.[0]) ?? (isVerified(outcome) ? ABSENT.theirWords : ABSENT.why);
    case "closed": {
      const when = tell(outcome.reopens?.asWritten);
      return when && `${RESULT_WORDING.closed.reason} ${phrase.reopening(when)}`;
    }
    default:
      return undefined;
  }
}

function quotesOf({ evidence }: Outcome, tell: Tell): ReportedResult["quotes"] {
  const quotes = new Map<string, ReportedResult["quotes"][number]>();
  for (const { quote, saidBy } of evidence) {
    const all = tell(quote) ?? "";
    const words = all.length > LONGEST_QUOTE ? `${oneLine(all.slice(0, LONGEST_QUOTE))}…` : all;
    if (words) quotes.set(`${saidBy} ${words}`, { saidBy, words });
  }
  return [...quotes.values()];
}

function withoutOutcome({ conclusion, attempts }: CallReportInput, tell: Tell): ReportedResult {
  const last = attempts.at(-1)?.kind;
  const uncertain = conclusion?.code === "submission_unknown" || last === "submission_unknown";
  const unheard = conclusion?.code === "nothing_heard" || last === "nothing_heard";
  const refused = conclusion?.code === "cap_reached" || conclusion?.code === "refused_by_service";
  const never = attempts.length === 0;
  const text = uncertain
    ? NO_OUTCOME_WORDING.notCertain
    : unheard
      ? NO_OUTCOME_WORDING.notHeard
      : never
        ? NO_OUTCOME_WORDING[refused ? "refused" : "noCall"]
        : NO_OUTCOME_WORDING.noneRead;
  const reason = conclusion && tellConclusion(conclusion, tell);
  const symbol = never && !uncertain && !unheard ? "❌" : "⚠️";
  return { kind: "none", symbol, text, ...(reason && { reason }), verified: false, quotes: [] };
}
