import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { standsInMessage } from "../../src/outcome/evidence.js";
import { readOutcome } from "../../src/outcome/read-outcome.js";
import { corpusFiles, loadCorpus } from "../corpus/load.js";

const call = {
  purpose: "Book a table for 2 on Friday at 19:00",
  targetName: "Bistro Nine",
  targetPhone: "+442079460777",
  country: "GB",
};
const messages = corpusFiles()
  .flatMap(loadCorpus)
  .map(({ message }) => message);

const SCRAPS = [
  "AI: ",
  "Recipient: ",
  "\n",
  "| ",
  "```json\n",
  '{"a":',
  '"',
  "[",
  "\u202e",
  "\u200f",
  "\ud800",
  "\udc00",
  "İ",
  "ﬃ",
  "—",
  "「",
  "」",
  "not ",
  "no one answered ",
  "booked ",
  "credits ",
  "1,234",
  "?",
  "…",
  "\u0000",
  "=",
  "+44 20 7946 0777",
  "https://pollyreach.ai/calls/1",
  "予約",
  "。",
  "12:30 ",
];

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 400 }),
  fc.array(fc.constantFrom(...SCRAPS), { maxLength: 60 }).map((scraps) => scraps.join("")),
  fc
    .tuple(fc.constantFrom(...messages), fc.nat(), fc.nat(), fc.constantFrom(...SCRAPS))
    .map(([message, a, b, scrap]) => {
      const from = a % (message.length + 1);
      const to = b % (message.length + 1);
      return message.slice(0, Math.min(from, to)) + scrap + message.slice(Math.max(from, to));
    }),
  fc
    .array(fc.constantFrom(...messages), { minLength: 2, maxLength: 10 })
    .map((several) => several.join("\n\n")),
);

describe("any text", () => {
  it("gives an outcome whose evidence stands in it, or unknown with a reason", () => {
    fc.assert(
      fc.property(text, (message) => {
        const outcome = readOutcome(message, call);
        for (const evidence of outcome.evidence) expect(standsInMessage(message, evidence)).toBe(true);
        for (const { evidence } of outcome.attempts ?? [])
          expect(standsInMessage(message, evidence)).toBe(true);
        if (outcome.kind === "unknown") expect(outcome.reason).not.toBe("");
        else expect(outcome.evidence.length).toBeGreaterThan(0);
        if (outcome.kind === "achieved" && outcome.transcript)
          expect(outcome.evidence.some(({ saidBy }) => saidBy === "callee")).toBe(true);
        if (outcome.verified) expect(outcome.evidence.every(({ saidBy }) => saidBy === "callee")).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  it("is read whatever the purpose, names and numbers of the call are", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...messages),
        fc.string({ unit: "binary" }),
        fc.string({ unit: "binary" }),
        fc.string({ unit: "binary" }),
        (message, purpose, targetName, targetPhone) => {
          expect(() =>
            readOutcome(message, {
              purpose,
              targetName,
              targetPhone,
              country: targetName,
              timeZone: targetPhone,
              calledAt: 0,
            }),
          ).not.toThrow();
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    ["empty", ""],
    ["blank", " \n\t\u3000\u200f "],
    ["signs only", "… — !!! ✅ 🦜"],
  ])("is unknown when %s", (_, message) => {
    expect(readOutcome(message, call)).toMatchObject({ kind: "unknown", evidence: [] });
  });

  it.each([
    ["5 MB of one word", "a".repeat(5_000_000)],
    [
      "1 MB of reports",
      `${messages.join("\n\n")}\n`.repeat(Math.ceil(1_000_000 / messages.join("\n\n").length)),
    ],
    ["200 KB of blanks", `not${" ".repeat(200_000)}booked`],
    ["200 KB of denials", "not ".repeat(50_000)],
    ["200 KB of nobody", "nobody ".repeat(30_000)],
    ["200 KB of digits", "1,234 credits ".repeat(15_000)],
    ["200 KB of brackets", "[".repeat(200_000)],
    ["200 KB of braces and quotes", '{"a":['.repeat(34_000)],
    ["200 KB of labels", "AI: yes\nRecipient: no\n".repeat(9_000)],
    ["200 KB of bars", "| a | b |\n".repeat(20_000)],
    ["200 KB of Japanese", "予約が取れませんでした".repeat(18_000)],
    ["200 KB of open quotes", "“booked ".repeat(25_000)],
    ["200 KB of numbers on one line", "+44 20 ".repeat(28_000)],
    ["200 KB of links", "https://pollyreach.ai/calls/".repeat(7_200)],
    ["200 KB of colons on one line", "AI: a Recipient: b ".repeat(10_400)],
    ["200 KB of dates", "until Monday 3 May ".repeat(10_400)],
    ["200 KB of undecided questions", "which ? ".repeat(25_000)],
  ])(
    "is read to its end: %s",
    (_, message) => {
      expect(readOutcome(message, call).kind).toMatch(/\w/);
    },
    60_000,
  );
});
