import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { callReport, renderPlain, renderTerminal } from "../../src/reports/index.js";
import { aCall, anOutcome } from "./a-call.js";

/** Characters by the columns they take, so that the test counts for itself. */
const NARROW = [..."abcdefghij ,.:-0123456789éж "];
const WIDE = [..."漢字かなカナ한글。、！Ａ１🦜"];
const MARKS = ["\u0301"];
function columnOf(character: string): number {
  if (MARKS.includes(character)) return 0;
  return WIDE.includes(character) || /\p{Emoji_Presentation}/u.test(character) ? 2 : 1;
}
const columnsOf = (text: string) => [...text].reduce((sum, character) => sum + columnOf(character), 0);

const speech = fc.string({ unit: fc.constantFrom(...NARROW, ...NARROW, ...WIDE, ...MARKS), maxLength: 300 });
const spoken = (text: string) =>
  callReport(
    aCall({
      purpose: text,
      outcome: anOutcome("not_achieved", { transcript: [{ speaker: "callee", text }] }),
    }),
  );

test("no line is wider than the terminal, but for an address", () => {
  fc.assert(
    fc.property(speech, fc.integer({ min: 20, max: 120 }), (text, width) => {
      for (const line of renderTerminal(spoken(text), { width }).split("\n")) {
        if (!line.includes("https://")) expect(columnsOf(line)).toBeLessThanOrEqual(width);
      }
    }),
  );
});

test("wrapping loses and reorders nothing", () => {
  fc.assert(
    fc.property(speech, fc.integer({ min: 20, max: 120 }), (text, width) => {
      const dense = (rendered: string) => rendered.replace(/\s/g, "");
      expect(dense(renderTerminal(spoken(text), { width }))).toBe(dense(renderPlain(spoken(text))));
    }),
  );
});

describe("wide characters", () => {
  test("count as two columns, and a closing mark does not begin a line", () => {
    const transcript = [{ speaker: "callee" as const, text: `${"予約".repeat(4)}。` }];
    const screen = renderTerminal(callReport(aCall({ outcome: anOutcome("busy", { transcript }) })), {
      width: 30,
    });
    expect(screen).toContain("   Recipient: 予約予約予約予\n     約。\n");
  });

  test("a word longer than the terminal is cut, an address never", () => {
    const detailUrl = `https://pollyreach.ai/calls/${"7f".repeat(40)}`;
    const transcript = [{ speaker: "callee" as const, text: "a".repeat(50) }];
    const screen = renderTerminal(
      callReport(aCall({ outcome: anOutcome("busy", { transcript, detailUrl }) })),
      {
        width: 30,
      },
    );
    expect(screen).toContain(`     ${"a".repeat(25)}\n     ${"a".repeat(25)}\n`);
    expect(screen).toContain(`${detailUrl}\n`);
  });
});

test("colours are there only when asked for, and change nothing but the colour", () => {
  const report = callReport(aCall());
  const colored = renderTerminal(report, { color: true });
  const SGR = new RegExp(`${String.fromCharCode(27)}\\[[0-9]*m`, "g");
  expect(colored).toMatch(SGR);
  expect(renderTerminal(report)).not.toContain(String.fromCharCode(27));
  expect(colored.replace(SGR, "")).toBe(renderTerminal(report));
});

test.each([Number.NaN, 0, -5, Number.POSITIVE_INFINITY, 3])(
  "a terminal said to be %d columns wide still gets a report",
  (width) => {
    expect(renderTerminal(callReport(aCall()), { width })).toContain("Izakaya");
  },
);
