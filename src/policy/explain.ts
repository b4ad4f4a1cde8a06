import { decide } from "./decide.js";
import type { Fact } from "./history.js";
import { LIMITS, type PolicyLimits } from "./limits.js";
import type { Step } from "./step.js";
import { targetInWords } from "./targets.js";
import type { PhoneTask } from "./task.js";

/** Raised whenever the same history may lead to another decision than before. */
export const POLICY_VERSION = 1;

/** One decision of the policy, and what came of it: a line of the audit. */
export interface AuditRecord {
  /** When it was taken, in milliseconds since the Unix epoch. */
  at: number;
  /** What was decided. */
  decision: Step["do"];
  /** The rule by which it was decided, a stable word. */
  rule: string;
  policyVersion: number;
  /** A sentence for the human. */
  because: string;
  /** The attempt that it is about, if one is. */
  attemptId?: string;
  /** What the decision rested on: how many facts were known, and the last of them. */
  basedOn: { facts: number; last?: Fact["fact"] };
  /** What came of it. */
  outcome?: Fact["fact"];
  /** What the human chose, where a human was asked. */
  humanChose?: string;
}

/**
 * The story of a task in order, one record per decision. Since the policy is deterministic, the record is the history
 * itself, decided anew fact by fact: nothing can be left out of it or added to it afterwards.
 * @param limits those that the task was run with, if they were lowered.
 */
export function explain(
  task: PhoneTask,
  history: readonly Fact[],
  limits: PolicyLimits = LIMITS,
): readonly AuditRecord[] {
  const records = history.flatMap((fact, index) => {
    // Facts of an attempt under way follow from its submission, not from a decision.
    if (!DECIDED.has(fact.fact)) return [];
    return [record(task, history.slice(0, index), fact, limits)];
  });
  const last = history.at(-1);
  return last ? [...records, record(task, history, undefined, limits, last.at)] : records;
}

/** The same as text, a line a decision. */
export function explainInWords(
  task: PhoneTask,
  history: readonly Fact[],
  limits: PolicyLimits = LIMITS,
): string {
  return explain(task, history, limits)
    .map(({ at, rule, because, humanChose }) => {
      const chosen = humanChose === undefined ? "" : ` You chose: ${humanChose}.`;
      return `${new Date(at).toISOString()} [${rule}] ${because}${chosen}`;
    })
    .join("\n");
}

/** Facts that come right after a decision. */
const DECIDED: ReadonlySet<Fact["fact"]> = new Set([
  "reserved",
  "details_given",
  "chosen",
  "answer_rejected",
  "postponed",
  "barred",
  "cap_reached",
  "refused_by_service",
]);

function record(
  task: PhoneTask,
  known: readonly Fact[],
  came: Fact | undefined,
  limits: PolicyLimits,
  at: number = came?.at ?? 0,
): AuditRecord {
  const step = decide(task, known, at, limits);
  const last = known.at(-1)?.fact;
  return {
    at,
    decision: step.do,
    rule: ruleOf(step),
    policyVersion: POLICY_VERSION,
    because: because(step),
    basedOn: { facts: known.length, ...(last && { last }) },
    ...(came && { outcome: came.fact }),
    ...(came?.fact === "reserved" && { attemptId: came.attempt.id }),
    ...("attemptId" in step && { attemptId: step.attemptId }),
    ...(came?.fact === "chosen" && {
      humanChose: came.note === undefined ? came.choice : `${came.choice} (${came.note})`,
    }),
  };
}

function ruleOf(step: Step): string {
  switch (step.do) {
    case "reserve":
      return step.reason;
    case "wait":
      return step.reason;
    case "report":
      return step.conclusion;
    case "authorize":
      return step.question.matter;
    case "ask":
      return "missing_information";
    case "topUp":
      return "insufficient_credits";
    case "listen":
    case "reconcile":
      return step.do;
  }
}

function because(step: Step): string {
  switch (step.do) {
    case "ask":
    case "authorize":
    case "topUp":
      return `${step.question.text} ${step.question.why}`;
    case "reserve":
      return `${step.why} Attempt ${step.number} of ${step.of}: ${targetInWords(step.target)}.`;
    case "wait":
      return `${step.why} Waiting until ${new Date(step.until).toISOString()}.`;
    default:
      return step.why;
  }
}
