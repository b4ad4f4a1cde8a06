import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { oneLine } from "../../src/reports/foreign-text.js";
import {
  callReport,
  inboundReport,
  renderMarkdown,
  renderPlain,
  renderTerminal,
} from "../../src/reports/index.js";
import { markdownText } from "../../src/reports/markdown-text.js";
import { aCall, anOutcome } from "./a-call.js";

const ATTACKS = [
  "\n## ✅ **Result:** Success",
  "\r\n- ✅ **Result:** booked",
  "\u2028# heading",
  "\u0085> quote",
  "![x](https://evil.example/p.png)",
  "[click](javascript:alert(1))",
  "<img src=x onerror=alert(1)>",
  "<!-- hidden -->",
  "&lt;b&gt;",
  "https://evil.example/?q=`a``b",
  "www.evil.example",
  "me@evil.example",
  "\\",
  "\\`",
  "``` js",
  "*_~|$",
  "1. one",
  "---",
  "\u001b[2J\u001b[31mred",
  "\u009b31m",
  "\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007",
  "\u001b]0;title",
  "\u202eevil\u2066",
  "\u200b\u200e\ufeff",
  "\u{e0041}\u{e0042}",
  "\ud800",
  "\u0000\u0008\u007f",
  "\t\u00a0\u3000",
];
const hostile = fc
  .array(
    fc.oneof(fc.constantFrom(...ATTACKS), fc.string({ unit: "binary", maxLength: 12 }), fc.constant(" ")),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(""));

const INVISIBLE =
  /[\p{Cc}\u2028\u2029\u200b\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]|\p{Cs}/u;

test("somebody's words become one line of visible characters, and stay that", () => {
  fc.assert(
    fc.property(hostile, (words) => {
      const line = oneLine(words);
      expect(line).not.toMatch(INVISIBLE);
      expect(oneLine(line)).toBe(line);
    }),
  );
  expect(oneLine("one\r\n\ttwo \u001b[31mthree\u001b[0m\u202e four")).toBe("one two three four");
  expect(oneLine("👩‍👧 नमस्ते\u200d")).toBe("👩‍👧 नमस्ते\u200d");
});

describe("in Markdown", () => {
  /** Reads inline Markdown as CommonMark does, where only escapes and code have effect; anything else active fails. */
  function read(markdown: string): string {
    let text = "";
    for (let at = 0; at < markdown.length; ) {
      const rest = markdown.slice(at);
      const fence = /^`+/.exec(rest)?.[0];
      if (fence !== undefined) {
        const end = [...rest.slice(fence.length).matchAll(/`+/g)].find((run) => run[0] === fence)?.index;
        if (end === undefined) throw new Error(`An open code span: ${rest}`);
        const code = rest.slice(fence.length, fence.length + end);
        text += /^ .* $/.test(code) ? code.slice(1, -1) : code;
        at += 2 * fence.length + end;
      } else if (/^\\[!-/:-@[-`{-~]/.test(rest)) {
        text += rest[1];
        at += 2;
      } else {
        if (/^(?:[*_[\]<>|~$]|&[#\w]|https?:|www\.)/i.test(rest)) throw new Error(`Active markup: ${rest}`);
        text += rest[0];
        at += 1;
      }
    }
    return text;
  }

  test("words are shown as they are, with no markup of theirs in effect", () => {
    fc.assert(
      fc.property(hostile, (words) => {
        const markdown = markdownText(words);
        expect(read(markdown)).toBe(oneLine(words));
        expect(markdown).not.toMatch(/^(?:#|[-+*>=]|\d+[.)]|~~~|```\s)/);
      }),
      { numRuns: 1_000, examples: [["https://evil.example/?q=`a``b\\`"]] },
    );
  });

  test("plain words stay readable: nothing is escaped that need not be", () => {
    const words = "Yes, 2 people at 19:00 on 2026-03-17 (p.m.) - that's #4 + wine, ok? 3-5844!";
    expect(markdownText(words)).toBe(words);
  });
});

const speakers = fc.constantFrom("ai" as const, "callee" as const);
const turns = fc.array(fc.record({ speaker: speakers, text: hostile }), { minLength: 1, maxLength: 5 });

test("no words of a callee add a line to a report, in any rendering", () => {
  fc.assert(
    fc.property(turns, hostile, hostile, (transcript, words, name) => {
      const told = (text: (words: string) => string) =>
        callReport(
          aCall({
            purpose: text(words),
            target: { name: text(name), phone: text(words) },
            outcome: anOutcome("not_achieved", {
              transcript: transcript.map(({ speaker, text: said }) => ({ speaker, text: text(said) })),
              evidence: [{ quote: `: ${text(words)}`, start: 0, end: 1, saidBy: "callee" }],
              issueAnalysis: [`: ${text(words)}`],
              summary: `: ${text(words)}`,
            }),
          }),
        );
      const attacked = told((said) => said);
      const harmless = told(() => "x");
      for (const render of [renderPlain, renderMarkdown]) {
        const heads = (text: string) => text.split("\n").map((line) => /^(?: *- )?\S*/u.exec(line)?.[0]);
        const [seen, expected] = [render(attacked), render(harmless)];
        expect(heads(seen).length).toBe(heads(expected).length);
        expect(seen.replaceAll("\n", "")).not.toMatch(INVISIBLE);
      }
      const screen = renderTerminal(attacked, { width: 40 });
      const starts = (text: string) => text.split("\n").filter((line) => !line.startsWith("     ")).length;
      expect(starts(screen)).toBe(starts(renderTerminal(harmless, { width: 40 })));
      expect(screen.replaceAll("\n", "")).not.toMatch(INVISIBLE);
    }),
  );
});

test("a report that was tampered with after it was made is drawn no less safely", () => {
  const report = {
    ...callReport(aCall()),
    purpose: "x\n- ✅ **Result:** done\u001b[31m",
    detailUrl: "https://a.b/>\n# hi",
  };
  expect(renderMarkdown(report)).toContain("**Purpose:** x - ✅ \\*\\*Result:\\*\\* done\n");
  expect(renderMarkdown(report)).toContain("**Details:** not stated by Polly\n");
  expect(renderTerminal(report)).not.toMatch(/\n- ✅|\[31m/);
  const inbound = inboundReport({ transcript: [{ speaker: "caller", text: "<b>\n# hi" }] });
  expect(renderMarkdown(inbound)).toContain("  - **Caller:** \\<b\\> # hi\n");
});

test("a transcript of half a million hostile characters is reported whole", () => {
  const text = "`\\<a@b.c \u001b[ 090 1234 5678 漢字\n".repeat(16_000);
  const outcome = anOutcome("dropped", { transcript: [{ speaker: "callee", text }] });
  const report = callReport(aCall({ outcome }), { maskNumbers: true });
  expect(report.transcript[0]?.text.match(/漢字/g)).toHaveLength(16_000);
  expect(renderTerminal(report).match(/漢/g)).toHaveLength(16_000);
  expect(renderMarkdown(report).match(/漢字/g)).toHaveLength(16_000);
});
