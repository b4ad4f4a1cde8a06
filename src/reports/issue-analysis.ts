import type { CallReportInput } from "./call-report-input.js";
import type { Tell } from "./telling.js";
import { isUncertain, isVerified } from "./told-result.js";
import { ABSENT, RESULT_WORDING } from "./wording.js";

/** What went wrong, and what may be behind it. */
export interface IssueAnalysis {
  items: readonly string[];
  /** The service's own analysis; otherwise it only follows from how the call ended. */
  statedByPolly: boolean;
}

/** The analysis that the service gave, or else what the outcome itself tells; none for a confirmed success. */
export function analyseIssue(input: CallReportInput, tell: Tell): IssueAnalysis | undefined {
  const { outcome } = input;
  const stated = (outcome?.issueAnalysis ?? []).map(tell).filter((item) => item !== undefined);
  if (stated.length > 0) return { items: stated, statedByPolly: true };
  if (outcome === undefined || isUncertain(input)) return derived([ABSENT.noCallToAnalyse]);
  if (outcome.kind === "achieved")
    return isVerified(outcome) ? undefined : derived([ABSENT.analysisUnconfirmed]);
  return derived(RESULT_WORDING[outcome.kind].analysis ?? [ABSENT.why]);
}

const derived = (items: readonly string[]): IssueAnalysis => ({ items, statedByPolly: false });
