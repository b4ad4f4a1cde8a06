import type { Fact } from "../policy/history.js";
import type { Outcome } from "../policy/outcome.js";
import type { CallReport } from "../reports/call-report.js";
import type { CallDetails, OutgoingEntry } from "./call-record.js";
import { shortLine } from "./short-line.js";

/** A finished phone task, as `runPhoneTask` returns it. */
export interface FinishedTask {
  status: "finished";
  taskId: string;
  history: readonly Fact[];
  report: Pick<CallReport, "purpose">;
  /** The outcome of the deciding, which is the last, call. */
  outcome?: Outcome;
  /** What came back for each attempt, in order. Without it, only the last call has a transcript. */
  results?: readonly { attemptId: string; message: string; outcome?: Outcome }[];
}

type Reserved = Extract<Fact, { fact: "reserved" }>;

/** One record for each call of the task that was placed or may have been. */
export function recordsOf(task: FinishedTask): { entry: OutgoingEntry; details: CallDetails }[] {
  const placed = task.history.filter(
    (fact): fact is Reserved => fact.fact === "reserved" && !wasWithdrawn(task.history, fact.attempt.id),
  );
  return placed.map((reserved, index) => recordOf(task, reserved, index === placed.length - 1));
}

/** Nothing was submitted for it, or what came back says that no call was placed. */
function wasWithdrawn(history: readonly Fact[], attemptId: string): boolean {
  return history.some(
    (fact) =>
      (fact.fact === "not_submitted" && fact.attemptId === attemptId) ||
      (fact.fact === "heard" &&
        fact.attemptId === attemptId &&
        (fact.kind === "line_busy" || fact.kind === "insufficient_credits")),
  );
}

function recordOf(task: FinishedTask, { attempt, at }: Reserved, isLast: boolean) {
  const results = task.results?.filter(({ attemptId }) => attemptId === attempt.id) ?? [];
  const outcome =
    results.findLast((result) => result.outcome)?.outcome ?? (isLast ? task.outcome : undefined);
  const heard = task.history.findLast((fact) => fact.fact === "heard" && fact.attemptId === attempt.id);
  const heardKind = heard?.fact === "heard" ? heard.kind : undefined;
  const submitted = task.history.some((fact) => fact.fact === "submitted" && fact.attemptId === attempt.id);
  const { name = outcome?.targetName, phone = outcome?.targetPhone?.e164 } = attempt.target;
  const { creditsUsed, detailUrl, recordingUrl, summary } = outcome ?? {};
  const entry: OutgoingEntry = {
    direction: "outgoing",
    id: attempt.id,
    at,
    ...(phone !== undefined && { phone }),
    ...(name !== undefined && { name }),
    subject: shortLine(task.report.purpose),
    outcome: heardKind ?? (submitted ? "nothing_heard" : "submission_unknown"),
    verified: outcome?.verified ?? false,
    taskId: task.taskId,
    attempt: attempt.number,
    ...(creditsUsed !== undefined && { creditsUsed }),
    ...(detailUrl !== undefined && { detailUrl }),
    ...(recordingUrl !== undefined && { recordingUrl }),
  };
  const details: CallDetails = {
    transcript: outcome?.transcript ?? [],
    ...(summary !== undefined && { summary }),
    purpose: task.report.purpose,
    received: results.map(({ message }) => message),
  };
  return { entry, details };
}
