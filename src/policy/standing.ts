import type { Attempt, DialTarget, Fact } from "./history.js";
import type { Choice } from "./question.js";
import type { PhoneTask } from "./task.js";

type Of<F extends Fact["fact"]> = Extract<Fact, { fact: F }>;

/** One submitted or possibly submitted call, and how far it has come. */
export interface Call {
  attempt: Attempt;
  /** When its last fact was recorded. */
  at: number;
  phase: "reserved" | "submitted" | "submission_unknown" | "nothing_heard" | "heard";
  /** Whether it was ever in doubt that the call was placed at all. */
  inDoubt: boolean;
  heard?: Of<"heard">;
  /** How often the service answered with chat instead of a result. */
  chats: number;
  /** What the human chose when asked about this call's present state. */
  chosen?: { choice: Choice; note?: string };
}

/** Why nothing can be submitted for now. */
export interface Postponement {
  reason: "line_busy" | "service_unavailable" | "calling_cap";
  detail: string;
  at: number;
  retryAt?: number;
  /** Which one in a row this is, counting from 1. */
  inARow: number;
}

/** Where a task stands: its history, folded. */
export interface Standing {
  details: Record<string, string>;
  /** Calls that rang or may have rung, in order. */
  calls: readonly Call[];
  /** The call that the next step depends on. */
  last?: Call;
  /** Set if the last try to submit a call came to nothing, for a reason that passes. */
  postponed?: Postponement;
  /** Set if the last try to submit a call failed for lack of credits and the human has not topped up since. */
  outOfCredits?: { detail: string; at: number };
  /** Set once the service refused the task for good. */
  refused?: string;
  /** Set once a cap leaves the task no further call. */
  capReached?: string;
  /** Targets that must not be dialed, by key, and why. */
  barred: ReadonlyMap<string, string>;
  /** How often credits have run out. */
  timesOutOfCredits: number;
  /** The human's answers, by the question's id. */
  answers: ReadonlyMap<string, { choice: Choice; note?: string }>;
}

/** Folds a history. Total: facts about an attempt that was never reserved change nothing. */
export function standing(task: PhoneTask, history: readonly Fact[]): Standing {
  const details: Record<string, string> = { ...task.details };
  const answers = new Map<string, { choice: Choice; note?: string }>();
  let calls: Call[] = [];
  let postponed: Postponement | undefined;
  let outOfCredits: Standing["outOfCredits"];
  let refused: string | undefined;
  let capReached: string | undefined;
  const barred = new Map<string, string>();
  let timesOutOfCredits = 0;

  const withdraw = (id: string) => {
    calls = calls.filter((call) => call.attempt.id !== id);
  };
  /** A call that has moved on is no longer what the human chose about. */
  const move = (id: string, to: (call: Call) => Partial<Call>) => {
    calls = calls.map((call) => {
      if (call.attempt.id !== id) return call;
      const { chosen: _, ...rest } = call;
      return { ...rest, ...to(call) };
    });
  };
  const noCredits = (detail: string, at: number) => {
    timesOutOfCredits += 1;
    outOfCredits = { detail, at };
  };
  const postpone = (reason: Postponement["reason"], detail: string, at: number, retryAt?: number) => {
    const inARow = (postponed?.inARow ?? 0) + 1;
    postponed = { reason, detail, at, inARow, ...(retryAt === undefined ? {} : { retryAt }) };
  };
  const notSubmitted = (fact: Of<"postponed"> | Of<"not_submitted">) => {
    if (fact.reason === "refused") refused = fact.detail;
    else if (fact.reason === "insufficient_credits") noCredits(fact.detail, fact.at);
    else postpone(fact.reason, fact.detail, fact.at, fact.retryAt);
  };

  for (const fact of history) {
    switch (fact.fact) {
      case "details_given":
        Object.assign(details, fact.details);
        break;
      case "reserved":
        calls = [
          ...calls,
          { attempt: fact.attempt, at: fact.at, phase: "reserved", inDoubt: false, chats: 0 },
        ];
        break;
      case "answer_rejected":
        break;
      case "postponed":
        notSubmitted(fact);
        break;
      case "not_submitted":
        withdraw(fact.attemptId);
        notSubmitted(fact);
        break;
      case "barred":
        barred.set(fact.targetKey, fact.detail);
        break;
      case "cap_reached":
        capReached = fact.detail;
        break;
      case "refused_by_service":
        refused = fact.detail;
        break;
      case "submitted":
        postponed = undefined;
        move(fact.attemptId, () => ({ phase: "submitted", at: fact.at }));
        break;
      case "submission_unknown":
        postponed = undefined;
        move(fact.attemptId, () => ({ phase: "submission_unknown", at: fact.at, inDoubt: true }));
        break;
      case "nothing_heard":
        move(fact.attemptId, () => ({ phase: "nothing_heard", at: fact.at }));
        break;
      case "heard":
        if (fact.kind === "line_busy") {
          withdraw(fact.attemptId);
          postpone("line_busy", fact.reason ?? "The line is in use by another call.", fact.at);
        } else if (fact.kind === "insufficient_credits") {
          withdraw(fact.attemptId);
          noCredits(fact.reason ?? "The account has no credits for the call.", fact.at);
        } else {
          move(fact.attemptId, (call) => ({
            phase: "heard",
            at: fact.at,
            heard: fact,
            chats: call.chats + (fact.kind === "chat" ? 1 : 0),
          }));
        }
        break;
      case "chosen": {
        const chosen = { choice: fact.choice, ...(fact.note === undefined ? {} : { note: fact.note }) };
        answers.set(fact.questionId, chosen);
        if (fact.choice === "topped_up") outOfCredits = undefined;
        else calls = calls.map((call, index) => (index === calls.length - 1 ? { ...call, chosen } : call));
        break;
      }
      default:
        fact satisfies never;
    }
  }
  const last = calls.at(-1);
  return {
    details,
    calls,
    timesOutOfCredits,
    answers,
    barred,
    ...(capReached !== undefined && { capReached }),
    ...(last && { last }),
    ...(postponed && { postponed }),
    ...(outOfCredits && { outOfCredits }),
    ...(refused !== undefined && { refused }),
  };
}

/** Attempts used up so far. Taking up a conversation again is not a new attempt. */
export function attemptsUsed(calls: readonly Call[]): number {
  return calls.filter(({ attempt }) => attempt.reason !== "continue").length;
}

/** Calls made to one target so far. */
export function callsTo(calls: readonly Call[], target: DialTarget): readonly Call[] {
  return calls.filter(({ attempt }) => attempt.target.key === target.key);
}
