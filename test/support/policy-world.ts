import { decide } from "../../src/policy/decide.js";
import type { Attempt, Fact } from "../../src/policy/history.js";
import { LIMITS, type PolicyLimits } from "../../src/policy/limits.js";
import { OUTCOME_KINDS, type OutcomeKind } from "../../src/policy/outcome.js";
import type { Step } from "../../src/policy/step.js";
import { type PhoneTask, type PhoneTaskInput, parsePhoneTask } from "../../src/policy/task.js";

/** Monday 16 March 2026, 10:00 in UTC. */
export const MONDAY_TEN = Date.parse("2026-03-16T10:00:00Z");

export function aTask(input: Partial<PhoneTaskInput> = {}): PhoneTask {
  return parsePhoneTask(
    { id: "task", purpose: "Book a table for four", targets: [{ name: "Roma" }], ...input },
    { now: MONDAY_TEN, newId: () => "task", approval: "none" },
  );
}

/** A policy being lived through: facts in, steps out, time as the steps want it. */
export interface World {
  task: PhoneTask;
  history: readonly Fact[];
  now: number;
  limits: PolicyLimits;
}

export function aWorld(input: Partial<PhoneTaskInput> = {}, limits: PolicyLimits = LIMITS): World {
  return { task: aTask(input), history: [], now: MONDAY_TEN, limits };
}

export function next({ task, history, now, limits }: World): Step {
  return decide(task, history, now, limits);
}

export function after(world: World, ...facts: Fact[]): World {
  return { ...world, history: [...world.history, ...facts] };
}

export function attemptsIn(history: readonly Fact[]): Attempt[] {
  return history.flatMap((fact) => (fact.fact === "reserved" ? [fact.attempt] : []));
}

/** A call takes a minute. */
const CALL_MS = 60_000;

/** How far away a cap makes room again. */
const CAP_MS = 6 * 3_600_000;

/** What can come of the wish to dial: the guard's refusal, or of a submission. */
export type Event =
  | "barred"
  | "cap_reached"
  | "calling_cap"
  | { heard: OutcomeKind; spoken?: boolean; reopensAt?: number; reached?: string }
  | { not: "line_busy" | "service_unavailable" | "insufficient_credits" | "refused" }
  | "submission_unknown"
  | "nothing_heard";

export const EVENTS: readonly Event[] = [
  ...OUTCOME_KINDS.map((heard) => ({ heard })),
  { not: "line_busy" },
  { not: "service_unavailable" },
  { not: "insufficient_credits" },
  { not: "refused" },
  "submission_unknown",
  "nothing_heard",
];

/** The same, and everything that the guard can say instead. */
export const GUARDED_EVENTS: readonly Event[] = [...EVENTS, "barred", "cap_reached", "calling_cap"];

/** Carries out the `reserve` step that the world is at, and lets `event` come of it. */
export function dial(world: World, event: Event): World {
  const step = next(world);
  if (step.do !== "reserve") throw new Error(`The policy wants to ${step.do}, not to dial.`);
  const { target, number, reason } = step;
  const refusal = refused(event, target.key, world.now);
  if (refusal) return after(world, refusal);
  const id = `attempt-${attemptsIn(world.history).length + 1}`;
  const at = world.now;
  const attempt: Attempt = { id, reference: "PR-AAAAAAAA", number, target, reason, briefing: "…" };
  const reserved = after(world, { fact: "reserved", at, attempt });
  return come({ ...reserved, now: at + CALL_MS }, id, event);
}

/** What the guard says in place of an attempt. */
function refused(event: Event, targetKey: string, at: number): Fact | undefined {
  const detail = "";
  if (event === "barred") return { fact: "barred", at, targetKey, detail };
  if (event === "cap_reached") return { fact: "cap_reached", at, detail };
  if (event === "calling_cap")
    return { fact: "postponed", at, reason: "calling_cap", detail, retryAt: at + CAP_MS };
  return undefined;
}

/** Lets `event` come of an attempt that is under way. */
export function come(world: World, attemptId: string, event: Event): World {
  const at = world.now;
  if (event === "submission_unknown") {
    return after(
      world,
      { fact: "submission_unknown", at, attemptId, detail: "reset" },
      { fact: "nothing_heard", at, attemptId, detail: "no trace" },
    );
  }
  const submitted: Fact = { fact: "submitted", at, attemptId };
  if (event === "barred" || event === "cap_reached" || event === "calling_cap") {
    throw new Error(`An attempt that is under way is not ${event}.`);
  }
  if (event === "nothing_heard")
    return after(world, submitted, { fact: "nothing_heard", at, attemptId, detail: "" });
  if ("not" in event)
    return after(world, { fact: "not_submitted", at, attemptId, reason: event.not, detail: "" });
  const { heard: kind, spoken = false, ...rest } = event;
  return after(world, submitted, { fact: "heard", at, attemptId, kind, spoken, ...rest });
}

/** Waits as long as the policy wants to, however often it says so. */
export function waitedOut(world: World): World {
  const step = next(world);
  return step.do === "wait" ? waitedOut({ ...world, now: step.until }) : world;
}

/** Answers the question that the policy asks. */
export function answered(
  world: World,
  choice: Extract<Fact, { fact: "chosen" }>["choice"],
  note?: string,
): World {
  const step = next(world);
  if (!("question" in step)) throw new Error(`The policy wants to ${step.do}, not to ask.`);
  return after(world, {
    fact: "chosen",
    at: world.now,
    questionId: step.question.id,
    choice,
    ...(note !== undefined && { note }),
  });
}
