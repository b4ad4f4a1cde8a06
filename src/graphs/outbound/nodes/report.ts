import { calleeZone } from "../../../policy/callee-zone.js";
import { type Call, standing } from "../../../policy/standing.js";
import type { PhoneTask } from "../../../policy/task.js";
import { callReport } from "../../../reports/call-report.js";
import type { AttemptSummary, CreditBalance, ReportedParty } from "../../../reports/call-report-input.js";
import type { OutboundParts } from "../deps.js";
import { type OutboundStateValue, resultsOf } from "../state.js";

/** Ends the task with what is known: the deciding outcome, every attempt, the credits. */
export const report = (parts: OutboundParts) => async (state: OutboundStateValue) => {
  const { task, history, step } = state;
  if (step.do !== "report") throw new Error(`A step to ${step.do} reports nothing.`);
  const { calls, last } = standing(task, history);
  const outcome = last && resultsOf(state, last.attempt.id).findLast((result) => result.outcome)?.outcome;
  const balance = await balanceNow(parts);
  const { conclusion, why } = step;
  return {
    callReport: callReport({
      purpose: task.purpose,
      ...(outcome && { outcome }),
      ...(last && { target: party(last) }),
      attempts: calls.map((call) => summary(call, task, parts.limits.attempts)),
      saidBeyond: calls.flatMap(({ heard }) => heard?.saidBeyond ?? []),
      ...(balance && { balance }),
      ...(conclusion !== "settled" && { conclusion: { code: conclusion, detail: why } }),
    }),
  };
};

function party({ attempt, heard }: Call): ReportedParty {
  const { name = heard?.reached, phone = heard?.reachedNumber } = attempt.target;
  return { ...(name !== undefined && { name }), ...(phone !== undefined && { phone }) };
}

function summary(call: Call, task: PhoneTask, of: number): AttemptSummary {
  const { attempt, at, phase, heard } = call;
  const timeZone = calleeZone(task, attempt.target);
  return {
    number: attempt.number,
    of,
    at,
    ...(timeZone !== undefined && { timeZone }),
    target: party(call),
    kind:
      heard?.kind ??
      (phase === "submitted" || phase === "nothing_heard" ? "nothing_heard" : "submission_unknown"),
    counted: attempt.reason !== "continue",
    ...(attempt.reason === "continue" && { note: "the conversation was taken up again" }),
  };
}

/** The report is due whether or not the account can be asked. */
async function balanceNow({ client }: OutboundParts): Promise<CreditBalance | undefined> {
  try {
    return await client.balance();
  } catch {
    return undefined;
  }
}
