import { describe, expect, test } from "vitest";
import type { Attempt, AttemptReason, Fact } from "../../src/policy/history.js";
import { LIMITS } from "../../src/policy/limits.js";
import type { OutcomeKind } from "../../src/policy/outcome.js";
import type { Choice } from "../../src/policy/question.js";
import { type Call, standing } from "../../src/policy/standing.js";
import type { Conclusion, Step } from "../../src/policy/step.js";
import type { PhoneTaskInput } from "../../src/policy/task.js";
import {
  after,
  answered,
  attemptsIn,
  aWorld,
  come,
  dial,
  EVENTS,
  type Event,
  GUARDED_EVENTS,
  MONDAY_TEN,
  next,
  type World,
} from "../support/policy-world.js";

/** After these, a target is called again only if the human says so. */
const NEVER_AGAIN_UNASKED: readonly OutcomeKind[] = [
  "achieved",
  "partly_achieved",
  "not_achieved",
  "opted_out",
  "declined",
  "invalid_number",
  "needs_authorization",
  "unknown",
];
/** After these, not even if the human says so: a new task is needed. */
const NEVER_AGAIN: readonly OutcomeKind[] = [
  "achieved",
  "not_achieved",
  "opted_out",
  "declined",
  "invalid_number",
];
const TEMPORARY: readonly OutcomeKind[] = ["busy", "connect_failed", "dropped"];

const HOUR = 3_600_000;

interface Explored {
  runs: number;
  longest: number;
  conclusions: Set<string>;
  steps: Set<Step["do"]>;
  reasons: Set<string>;
}

/**
 * Lives through every run of a task: every event at every dial, every choice at every question. Runs that stand at
 * the same point are followed once.
 */
function explore(start: World, events: readonly Event[]): Explored {
  const seen = new Set<string>();
  const explored: Explored = {
    runs: 0,
    longest: 0,
    conclusions: new Set(),
    steps: new Set(),
    reasons: new Set(),
  };
  const open: World[] = [start];
  for (let world = open.pop(); world; world = open.pop()) {
    const step = next(world);
    expectNoRuleBroken(world, step);
    explored.steps.add(step.do);
    explored.longest = Math.max(explored.longest, world.history.length);
    if (step.do === "report") {
      explored.runs++;
      explored.conclusions.add(step.conclusion);
      continue;
    }
    if (step.do === "reserve") explored.reasons.add(step.reason);
    for (const follower of followers(world, step, events)) {
      const key = essence(follower);
      if (seen.has(key)) continue;
      seen.add(key);
      open.push(follower);
    }
  }
  return explored;
}

function followers(world: World, step: Step, events: readonly Event[]): World[] {
  switch (step.do) {
    case "wait":
      return [{ ...world, now: step.until }];
    case "reserve":
      return events.map((event) => dial(world, event));
    case "listen":
    case "reconcile":
      return [
        come(world, step.attemptId, "nothing_heard"),
        come(world, step.attemptId, { heard: "achieved" }),
      ];
    case "ask": {
      const { details } = step.question;
      const given: Fact = {
        fact: "details_given",
        at: world.now,
        details: Object.fromEntries(details.map((d) => [d, "x"])),
      };
      return [
        details.length > 0 ? after(world, given) : answered(world, "approve", "x"),
        answered(world, "stop"),
      ];
    }
    case "authorize":
    case "topUp":
      return (step.question.options as readonly Choice[]).map((option) => answered(world, option));
    case "report":
      return [];
  }
}

/**
 * What the policy and the rules below can depend on: per target, how often and why it was called and what came of
 * it last; the call under way; the counters. Runs that agree in this have the same future.
 */
function essence({ task, history, now }: World): string {
  const at = standing(task, history);
  const { calls, last, postponed, outOfCredits, refused, timesOutOfCredits, answers, details } = at;
  const byTarget = new Map<string, unknown[]>();
  for (const { attempt, heard } of calls) {
    const { key } = attempt.target;
    const [, times, redials] = byTarget.get(key) ?? [key, 0, 0];
    byTarget.delete(key);
    byTarget.set(key, [
      key,
      Number(times) + 1,
      Number(redials) + Number(attempt.reason === "redial"),
      classOf(heard?.kind),
    ]);
  }
  return JSON.stringify([
    [...byTarget.values()].map((entry) => (isGone(String(entry[0]), last) ? "found and left" : entry)),
    last && [
      last.attempt.reason,
      last.phase,
      last.inDoubt,
      ruleOf(last.heard?.kind),
      last.chosen?.choice,
      last.chats,
    ],
    calls.filter(({ attempt }) => attempt.reason === "continue").length,
    [
      postponed?.reason,
      postponed?.inARow,
      outOfCredits !== undefined,
      refused,
      timesOutOfCredits,
      Object.keys(details),
    ],
    [...answers].filter(([id]) => id.startsWith("first_dial")).map(([, { choice }]) => choice),
    [[...at.barred.keys()].sort(), at.capReached],
    now - (history.at(-1)?.at ?? now),
    // Where there is a deadline the hour counts: waits there are whole hours, and all calls together take less than one.
    task.deadline && Math.floor((now - MONDAY_TEN) / HOUR),
  ]);
}

/** A business that Polly found is not gone back to once another was called. */
function isGone(key: string, last: Call | undefined): boolean {
  return key.startsWith("found-") && key !== last?.attempt.target.key;
}

/** Outcomes that one rule treats alike stand for one another in what follows. */
function ruleOf(kind: OutcomeKind | undefined): string | undefined {
  if (kind !== undefined && TEMPORARY.includes(kind)) return "temporary";
  if (kind !== undefined && kind !== "achieved" && NEVER_AGAIN.includes(kind)) return "switch target";
  return kind === "voicemail" ? "no_answer" : kind;
}

/** The same, once another call has been made since. */
function classOf(kind: OutcomeKind | undefined): string {
  if (kind === undefined) return "in doubt";
  if (NEVER_AGAIN.includes(kind)) return "never again";
  if (kind === "no_answer" || kind === "voicemail") return "another time";
  return "only with the last call in mind";
}

/** The zone whose hours a task keeps, if it keeps any. */
const zoneOf = ({ targets }: World["task"]) => targets[0]?.timeZone;

const clocks = new Map<string | undefined, Intl.DateTimeFormat>();

/** Read off the clock on the wall there, apart from the code under test. */
function localHour(now: number, timeZone: string | undefined): number {
  const clock =
    clocks.get(timeZone) ?? new Intl.DateTimeFormat("en", { timeZone, hour: "2-digit", hourCycle: "h23" });
  clocks.set(timeZone, clock);
  return Number(clock.format(now));
}

/** What a dial must never be, whatever the guard and the humans have said by then. */
function guardsPassed({ task, history, now }: World, targetKey: string): string | undefined {
  const has = (wanted: (fact: Fact) => boolean) => history.some(wanted);
  if (has((fact) => fact.fact === "barred" && fact.targetKey === targetKey)) return "dialed though barred";
  if (has(({ fact }) => fact === "cap_reached")) return "dialed though a cap leaves no call";
  const approved = has(
    (fact) => fact.fact === "chosen" && fact.questionId.startsWith("first_dial") && fact.choice === "approve",
  );
  if (task.approval === "first_dial" && !approved) return "dialed before the human approved";
  if (has((fact) => fact.fact === "chosen" && fact.choice === "stop"))
    return "dialed after the human said stop";
  const hour = zoneOf(task) && localHour(now, zoneOf(task));
  if (typeof hour === "number" && (hour < 8 || hour >= 21)) return `dialed at ${hour} o'clock`;
  const { deadline, notBefore } = task;
  if (deadline !== undefined && now > deadline) return "dialed after the deadline";
  if (notBefore !== undefined && now < notBefore) return "dialed before the human wanted";
  const capped = history.findLast(({ fact }) => fact === "postponed" || fact === "submitted");
  if (capped?.fact === "postponed" && capped.retryAt !== undefined && now < capped.retryAt)
    return "dialed before the cap made room";
  return undefined;
}

function expectNoRuleBroken(world: World, step: Step): void {
  if (step.do !== "reserve") return;
  const { history, limits } = world;
  const attempts = dialed(history);
  const counted = attempts.filter(({ reason }) => reason !== "continue");
  const upcoming = { ...step, key: step.target.key };
  const fail = (rule: string) => {
    throw new Error(`${rule}:\n${JSON.stringify({ upcoming, history }, undefined, 1)}`);
  };
  const guard = guardsPassed(world, upcoming.key);
  if (guard !== undefined) fail(guard);
  if (upcoming.reason !== "continue" && counted.length >= limits.attempts) fail("more attempts than allowed");
  if (attempts.length - counted.length > limits.continuations) fail("more continuations than allowed");
  const redials = attempts.filter((a) => a.reason === "redial" && a.target.key === upcoming.key).length;
  if (upcoming.reason === "redial" && redials >= limits.redialsPerTarget) fail("more redials than allowed");
  const allowed: readonly string[] = ["continue", "human_redial"];
  const kinds = attempts.filter((a) => a.target.key === upcoming.key).map((a) => lastKind(history, a));
  const latest = kinds.at(-1);
  if (latest && NEVER_AGAIN_UNASKED.includes(latest) && !allowed.includes(upcoming.reason)) {
    fail(`called again, unasked, after ${latest}`);
  }
  for (const kind of NEVER_AGAIN) if (kinds.includes(kind)) fail(`called again after ${kind}`);
  const before = attempts.at(-1);
  const kind = before && lastKind(history, before);
  if (kind === "achieved") fail("dialed after the goal was met");
  if (upcoming.reason === "redial" && !(kind && TEMPORARY.includes(kind)))
    fail("redialed without a temporary failure");
  if (before && kind === undefined && upcoming.reason !== "human_redial")
    fail("dialed while a call is in doubt");
  if (
    upcoming.reason === "human_redial" &&
    !history.some((f) => f.fact === "chosen" && f.choice === "redial")
  ) {
    fail("redialed in the name of a human who did not ask for it");
  }
}

/** Attempts that rang or may have rung. */
function dialed(history: readonly Fact[]): Attempt[] {
  const nothingSent = new Set(
    history.flatMap((fact) =>
      fact.fact === "not_submitted" ||
      (fact.fact === "heard" && (fact.kind === "line_busy" || fact.kind === "insufficient_credits"))
        ? [fact.attemptId]
        : [],
    ),
  );
  return attemptsIn(history).filter(({ id }) => !nothingSent.has(id));
}

function lastKind(history: readonly Fact[], { id }: Attempt): OutcomeKind | undefined {
  const heard = history.findLast((fact) => fact.fact === "heard" && fact.attemptId === id);
  return heard?.fact === "heard" ? heard.kind : undefined;
}

/** Small enough to be explored to the end, with every kind of limit within reach. */
const SMALL = { ...LIMITS, continuations: 1, postponements: 1, topUpPrompts: 1, chats: 0 };

const CONCLUSIONS: readonly Conclusion[] = [
  "settled",
  "attempts_exhausted",
  "stopped_by_human",
  "line_never_free",
  "service_unavailable",
  "insufficient_credits",
  "refused_by_service",
  "too_many_questions",
];
const REASONS: readonly AttemptReason[] = ["first", "redial", "reopened", "continue", "human_redial"];

function expectAllReached({ conclusions, reasons }: Explored, more: readonly Conclusion[] = []): void {
  for (const conclusion of [...CONCLUSIONS, ...more]) expect(conclusions).toContain(conclusion);
  for (const reason of REASONS) expect(reasons).toContain(reason);
}

describe("every run of a task", () => {
  const tasks: Record<string, Partial<PhoneTaskInput>> = {
    "to the one business that the human named": { targets: [{ name: "Roma" }] },
    "to either of two businesses": { targets: [{ name: "Roma" }, { name: "Napoli" }] },
    "to whatever business Polly finds": { targets: [] },
  };
  test.each(Object.entries(tasks))(
    "%s ends, and breaks no rule",
    (_, input) => {
      expectAllReached(explore(aWorld(input, SMALL), EVENTS));
    },
    120_000,
  );
});

/** Every wait is six hours, so that the clock on the wall has few places to stand at. */
const SLOW = {
  ...SMALL,
  attempts: 3,
  redialsPerTarget: 1,
  redialBackoffMs: [6 * HOUR],
  anotherTimeMs: [6 * HOUR],
  closedRetryMs: 6 * HOUR,
  postponeMs: [6 * HOUR, 6 * HOUR],
} as const;

describe("every run of a task behind the guard, which may bar a target or hold a cap against it at any dial,", () => {
  const tasks: Record<string, Partial<PhoneTaskInput>> = {
    "to either of two businesses, once a missing detail is there and the call approved": {
      targets: [{ name: "Roma" }, { name: "Napoli" }],
      requiredDetails: ["date"],
      approval: "first_dial",
    },
    "to whatever business Polly finds, within the day": {
      targets: [],
      approval: "first_dial",
      deadline: MONDAY_TEN + 18 * HOUR,
    },
    "to a business in Tokyo that is called by day, from tomorrow on": {
      targets: [{ name: "Sushi Ko", phone: "+81312345678", timeZone: "Asia/Tokyo" }],
      notBefore: MONDAY_TEN + 30 * HOUR,
      deadline: MONDAY_TEN + 24 * 3 * HOUR,
      approval: "first_dial",
    },
  };
  test.each(Object.entries(tasks))(
    "%s ends, and breaks no rule",
    (_, input) => {
      const more: Conclusion[] = ["no_target_left", "cap_reached"];
      if (input.deadline !== undefined) more.push("deadline_passed");
      expectAllReached(explore(aWorld(input, SLOW), GUARDED_EVENTS), more);
    },
    120_000,
  );
});
