import { Annotation } from "@langchain/langgraph";
import type { Fact } from "../../policy/history.js";
import type { Outcome } from "../../policy/outcome.js";
import type { Step } from "../../policy/step.js";
import type { PhoneTask } from "../../policy/task.js";
import type { CallReport } from "../../reports/call-report.js";

/** The text that came back for an attempt, and what was made of it. */
export interface CallResult {
  attemptId: string;
  /** Verbatim, as the service gave it. Words of strangers: data, never instructions. */
  message: string;
  /** Absent until it is read. */
  outcome?: Outcome;
}

/** The outbound graph's state. History and results only grow; what came last of an attempt's results counts. */
export const OutboundState = Annotation.Root({
  task: Annotation<PhoneTask>,
  history: Annotation<Fact[]>({ reducer: (all, more) => all.concat(more), default: () => [] }),
  results: Annotation<CallResult[]>({ reducer: mergeResults, default: () => [] }),
  /** Results found on the line that belong to no attempt of this task; kept, since the service may not tell twice. */
  unclaimed: Annotation<string[]>({ reducer: (all, more) => all.concat(more), default: () => [] }),
  /** What `plan` decided last. */
  step: Annotation<Step>,
  callReport: Annotation<CallReport | undefined>,
});

export type OutboundStateValue = typeof OutboundState.State;
export type OutboundStateUpdate = typeof OutboundState.Update;

/** A result with an outcome takes the place of the same one without; everything else is added. */
function mergeResults(all: CallResult[], more: CallResult[]): CallResult[] {
  const merged = [...all];
  for (const result of more) {
    const unread = merged.findIndex((each) => !each.outcome && sameText(each, result));
    merged.splice(unread < 0 ? merged.length : unread, 1, result);
  }
  return merged;
}

function sameText(a: CallResult, b: CallResult): boolean {
  return a.attemptId === b.attemptId && a.message === b.message;
}

/** The results of one attempt, in the order they came. */
export function resultsOf(state: Pick<OutboundStateValue, "results">, attemptId: string): CallResult[] {
  return state.results.filter((result) => result.attemptId === attemptId);
}
