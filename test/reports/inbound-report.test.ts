import { describe, expect, test } from "vitest";
import { inboundReport, renderMarkdown, renderPlain, renderTerminal } from "../../src/reports/index.js";

const EIGHT_FIELDS = [
  "Caller",
  "Classification",
  "Summary",
  "Call transcript",
  "Follow-up needed",
  "Credits used",
  "Credits remaining",
  "Details",
];

const interview = {
  caller: { name: "Mika Oda", phone: "+12075550143" },
  receivedAt: Date.UTC(2026, 2, 16, 9, 5),
  timeZone: "America/New_York",
  classification: "important",
  summary: "Wants to confirm the interview tomorrow at 14:00",
  transcript: [
    { speaker: "caller", text: "Hi, about the interview tomorrow." },
    { speaker: "ai", text: "I am an AI assistant and take a message." },
  ],
  followUp: { needed: true, suggestion: "call back to confirm" },
  creditsUsed: 42,
  balance: { balance: 101, amount: 800 },
  detailUrl: "https://pollyreach.ai/calls/9c",
} as const;

describe.each(Object.entries({ renderPlain, renderMarkdown, renderTerminal }))(
  "%s of an incoming call",
  (_, render) => {
    test("has all eight fields, with everything stated or with nothing", () => {
      const [full, empty] = [render(inboundReport(interview)), render(inboundReport({}))];
      for (const field of EIGHT_FIELDS) {
        expect(full).toContain(`${field}:`);
        expect(empty).toContain(`${field}:`);
      }
      expect(full).not.toMatch(/not stated/);
      expect(empty).toContain("unknown caller");
      expect(empty.match(/not stated/g)).toHaveLength(8);
    });
  },
);

test("it says who called and when, how important it is, what was said, and what to do", () => {
  const text = renderPlain(inboundReport(interview));
  for (const line of [
    "📞 Caller: Mika Oda | +12075550143",
    "🕒 Received: Mon 16 Mar 2026, 05:05 (America/New_York)",
    "🏷️ Classification: Important",
    "   Caller: Hi, about the interview tomorrow.\n   Polly: I am an AI assistant and take a message.",
    "☎️ Follow-up needed: Yes: call back to confirm",
    "💰 Credits used: 42 credits for this call",
    "💳 Credits remaining: 101 credits",
    "Less than a fifth of your credits is left.",
  ]) {
    expect(text).toContain(line);
  }
});
