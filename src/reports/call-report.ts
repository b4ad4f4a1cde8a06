import type { TranscriptTurn } from "../policy/outcome.js";
import type { AttemptSummary, CallReportInput, ReportedParty, ReportOptions } from "./call-report-input.js";
import { showInstant } from "./instants.js";
import { analyseIssue, type IssueAnalysis } from "./issue-analysis.js";
import { type ReportedCredits, reportCredits } from "./reported-credits.js";
import { telling, tellParty } from "./telling.js";
import { type ReportedResult, tellConclusion, tellResult } from "./told-result.js";
import { webLink } from "./web-link.js";
import { ATTEMPT_WORDING } from "./wording.js";

/** One attempt, in words. */
export interface ReportedAttemptLine {
  number: number;
  of: number;
  when: string;
  target: ReportedParty;
  result: string;
  counted: boolean;
  note?: string;
}

/** How often a phone was made to ring, as far as it is known. */
export interface CallCount {
  /** Those whose outcome is known, conversations taken up again included. */
  made: number;
  /** Handed over, and no result came. */
  unheard: number;
  /** May or may not have been placed. */
  uncertain: number;
}

/**
 * A report on a phone task, of plain values. Every text in it is one line of visible characters. Fields are absent
 * where nothing was stated; the renderings say so.
 */
export interface CallReport extends ReportedCredits {
  direction: "outbound";
  target: ReportedParty;
  purpose: string;
  result: ReportedResult;
  /** What Polly asks the human. */
  question?: string;
  /** Why the task ended. */
  conclusion?: string;
  /** The service's own account. */
  summary?: string;
  transcript: readonly TranscriptTurn[];
  /** What the AI gave away on the call without having been told to, masked where it is sensitive. */
  saidBeyond: readonly string[];
  /** Absent only where the goal was achieved and nothing is stated to have gone wrong. */
  issueAnalysis?: IssueAnalysis;
  attempts: readonly ReportedAttemptLine[];
  calls: CallCount;
  detailUrl?: string;
  recordingUrl?: string;
}

/** Makes the report on a phone task. Pure; never throws on any text. */
export function callReport(input: CallReportInput, options: ReportOptions = {}): CallReport {
  const { outcome, attempts, conclusion } = input;
  const tell = telling(knownNumbers(input), options);
  const question = tell(outcome?.question);
  const summary = tell(outcome?.summary);
  const ending = conclusion && tellConclusion(conclusion, tell);
  const detailUrl = webLink(outcome?.detailUrl);
  const recordingUrl = webLink(outcome?.recordingUrl);
  const issueAnalysis = analyseIssue(input, tell);
  return {
    direction: "outbound",
    target: tellParty(targetOf(input), tell, options),
    purpose: tell(input.purpose) ?? "",
    result: tellResult(input, tell),
    ...(question && { question }),
    ...(ending && { conclusion: ending }),
    ...(summary && { summary }),
    saidBeyond: (input.saidBeyond ?? []).flatMap((what) => tell(what) ?? []),
    transcript: (outcome?.transcript ?? []).map(({ speaker, text }) => ({ speaker, text: tell(text) ?? "" })),
    ...(issueAnalysis && { issueAnalysis }),
    attempts: attempts.map(({ number, of, at, timeZone, target, kind, counted, note }) => {
      const remark = tell(note);
      return {
        number,
        of,
        when: showInstant(at, timeZone),
        target: tellParty(target, tell, options),
        result: ATTEMPT_WORDING[kind],
        counted,
        ...(remark && { note: remark }),
      };
    }),
    calls: countCalls(attempts),
    ...reportCredits({
      used: outcome?.creditsUsed,
      stated: outcome?.creditsRemaining,
      task: input.taskCreditsUsed,
      balance: input.balance,
      refused: outcome?.kind === "insufficient_credits" || conclusion?.code === "insufficient_credits",
    }),
    ...(detailUrl && { detailUrl }),
    ...(recordingUrl && { recordingUrl }),
  };
}

function targetOf({ target, outcome }: CallReportInput): ReportedParty {
  const name = target?.name ?? outcome?.targetName;
  const phone = target?.phone ?? outcome?.targetPhone?.e164 ?? outcome?.targetPhone?.asWritten;
  return { ...(name !== undefined && { name }), ...(phone !== undefined && { phone }) };
}

function knownNumbers({ target, outcome, attempts }: CallReportInput): string[] {
  const stated = [outcome?.targetPhone?.e164, outcome?.targetPhone?.asWritten];
  return [target?.phone, ...stated, ...attempts.map((attempt) => attempt.target.phone)].filter(
    (phone) => phone !== undefined,
  );
}

/** What says that no call took place. */
const NO_CALL: ReadonlySet<AttemptSummary["kind"]> = new Set(["line_busy", "insufficient_credits"]);

function countCalls(attempts: CallReportInput["attempts"]): CallCount {
  const count = { made: 0, unheard: 0, uncertain: 0 };
  for (const { kind } of attempts) {
    if (kind === "submission_unknown") count.uncertain++;
    else if (kind === "nothing_heard") count.unheard++;
    else if (!NO_CALL.has(kind)) count.made++;
  }
  return count;
}
