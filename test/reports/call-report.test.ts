import { describe, expect, test } from "vitest";
import { OUTCOME_KINDS, type OutcomeKind } from "../../src/policy/outcome.js";
import {
  CONCLUSION_CODES,
  callReport,
  renderMarkdown,
  renderPlain,
  renderTerminal,
} from "../../src/reports/index.js";
import { aCall, anAttempt, anOutcome } from "./a-call.js";

const EIGHT_FIELDS = [
  "Target",
  "Purpose",
  "Result",
  "Call transcript",
  "Issue analysis",
  "Credits used",
  "Credits remaining",
  "Details",
];

const renderings = { plain: renderPlain, markdown: renderMarkdown, terminal: renderTerminal };

describe.each(Object.entries(renderings))("as %s", (_, render) => {
  test.each(OUTCOME_KINDS)(
    "a report on %s has all eight fields, with everything stated or with nothing",
    (kind) => {
      const bare = anOutcome(kind, { verified: false, evidence: [] });
      for (const field of [
        "transcript",
        "creditsUsed",
        "creditsRemaining",
        "detailUrl",
        "recordingUrl",
      ] as const) {
        delete bare[field];
      }
      const full = render(callReport(aCall({ outcome: anOutcome(kind) })));
      const empty = render(callReport({ purpose: "", outcome: bare, attempts: [] }));
      for (const field of EIGHT_FIELDS) {
        expect(full).toContain(`${field}:`);
        expect(empty).toContain(`${field}:`);
      }
      expect(full).toContain("Izakaya Megro");
      expect(full).toContain("57 credits");
      expect(full).toContain("1,943 credits");
      expect(full).toContain("https://pollyreach.ai/calls/7f");
      expect(full).toContain("https://pollyreach.ai/recordings/7f.mp3");
      expect(empty.match(/not\s+stated/g)?.length).toBeGreaterThanOrEqual(7);
    },
  );
});

test("the transcript stands line by line, in order, with who spoke", () => {
  const lines = renderPlain(callReport(aCall())).split("\n");
  const first = lines.indexOf("   Polly: Hello, this is Polly, an AI assistant, about a booking for two.");
  expect(first).toBeGreaterThan(0);
  expect(lines[first + 1]).toBe("   Recipient: I am afraid we cannot find that booking.");
});

describe("the result claims no more than the outcome establishes", () => {
  test.each(OUTCOME_KINDS)("%s", (kind) => {
    const confirmed = callReport(aCall({ outcome: anOutcome(kind) })).result;
    const claimed = callReport(aCall({ outcome: anOutcome(kind, { verified: false }) })).result;
    expect(confirmed.verified).toBe(true);
    expect(claimed.verified).toBe(false);
    expect(claimed.text).toContain("Polly says");
    expect(claimed.symbol).not.toBe("✅");
    expect(confirmed.symbol === "✅").toBe(kind === "achieved");
    const words = `${confirmed.text} ${confirmed.reason} ${claimed.text} ${claimed.reason}`;
    if (kind !== "achieved") expect(words).not.toMatch(/success|✅/i);
    else expect(`${claimed.text} ${claimed.reason}`).not.toMatch(/success/i);
  });

  const spoken: OutcomeKind[] = ["achieved", "partly_achieved", "not_achieved", "opted_out", "declined"];
  test.each(spoken)("%s on Polly's word alone is marked as not confirmed", (kind) => {
    const report = callReport(aCall({ outcome: anOutcome(kind, { verified: false }) }));
    expect(renderPlain(report)).toContain("Not confirmed by the callee's own words.");
    expect(renderPlain(callReport(aCall({ outcome: anOutcome(kind) })))).not.toContain("Not confirmed");
  });

  test("an outcome that calls itself verified and shows no words of the callee is not believed", () => {
    const says = { quote: "Booked!", start: 0, end: 7, saidBy: "service" } as const;
    const { result } = callReport(aCall({ outcome: anOutcome("achieved", { evidence: [says] }) }));
    expect(result).toMatchObject({ verified: false, symbol: "⚠️", text: "Polly says it was done." });
  });

  test("a call that may have been placed outweighs what an earlier one brought", () => {
    const report = callReport(
      aCall({
        outcome: anOutcome("achieved"),
        attempts: [anAttempt(1), anAttempt(2, { kind: "submission_unknown" })],
        conclusion: { code: "submission_unknown" },
      }),
    );
    expect(report.result).toMatchObject({ kind: "none", symbol: "⚠️", verified: false });
    expect(report.calls).toEqual({ made: 1, unheard: 0, uncertain: 1 });
    expect(renderPlain(report)).toContain(
      "Polly made 1 call. One more call may or may not have been placed.",
    );
  });
});

describe("why it failed", () => {
  test.each(OUTCOME_KINDS.filter((kind) => kind !== "achieved"))(
    "%s always has an issue analysis",
    (kind) => {
      const derived = callReport(aCall({ outcome: anOutcome(kind) })).issueAnalysis;
      expect(derived?.statedByPolly).toBe(false);
      expect(derived?.items.join("")).not.toBe("");
      const issueAnalysis = ["They had no booking under this name", "The line was bad"];
      const stated = callReport(aCall({ outcome: anOutcome(kind, { issueAnalysis }) })).issueAnalysis;
      expect(stated).toEqual({ items: issueAnalysis, statedByPolly: true });
    },
  );

  test("a confirmed success needs none", () => {
    const report = callReport(aCall({ outcome: anOutcome("achieved") }));
    expect(report.issueAnalysis).toBeUndefined();
    expect(renderPlain(report)).toContain("Issue analysis: not needed");
  });

  test("the result quotes the words it rests on, and says whose they are", () => {
    const evidence = [
      { quote: "We have no\nsuch “booking”.", start: 0, end: 1, saidBy: "callee" },
      { quote: "Cancellation failed", start: 0, end: 1, saidBy: "service" },
      { quote: "Cancellation failed", start: 30, end: 31, saidBy: "service" },
    ] as const;
    const text = renderPlain(callReport(aCall({ outcome: anOutcome("not_achieved", { evidence }) })));
    expect(text).toContain('   Recipient: “We have no such "booking".”\n');
    expect(text.match(/Polly's account: “Cancellation failed”\n/g)).toHaveLength(1);
  });

  test("a closed callee's stated opening time, an unreadable result's reason, and a question are passed on", () => {
    const closed = anOutcome("closed", { reopens: { asWritten: "tomorrow at 10" } });
    expect(callReport(aCall({ outcome: closed })).result.reason).toContain("tomorrow at 10");
    expect(callReport(aCall({ outcome: anOutcome("unknown") })).result.reason).toContain("contradicts");
    const asks = anOutcome("needs_information", { question: "Under which name is it booked?" });
    expect(renderPlain(callReport(aCall({ outcome: asks })))).toContain(
      "Polly asks you: Under which name is it booked?",
    );
  });

  test.each(CONCLUSION_CODES)("%s is told with its detail, with an outcome and without", (code) => {
    const conclusion = { code, detail: "Five of five." };
    expect(renderPlain(callReport(aCall({ conclusion })))).toContain("Five of five.");
    const { result } = callReport({ purpose: "Cancel it", attempts: [], conclusion });
    expect(result).toMatchObject({ kind: "none", verified: false });
    expect(result.symbol).not.toBe("✅");
    expect(result.reason).toContain("Five of five.");
  });
});

test("attempts are listed in the callee's time, each with what came of it and whether it counted", () => {
  const report = callReport(
    aCall({
      attempts: [
        anAttempt(1, { note: "redial in 2 minutes" }),
        anAttempt(2, { kind: "line_busy", counted: false, timeZone: "Nowhere/Land" }),
        anAttempt(2, { kind: "nothing_heard", at: Number.NaN }),
      ],
    }),
  );
  const text = renderPlain(report);
  expect(text).toContain(
    "Attempt 1 of 5: Mon 16 Mar 2026, 18:05 (Asia/Tokyo) · Izakaya Megro · +81358446369 · busy · redial in 2 minutes\n",
  );
  expect(text).toContain(
    "Mon 16 Mar 2026, 09:05 (UTC) · Izakaya Megro · +81358446369 · Polly's line in use · not counted",
  );
  expect(text).toContain("at an unknown time");
  expect(text).toContain("Polly made 1 call. No result came from 1 further call.");
});

test("the account's balance counts for more than the balance in the text of the result", () => {
  expect(callReport(aCall({ balance: { balance: 12, amount: 20 } })).creditsRemaining).toBe(12);
  const { balance: _, ...withoutBalance } = aCall();
  expect(callReport(withoutBalance).creditsRemaining).toBe(1943);
});

test("a link is followed only to a web address, and one that leads elsewhere says so", () => {
  const linked = (detailUrl: string) =>
    renderMarkdown(callReport(aCall({ outcome: anOutcome("busy", { detailUrl }) })));
  expect(linked("https://pollyreach.ai/calls/1")).toContain("**Details:** <https://pollyreach.ai/calls/1>\n");
  for (const bad of [
    "javascript:alert(1)",
    "https://pollyreach.ai@evil.example/",
    "https://a.b/> <img",
    "calls/1",
  ]) {
    expect(linked(bad)).toContain("**Details:** not stated by Polly\n");
  }
  expect(linked("https://pollyreach.ai.evil.example/calls/1")).toContain("(not on PollyReach's own site)");
});

test("a report is plain values: kept as JSON, it renders the same", () => {
  const report = callReport(aCall({ conclusion: { code: "attempts_exhausted" } }));
  expect(renderMarkdown(JSON.parse(JSON.stringify(report)))).toBe(renderMarkdown(report));
});

test("every rendering ends with where to find PollyReach, top up, and share", () => {
  for (const render of Object.values(renderings)) {
    const footer = render(callReport(aCall())).split("\n\n").at(-1);
    expect(footer).toMatch(/https:\/\/pollyreach\.ai\b/);
    expect(footer).toContain("https://agent.pollyreach.ai/");
    expect(footer).toMatch(/sharing/);
  }
});
