import { describe, expect, it } from "vitest";
import { runPhoneTask } from "../../../src/graphs/outbound/run-phone-task.js";
import type { Question } from "../../../src/policy/question.js";
import {
  behaviours,
  type Fault,
  type FaultRule,
  faults,
  startSandbox,
  type Variants,
} from "../../../src/sandbox/index.js";
import { aClient, BOOKING, breaches, ending, jobDeps, kept, lostResults } from "../../support/phone-job.js";

/** Whether the service acted on the request whose reply goes wrong. */
const ACTED = [{ accepted: false }, { accepted: true }] as const;
const STATUSES = [408, 409, 500, 503] as const;
/** By these a service says that it took nothing on, and is believed. */
const DENIALS = [400, 401, 402, 403, 404, 422, 429] as const;

/** Every way a request may go wrong where the service does not lie about what it did. */
const FAULTS: [string, Fault][] = [
  ["refused", faults.refused()],
  ["429", faults.status(429)],
  ["429 with Retry-After", faults.status(429, { retryAfter: 90 })],
  ...DENIALS.map((status): [string, Fault] => [String(status), faults.status(status)]),
  ...ACTED.flatMap((acted) =>
    faultsOf(acted).map(([name, fault]): [string, Fault] => [
      `${name}${acted.accepted ? ", acted on" : ""}`,
      fault,
    ]),
  ),
];

function faultsOf(acted: (typeof ACTED)[number]): [string, Fault][] {
  return [
    ["reset", acted.accepted ? faults.resetAfterAccepting() : faults.resetBeforeAccepting()],
    ["slow", faults.slow(40_000, acted)],
    ["hang", faults.hang(acted)],
    ...STATUSES.map((status): [string, Fault] => [String(status), faults.status(status, acted)]),
    ["503 with Retry-After", faults.status(503, { ...acted, retryAfter: 20 })],
    ["a page", faults.html(acted)],
    ["a page with 200", faults.html({ ...acted, status: 200 })],
    ["truncated", faults.truncatedJson(acted)],
    ["wrong types", faults.wrongTypes(acted)],
    ["a redirect", faults.redirect("http://127.0.0.1:9/", acted)],
    ["a detail with 200", faults.detail200("Out of order", acted)],
  ];
}

/** At the first request, at a later one, and for ever; a read fails only where all its repetitions do. */
const occurrencesOf = (endpoint: "balance" | "query" | "send") => [
  { skip: 0, times: endpoint === "send" ? 1 : 4 },
  { skip: 1, times: 1 },
  { skip: 0, times: 1_000 },
];

const VARIANTS: Partial<Variants>[] = [];
for (const result of ["once", "sticky"] as const) {
  for (const staleResultMs of [0, 60_000]) {
    for (const echoesReference of [true, false]) {
      const other = VARIANTS.length % 2 === 0;
      VARIANTS.push({
        result,
        staleResultMs,
        echoesReference,
        taskId: other,
        noCredits: other ? "402" : "status_false",
        inProgress: other ? "409" : "status_false",
      });
    }
  }
}

/** The variants take turns, so that each meets each kind of fault; with this set, every one meets every fault. */
const EVERY_VARIANT = process.env.POLLYREACH_EVERY_VARIANT !== undefined;

/** Listens as often as a patient human would, and never has a call made again. */
function patience() {
  let left = 4;
  return (question: Question) =>
    question.kind === "decision" && question.options.includes("listen") && left-- > 0 ? "listen" : undefined;
}

/** Where the result itself was lost on its way from a service that tells it once, or is never told. */
function cannotBeHad({ endpoint, fault, times = 1 }: FaultRule, { result }: Partial<Variants>): boolean {
  if (endpoint !== "query") return false;
  return times > 4 || (result === "once" && "accepted" in fault && fault.accepted);
}

/** A job of two calls, with one thing that goes wrong. */
async function lived(rule: FaultRule, variants: Partial<Variants>) {
  await using sandbox = await startSandbox({
    people: [{ name: "Roma", phone: "+390612345678", behaviours: [behaviours.busy(), behaviours.agrees()] }],
    variants,
    faults: [rule],
  });
  const client = aClient(sandbox);
  const deps = jobDeps(sandbox, { client, onQuestion: patience() });
  const run = await runPhoneTask(BOOKING, deps);
  const state = await kept(deps);
  await client.close();
  return {
    end: ending(run),
    kind: run.status === "finished" ? run.outcome?.kind : undefined,
    rings: sandbox.rings(),
    breaches: breaches(sandbox, state),
    lost: lostResults(sandbox, state),
  };
}

/** Where a job may end whose every request of a kind fails; never in a guess. */
const END =
  /^(finished: (settled|refused_by_service|service_unavailable|line_never_free)|asking: (submission_unknown|nothing_heard|top_up))$/;

describe.each(["balance", "query", "send"] as const)("whatever goes wrong with %s,", (endpoint) => {
  it.each(FAULTS)("nobody rings twice for one intent: %s", async (name, fault) => {
    for (const [o, occurrence] of occurrencesOf(endpoint).entries()) {
      const turn = (FAULTS.findIndex(([other]) => other === name) + 3 * o) % VARIANTS.length;
      for (const variants of EVERY_VARIANT ? VARIANTS : VARIANTS.slice(turn, turn + 1)) {
        const rule = { endpoint, fault, ...occurrence };
        const story = JSON.stringify({ rule, variants });
        const { end, kind, rings, breaches, lost } = await lived(rule, variants);
        expect(breaches, story).toEqual([]);
        expect(end, story).toMatch(END);
        expect(rings, story).toBeLessThanOrEqual(2);
        if (end === "finished: settled")
          expect({ kind, rings }, story).toEqual({ kind: "achieved", rings: 2 });
        if (!cannotBeHad(rule, variants)) expect(lost, story).toEqual([]);
      }
    }
  });
});

describe("a service that takes the message on and denies it", () => {
  it.each(DENIALS.filter((status) => status !== 429))(
    "is believed, and not asked again: %i",
    async (status) => {
      const fault = faults.status(status, { accepted: true });
      const { end, rings } = await lived({ endpoint: "send", fault }, {});
      expect(end).toBe(status === 402 ? "asking: top_up" : "finished: refused_by_service");
      expect(rings).toBe(1);
    },
  );
});
