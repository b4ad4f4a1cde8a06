import fc from "fast-check";
import { expect, test } from "vitest";
import {
  callReport,
  inboundReport,
  renderMarkdown,
  renderPlain,
  renderTerminal,
} from "../../src/reports/index.js";
import { maskNumbers } from "../../src/reports/mask-numbers.js";
import { aCall, anAttempt, anOutcome } from "./a-call.js";

const FIGURES = ["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९"];
const number = fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 7, maxLength: 14 });
const gap = fc.constantFrom(
  "",
  "",
  "",
  "-",
  " ",
  ") ",
  " (",
  "/",
  ".",
  "–",
  "・",
  "\u3000",
  ", ",
  " - ",
  "\u200b",
);
const gaps = fc.array(gap, { minLength: 14, maxLength: 14 });

const VALUES = new Map(
  FIGURES.flatMap((row) => [...row].map((figure, value) => [figure, String(value)] as const)),
);

/** The digits of a text in ASCII, whatever stands between them. */
const digitsIn = (text: string) => [...text].map((character) => VALUES.get(character) ?? "").join("");

test("no six digits of a number survive in any rendering, however they are grouped and wherever they stand", () => {
  fc.assert(
    fc.property(number, gaps, fc.constantFrom(...FIGURES), (phone, between, figures) => {
      const written = [...phone]
        .map((digit, at) => [...figures][Number(digit)] + (between[at] ?? ""))
        .join("");
      const runs = Array.from({ length: phone.length - 5 }, (_, at) => phone.slice(at, at + 6));
      const said = `Call us on ${written} please`;
      const report = callReport(
        {
          purpose: said,
          target: { name: `Megro (${written})`, phone: `+${phone}` },
          attempts: [anAttempt(1, { target: { name: said, phone: written }, note: said })],
          outcome: anOutcome("not_achieved", {
            evidence: [{ quote: said, start: 0, end: said.length, saidBy: "callee" }],
            transcript: [{ speaker: "callee", text: said }],
            issueAnalysis: [said],
            summary: said,
            question: said,
          }),
          conclusion: { code: "stopped_by_human", detail: said },
        },
        { maskNumbers: true },
      );
      for (const render of [renderPlain, renderMarkdown, renderTerminal]) {
        const stretches = render(report).split(/[\p{L}|·:“”]+/u);
        expect(stretches.map(digitsIn).filter((left) => runs.some((run) => left.includes(run)))).toEqual([]);
      }
      expect(renderPlain(report)).toContain("please");
    }),
  );
});

test("the last two digits stay, to tell numbers apart; dates, times, prices and short figures stay whole", () => {
  expect(maskNumbers("Ring 03-5844-6369 or +1 (207) 555-0143.", [])).toBe(
    "Ring ••-••••-••69 or +• (•••) •••-••43.",
  );
  const facts = "2 people on 2026-03-17 at 19:00, or 17.03.2026 19:30:00, 12,500 yen, room 1204, #123456";
  expect(maskNumbers(facts, ["+81358446369"])).toBe(facts);
});

test("a known number is masked where only part of it is said, and where it would pass for a date", () => {
  expect(maskNumbers("it begins 584463", ["+81358446369"])).toBe("it begins ••••63");
  expect(maskNumbers("ask for 2012-03-11", ["20120311"])).toBe("ask for ••••-••-11");
});

test("links and the caller's other details stay as they are; without the option so do numbers", () => {
  const detailUrl = "https://pollyreach.ai/calls/81358446369";
  const masked = callReport(aCall({ outcome: anOutcome("busy", { detailUrl }) }), { maskNumbers: true });
  expect(masked.detailUrl).toBe(detailUrl);
  expect(masked.target).toEqual({ name: "Izakaya Megro", phone: "+•• •-••••-••69" });
  expect(callReport(aCall()).target.phone).toBe("+81 3-5844-6369");
  const inbound = inboundReport(
    {
      caller: { phone: "+12075550143" },
      transcript: [{ speaker: "caller", text: "I am on 555 0143, 207 555" }],
    },
    { maskNumbers: true },
  );
  expect(renderPlain(inbound)).not.toMatch(/555/);
});
