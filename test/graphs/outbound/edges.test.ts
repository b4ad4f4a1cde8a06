import { describe, expect, it } from "vitest";
import {
  AuthenticationError,
  ConnectionError,
  RateLimitError,
  SubmissionUnknownError,
} from "../../../src/client/errors.js";
import type { SendResult } from "../../../src/client/replies.js";
import type { PhoneLine } from "../../../src/graphs/outbound/deps.js";
import type { OutcomeReader } from "../../../src/outcome/reader.js";
import type { Attempt, Fact } from "../../../src/policy/history.js";
import type { OutcomeKind } from "../../../src/policy/outcome.js";
import { aGraph, aProcess, edgesOf, trail } from "../../support/graph-trail.js";
import { aTask, MONDAY_TEN } from "../../support/policy-world.js";
import { scriptedLine } from "../../support/scripted-line.js";

const at = MONDAY_TEN - 60_000;
const attempt: Attempt = {
  id: "a1",
  reference: "PR-AAAAAAAA",
  number: 1,
  target: { key: "listed-0", name: "Roma" },
  reason: "first",
  briefing: "…",
};
const reserved: Fact = { fact: "reserved", at, attempt };
const submitted: Fact = { fact: "submitted", at, attemptId: "a1" };
const inDoubt: Fact = { fact: "submission_unknown", at, attemptId: "a1", detail: "reset" };
const outcome = (kind: OutcomeKind): Fact[] => [
  reserved,
  submitted,
  { fact: "heard", at, attemptId: "a1", kind, spoken: false },
];
const noCredits: Fact = { fact: "postponed", at, reason: "insufficient_credits", detail: "0 credits" };

const reads = (kind: Exclude<OutcomeKind, "unknown">): OutcomeReader => ({
  read: () => ({ kind, evidence: [], verified: false }),
});
const ends = reads("achieved");
const turnedAway = (reason: Extract<SendResult, { accepted: false }>["reason"]): SendResult => ({
  accepted: false,
  reason,
  message: "no",
});
const fails = (error: Error) => () => {
  throw error;
};
const never = fails(new Error("This must not be asked."));

/** Every edge that a test here has taken. */
const taken = new Set<string>();

interface Options {
  reader?: OutcomeReader;
  task?: Parameters<typeof aTask>[0];
  process?: ReturnType<typeof aProcess>;
  /** The human's answer, once the graph has stopped to ask or wait. */
  resume?: unknown;
}

async function take(
  history: readonly Fact[],
  client: PhoneLine,
  { reader = ends, task = {}, process = aProcess(), resume }: Options = {},
) {
  const graph = aGraph({ client, reader, ...process });
  const first = await trail(graph, { task: aTask(task), history: [...history] });
  const second = resume === undefined ? undefined : await trail(graph, { resume });
  for (const { path } of [first, ...(second ? [second] : [])]) {
    for (const edge of edgesOf(path)) taken.add(edge);
  }
  const { path, state } = second ?? first;
  return { path: path.join(" "), state, facts: state.history.slice(history.length) };
}

const idle = () => scriptedLine({ send: never });

describe("from the hub, as the policy has it:", () => {
  it.each<[string, Fact[], string, Options]>([
    ["a missing detail is asked for", [], "ask", { task: { requiredDetails: ["party size"] } }],
    ["what lies beyond authorization goes to the human", outcome("needs_authorization"), "authorize", {}],
    ["without credits the human is asked to top up", [noCredits], "topUp", {}],
    ["a busy line is waited for", outcome("busy"), "wait", {}],
  ])("%s", async (_, history, node, options) => {
    const { path } = await take(history, idle(), options);
    expect(path).toBe(`__start__ plan ${node}`);
  });

  it.each<[string, Fact[], string, string]>([
    ["an answer", [], "ask", "Aoki"],
    ["a decision", outcome("unknown"), "authorize", "stop"],
    ["a word on the credits", [noCredits], "topUp", "stop"],
    ["the end of a wait", outcome("busy"), "wait", "now"],
  ])("%s leads back to it", async (_, history, node, resume) => {
    const task = history.length === 0 ? { requiredDetails: ["name"] } : {};
    const { path } = await take(history, scriptedLine(), { task, resume });
    expect(path).toMatch(new RegExp(`^${node} plan `));
  });

  it("a placed call is listened for, without a new one", async () => {
    const { path } = await take([reserved, submitted], idle());
    expect(path).toBe("__start__ plan listen read plan report __end__");
  });

  it("a call in doubt is looked for, and found by its reference", async () => {
    const client = scriptedLine({ send: never, hear: () => "Table booked. Reference: PR-AAAAAAAA" });
    const { path } = await take([reserved, inDoubt], client);
    expect(path).toBe("__start__ plan reconcile read plan report __end__");
  });

  it("an intent without a word of its submission is looked for too, never dialed", async () => {
    const { path, facts } = await take([reserved], scriptedLine({ send: never, hear: () => undefined }));
    expect(path).toBe("__start__ plan reconcile plan authorize");
    expect(facts).toMatchObject([{ fact: "nothing_heard", attemptId: "a1" }]);
  });

  it("a done job is reported", async () => {
    const { path, state } = await take(outcome("achieved"), idle());
    expect(path).toBe("__start__ plan report __end__");
    expect(state.callReport).toBeDefined();
  });
});

describe("an attempt", () => {
  it("goes all the way round the hub", async () => {
    const client = scriptedLine();
    const { path, facts } = await take([], client);
    expect(path).toBe("__start__ plan reserve submit listen read plan report __end__");
    expect(facts.map(({ fact }) => fact)).toEqual(["reserved", "submitted", "heard"]);
    expect(client.sent).toHaveLength(1);
  });

  it.each<[string, Parameters<typeof scriptedLine>[0], string, object]>([
    ["no credits", { balance: () => 0 }, "topUp", { fact: "postponed", reason: "insufficient_credits" }],
    [
      "a service that is down",
      { balance: fails(new ConnectionError("refused")) },
      "wait",
      { fact: "postponed", reason: "service_unavailable" },
    ],
    [
      "a token that was revoked",
      { query: fails(new AuthenticationError("401")) },
      "report __end__",
      { fact: "refused_by_service" },
    ],
  ])("is not reserved with %s", async (_, script, to, fact) => {
    const client = scriptedLine({ ...script, send: never });
    const { path, facts } = await take([], client);
    expect(path).toBe(`__start__ plan reserve plan ${to}`);
    expect(facts).toMatchObject([fact]);
  });

  it("is not reserved once it is too late: the line was in use for too long", async () => {
    let now = MONDAY_TEN;
    const client = scriptedLine({ send: never });
    const { locks, fuses } = aProcess();
    const clock = {
      now: () => now,
      sleep: async () => {
        now += 3_600_000;
      },
    };
    await locks.acquire(client.lineId, "another task", { clock, holdMs: 60_000 });
    const graph = aGraph({ client, clock, locks, fuses, reader: ends });
    const task = aTask({ deadline: MONDAY_TEN + 1_800_000 });
    const { path, state } = await trail(graph, { task, history: [] });
    for (const edge of edgesOf(path)) taken.add(edge);
    expect(path.join(" ")).toBe("__start__ plan reserve plan report __end__");
    expect(state.step).toMatchObject({ conclusion: "deadline_passed" });
  });

  it("is not dialed where the same step of the same thread has dialed before", async () => {
    const process = aProcess();
    const client = scriptedLine();
    await take([], client, { process });
    const { path, facts } = await take([], scriptedLine({ send: never, hear: () => undefined }), { process });
    expect(path).toBe("__start__ plan reserve plan reconcile plan authorize");
    expect(facts.map(({ fact }) => fact)).toEqual(["reserved", "submission_unknown", "nothing_heard"]);
  });

  it.each<[string, () => SendResult, string, object]>([
    ["the line is in use", () => turnedAway("line_busy"), "wait", { reason: "line_busy" }],
    [
      "credits are used up",
      () => turnedAway("insufficient_credits"),
      "topUp",
      { reason: "insufficient_credits" },
    ],
    ["the service will not", () => turnedAway("refused"), "report __end__", { reason: "refused" }],
    [
      "nobody listens",
      fails(new ConnectionError("refused", { sent: "no" })),
      "wait",
      { reason: "service_unavailable" },
    ],
    [
      "it asks to wait",
      fails(new RateLimitError("429", { retryAfterMs: 7_000 })),
      "wait",
      { reason: "line_busy", retryAt: MONDAY_TEN + 7_000 },
    ],
    ["the token was revoked", fails(new AuthenticationError("401")), "report __end__", { reason: "refused" }],
  ])("comes back to the hub and uses nothing up when %s", async (_, send, to, fact) => {
    const { path, facts } = await take([], scriptedLine({ send }));
    expect(path).toBe(`__start__ plan reserve submit plan ${to}`);
    expect(facts).toMatchObject([{ fact: "reserved" }, { fact: "not_submitted", ...fact }]);
  });

  it.each([
    ["the reply was lost", new SubmissionUnknownError("reset")],
    ["the connection may have carried it", new ConnectionError("reset")],
    ["something broke that nobody knows", new TypeError("boom")],
  ])("is in doubt when %s, and not dialed again", async (_, error) => {
    const client = scriptedLine({ send: fails(error), hear: () => undefined });
    const { path, facts } = await take([], client);
    expect(path).toBe("__start__ plan reserve submit plan reconcile plan authorize");
    expect(facts[1]).toMatchObject({ fact: "submission_unknown" });
    expect(client.sent).toHaveLength(1);
  });

  it("whose result does not come goes to the human", async () => {
    const { path } = await take([reserved, submitted], scriptedLine({ send: never, hear: () => undefined }));
    expect(path).toBe("__start__ plan listen plan authorize");
  });

  it("whose token was revoked while it was listened for goes to the human", async () => {
    const client = scriptedLine({ send: never, hear: fails(new AuthenticationError("401")) });
    const { path, facts } = await take([reserved, submitted], client);
    expect(path).toBe("__start__ plan listen plan authorize");
    expect(facts).toMatchObject([{ fact: "nothing_heard", detail: expect.stringContaining("401") }]);
  });
});

it("no edge of the compiled graph is left out, and none is taken that it does not show", async () => {
  const { edges } = await aGraph({ client: scriptedLine() }).getGraphAsync();
  const drawn = edges.map(({ source, target }) => `${source} → ${target}`);
  expect([...taken].sort()).toEqual([...new Set(drawn)].sort());
});
