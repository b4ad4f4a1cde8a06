import { describe, expect, test } from "vitest";
import { LIMITS } from "../../src/policy/limits.js";
import {
  after,
  answered,
  aWorld,
  dial,
  MONDAY_TEN,
  next,
  type World,
  waitedOut,
} from "../support/policy-world.js";

const MINUTE = 60_000;

/** Dials as long as the policy wants to, and lets the same come of each dial. */
function dialedOut(world: World, heard: "busy" | "no_answer"): World {
  const ready = waitedOut(world);
  return next(ready).do === "reserve" ? dialedOut(dial(ready, { heard }), heard) : ready;
}

describe("missing core information", () => {
  const world = aWorld({ requiredDetails: ["date", "party size"], details: { date: "Friday" } });

  test("given a detail that is missing, the human is asked and nothing is dialed", () => {
    expect(next(world)).toMatchObject({
      do: "ask",
      question: { kind: "information", details: ["party size"] },
    });
  });

  test("given the answer, the first attempt is made", () => {
    const told = after(world, { fact: "details_given", at: world.now, details: { "party size": "4" } });
    expect(next(told)).toMatchObject({ do: "reserve", number: 1, of: 5, reason: "first" });
  });

  test("when Polly asks for a detail, the conversation goes on with the answer, as the same attempt", () => {
    const asked = dial(aWorld(), { heard: "needs_information" });
    expect(next(asked).do).toBe("ask");
    expect(next(answered(asked, "approve", "Okonjo"))).toMatchObject({
      do: "reserve",
      number: 1,
      reason: "continue",
    });
  });
});

describe("temporary failure to connect", () => {
  test.each(["busy", "connect_failed", "dropped"] as const)(
    "when it is %s, the same target is redialed after a pause",
    (heard) => {
      const busy = dial(aWorld(), { heard });
      expect(next(busy)).toMatchObject({
        do: "wait",
        reason: "redial_backoff",
        until: busy.now + 2 * MINUTE,
      });
      expect(next(waitedOut(busy))).toMatchObject({ do: "reserve", number: 2, reason: "redial" });
    },
  );

  test("given three redials of the only target, the human is told", () => {
    const end = dialedOut(aWorld(), "busy");
    expect(next(end)).toMatchObject({ do: "report", conclusion: "no_target_left" });
    expect(end.history.filter(({ fact }) => fact === "reserved")).toHaveLength(1 + LIMITS.redialsPerTarget);
  });

  test("given three redials and another target, that one is tried", () => {
    const end = dialedOut(aWorld({ targets: [{ name: "Roma" }, { name: "Napoli" }] }), "busy");
    expect(end.history.findLast(({ fact }) => fact === "reserved")).toMatchObject({
      attempt: { target: { name: "Napoli" }, reason: "switch_target" },
    });
    expect(next(end)).toMatchObject({ do: "report", conclusion: "attempts_exhausted" });
  });
});

describe("a call that was cut off", () => {
  test("while they were talking is not redialed unasked: they may have agreed already", () => {
    const cut = dial(aWorld(), { heard: "dropped", spoken: true });
    expect(next(cut)).toMatchObject({ do: "authorize", question: { options: ["redial", "stop"] } });
    expect(next(answered(cut, "redial"))).toMatchObject({ do: "reserve", reason: "human_redial" });
  });
});

describe("number unreachable", () => {
  test.each(["no_answer", "voicemail"] as const)(
    "when there is %s, another target is tried at once",
    (heard) => {
      const unreached = dial(aWorld({ targets: [{ name: "Roma" }, { name: "Napoli" }] }), { heard });
      expect(next(unreached)).toMatchObject({
        do: "reserve",
        target: { name: "Napoli" },
        reason: "switch_target",
      });
    },
  );

  test("given no other target, the same one is tried at another time, five attempts in all, then the human is told", () => {
    const once = dial(aWorld(), { heard: "no_answer" });
    expect(next(once)).toMatchObject({ do: "wait", reason: "another_time" });
    const end = dialedOut(once, "no_answer");
    expect(end.history.filter(({ fact }) => fact === "reserved")).toHaveLength(LIMITS.attempts);
    expect(next(end)).toMatchObject({ do: "report", conclusion: "attempts_exhausted" });
  });
});

describe("outside business hours", () => {
  test("when they are closed until six, the call is made at six", () => {
    const six = MONDAY_TEN + 8 * 60 * MINUTE;
    const closed = dial(aWorld(), { heard: "closed", reopensAt: six });
    expect(next(closed)).toMatchObject({ do: "wait", reason: "closed", until: six });
    expect(next(waitedOut(closed))).toMatchObject({ do: "reserve", number: 2, reason: "reopened" });
  });

  test("given that the callee sleeps, the call waits for their morning", () => {
    const tokyo = aWorld({ targets: [{ name: "Yuzuki", phone: "+81 3-5844-6369" }] });
    const night = { ...tokyo, now: Date.parse("2026-03-16T15:30:00Z") };
    expect(next(night)).toMatchObject({
      do: "wait",
      reason: "calling_hours",
      until: Date.parse("2026-03-16T23:00:00Z"),
    });
  });

  test("given weekly opening hours, the call waits for them", () => {
    const hours = { mon: [["17:00", "22:00"]] as [string, string][] };
    const early = aWorld({ targets: [{ name: "Roma", timeZone: "Europe/Rome", openingHours: hours }] });
    expect(next(early)).toMatchObject({ do: "wait", until: Date.parse("2026-03-16T16:00:00Z") });
  });

  test("when they open again only after the deadline, another target is tried", () => {
    const task = { targets: [{ name: "Roma" }, { name: "Napoli" }], deadline: MONDAY_TEN + 60 * MINUTE };
    const closed = dial(aWorld(task), { heard: "closed", reopensAt: MONDAY_TEN + 120 * MINUTE });
    expect(next(closed)).toMatchObject({ do: "reserve", target: { name: "Napoli" } });
  });
});

describe("failed, no specific target assigned", () => {
  test("given that Polly found the business, another is looked for, and not the same one", () => {
    const failed = dial(aWorld({ targets: [] }), { heard: "not_achieved", reached: "Sushi Go" });
    expect(next(failed)).toMatchObject({
      do: "reserve",
      reason: "switch_target",
      target: { exclude: ["Sushi Go"] },
    });
  });

  test("given the one business that the human named, the task ends with what went wrong", () => {
    expect(next(dial(aWorld(), { heard: "not_achieved" }))).toMatchObject({
      do: "report",
      conclusion: "settled",
    });
  });
});

describe("beyond authorization", () => {
  const asked = dial(aWorld(), { heard: "needs_authorization" });

  test("when something sensitive or financial is asked for, the human decides and nothing is dialed meanwhile", () => {
    expect(next(asked)).toMatchObject({ do: "authorize", question: { matter: "beyond_authorization" } });
  });

  test("given the permission, the conversation goes on; given none, the task ends", () => {
    expect(next(answered(asked, "approve", "up to 20 euros"))).toMatchObject({
      do: "reserve",
      reason: "continue",
    });
    expect(next(answered(asked, "stop"))).toMatchObject({ do: "report", conclusion: "stopped_by_human" });
  });

  test("given a task to be approved, nothing is dialed before the human says yes", () => {
    const world = aWorld({ approval: "first_dial" });
    expect(next(world)).toMatchObject({ do: "authorize", question: { matter: "first_dial" } });
    expect(next(answered(world, "approve")).do).toBe("reserve");
    expect(next(answered(world, "stop"))).toMatchObject({ do: "report", conclusion: "stopped_by_human" });
  });
});

describe("insufficient balance", () => {
  const broke = dial(aWorld(), { not: "insufficient_credits" });

  test("when credits are used up, the human gets the payment link", () => {
    expect(next(broke)).toMatchObject({ do: "topUp", question: { url: "https://agent.pollyreach.ai/" } });
  });

  test("once topped up, the same attempt is made; it was not used up", () => {
    expect(next(answered(broke, "topped_up"))).toMatchObject({ do: "reserve", number: 1, reason: "first" });
  });
});

describe("what is not known", () => {
  test("an unknown result is neither success nor a reason to redial: the human decides", () => {
    expect(next(dial(aWorld(), { heard: "unknown" }))).toMatchObject({
      do: "authorize",
      question: { matter: "unknown_result" },
    });
  });

  test("a submission in doubt is reconciled, and never redialed but at the human's word", () => {
    const doubtful = dial(aWorld(), "submission_unknown");
    const step = next(doubtful);
    expect(step).toMatchObject({ do: "authorize", question: { matter: "submission_unknown" } });
    expect(next(answered(doubtful, "redial"))).toMatchObject({
      do: "reserve",
      number: 2,
      reason: "human_redial",
    });
    expect(next(answered(doubtful, "listen")).do).toBe("reconcile");
  });

  test("a line in use is waited for, longer each time, and uses up no attempt", () => {
    const once = dial(aWorld(), { not: "line_busy" });
    expect(next(once)).toMatchObject({ do: "wait", reason: "line_busy", until: once.now + 30_000 });
    const twice = dial(waitedOut(once), { not: "line_busy" });
    expect(next(twice)).toMatchObject({ do: "wait", until: twice.now + 60_000 });
    expect(next(waitedOut(twice))).toMatchObject({ do: "reserve", number: 1 });
  });
});
