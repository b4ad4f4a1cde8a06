import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { checkNumber } from "../../../src/policy/numbers/check-number.js";
import { InvalidNumberRule } from "../../../src/policy/numbers/lists.js";
import { DISGUISES_OF_911, NEVER_DIALED } from "./never-dialed.js";

const codeOf = (input: string, country?: string) => {
  const check = checkNumber(input, country === undefined ? {} : { country });
  return check.ok ? "dialable" : check.code;
};

describe("what is never dialed", () => {
  test.each(NEVER_DIALED)("in %s: emergency numbers %s", (country, emergency) => {
    for (const number of emergency.split(" ")) {
      expect.soft(codeOf(number, country), `${number} at home`).toBe("emergency");
      expect.soft(codeOf(number), `${number} with no country`).toBe("emergency");
      expect.soft(codeOf(number, "US"), `${number} read abroad`).toBe("emergency");
      expect.soft(codeOf(`${number},,1`, country), `${number} with tones`).toBe("emergency");
    }
  });

  test.each(NEVER_DIALED)(
    "in %s: (emergency %s) short code %s, and %s",
    (country, _emergency, short, surcharged) => {
      expect(["short_code", "emergency", "crisis_line"]).toContain(codeOf(short, country));
      expect(["premium_rate", "shared_cost"]).toContain(codeOf(surcharged, country));
      expect(["premium_rate", "shared_cost"]).toContain(codeOf(surcharged));
    },
  );

  it("covers the countries that the table promises", () => {
    expect(new Set(NEVER_DIALED.map(([country]) => country)).size).toBeGreaterThanOrEqual(60);
  });

  test.each(DISGUISES_OF_911)("911 written %j", (disguise) => {
    expect(codeOf(disguise, "US")).toBe("emergency");
    expect(codeOf(disguise)).toBe("emergency");
  });

  test.each([
    ["0112", "DE"],
    ["+44 999", undefined],
    ["+44 (0) 999", undefined],
    ["0044 999", "FR"],
    ["011 44 999", "US"],
    ["0011 64 111", "AU"],
    ["+61 000", undefined],
    ["+49 110", undefined],
    ["+81 119", undefined],
    ["+39 0112", undefined],
  ])("emergency number dialed from abroad: %s", (number, country) => {
    expect(codeOf(number, country)).toBe("emergency");
  });

  test.each([
    ["988", "US"],
    ["+1 800 273 8255", undefined],
    ["116 123", "GB"],
    ["+49 116 117", undefined],
    ["0800 111 0 111", "DE"],
    ["3114", "FR"],
    ["13 11 14", "AU"],
    ["1393", "KR"],
    ["0570-064-556", "JP"],
    ["188", "BR"],
    ["1737", "NZ"],
    ["024", "ES"],
    ["0800 1111", "GB"],
  ])("a line for people in crisis: %s", (number, country) => {
    expect(codeOf(number, country)).toBe("crisis_line");
  });

  test.each([
    ["+1 900 555 1234", "premium_rate"],
    ["+1 212 976 1234", "premium_rate"],
    ["+1 212 555 1212", "premium_rate"],
    ["+44 909 879 0000", "premium_rate"],
    ["+81 990 123456", "premium_rate"],
    ["+81 570 012345", "shared_cost"],
    ["+49 180 5 123456", "shared_cost"],
    ["+34 902 123 456", "shared_cost"],
    ["+979 1 2345 6789", "premium_rate"],
    ["+44 70 1234 5678", "personal_number"],
    ["+49 700 12345678", "personal_number"],
    ["+1 500 234 5678", "personal_number"],
    ["+44 7640 123456", "pager"],
    ["+41 860 79 123 45 67", "voicemail_access"],
    ["+870 773 111 632", "satellite"],
    ["+881 6 1234 5678", "satellite"],
    ["+1 212 911 1234", "invalid"],
    ["+49 1", "short_code"],
    ["+1 202 555 01234567", "invalid"],
    ["020 7946 0018", "no_country"],
    ["", "not_a_number"],
    ["the number on your website", "not_a_number"],
    ["https://example.com/20794600", "not_a_number"],
    ["+44 20 7946 0018 or +44 20 7946 0019", "not_a_number"],
    [`+${"1".repeat(5000)}`, "not_a_number"],
    ["*#06#", "dial_commands"],
    ["*67 202 555 0123", "dial_commands"],
    ["+1 202 555 0123,,1234#", "dial_commands"],
    ["+1 202 555 0123p1234", "dial_commands"],
    ["+1 202 555 0123\n", "control_characters"],
    ["\u202a+1 202 555 0123\u202c", "control_characters"],
    ["+1 202 555\u200b0123", "control_characters"],
    ["+1 202 555 0123\u0000", "control_characters"],
  ])("%j is refused as %s", (number, code) => {
    expect(codeOf(number)).toBe(code);
  });
});

describe("what may be dialed", () => {
  test.each([
    ["+81 3-5844-6369", undefined, { e164: "+81358446369", country: "JP", type: "fixed_line" }],
    ["03-5844-6369", "JP", { e164: "+81358446369", country: "JP", type: "fixed_line" }],
    ["０３ー５８４４ー６３６９", "jp", { e164: "+81358446369", country: "JP", type: "fixed_line" }],
    ["(202) 555-0123", "US", { e164: "+12025550123", country: "US", type: "fixed_line_or_mobile" }],
    [
      "202.555.0123 x12",
      "US",
      { e164: "+12025550123", country: "US", type: "fixed_line_or_mobile", extension: "12" },
    ],
    [
      "tel:+12025550123;ext=7",
      undefined,
      { e164: "+12025550123", country: "US", type: "fixed_line_or_mobile", extension: "7" },
    ],
    ["+44 (0)20 7946 0018", undefined, { e164: "+442079460018", country: "GB", type: "fixed_line" }],
    ["0033 1 45 67 89 01", "DE", { e164: "+33145678901", country: "FR", type: "fixed_line" }],
    ["+39 06 6982 1234", undefined, { e164: "+390669821234", country: "VA", type: "fixed_line" }],
    ["+44 300 123 4567", undefined, { e164: "+443001234567", country: "GB", type: "uan" }],
    ["+1 800 234 5678", undefined, { e164: "+18002345678", country: "US", type: "toll_free" }],
    ["+800 1234 5678", undefined, { e164: "+80012345678", country: "001", type: "toll_free" }],
    ["+683 4000", undefined, { e164: "+6834000", country: "NU", type: "fixed_line" }],
  ])("%s", (number, country, expected) => {
    expect(checkNumber(number, country === undefined ? {} : { country })).toEqual({ ok: true, ...expected });
  });
});

describe("the human's lists", () => {
  const london = "+44 20 7946 0018";

  it("denies by country, prefix and number, and over the allow list", () => {
    const allow = { countries: ["GB"] };
    for (const deny of [
      { countries: ["gb"] },
      { prefixes: ["+44 20"] },
      { numbers: ["+44 (20) 7946-0018"] },
    ]) {
      expect(checkNumber(london, { deny })).toMatchObject({ ok: false, code: "denied" });
      expect(checkNumber("020 7946 0018", { country: "GB", allow, deny })).toMatchObject({
        ok: false,
        code: "denied",
      });
      expect(checkNumber("+33145678901", { deny })).toMatchObject({ ok: true });
    }
  });

  it("allows by country, prefix and number, and nothing else once an allow list is given", () => {
    for (const allow of [{ countries: ["GB"] }, { prefixes: ["+4420"] }, { numbers: ["+442079460018"] }]) {
      expect(checkNumber(london, { allow })).toMatchObject({ ok: true });
      expect(checkNumber("+33145678901", { allow })).toMatchObject({ ok: false, code: "not_allowed" });
    }
    expect(checkNumber(london, { allow: {} })).toMatchObject({ ok: false, code: "not_allowed" });
  });

  it("cannot allow what is never dialed", () => {
    const allow = { countries: ["US", "GB", "DE"], prefixes: ["+1"], numbers: ["+1911", "+19005551234"] };
    for (const [number, code] of [
      ["911", "emergency"],
      ["+1911", "emergency"],
      ["+1 900 555 1234", "premium_rate"],
      ["988", "crisis_line"],
      ["+49 180 5 123456", "shared_cost"],
    ] as const) {
      expect(checkNumber(number, { country: "US", allow })).toMatchObject({ ok: false, code });
    }
  });

  it("does not read a list with an entry that could never match", () => {
    for (const deny of [{ countries: ["Germany"] }, { prefixes: ["0044"] }, { numbers: ["020 7946 0018"] }]) {
      expect(() => checkNumber(london, { deny })).toThrow(InvalidNumberRule);
    }
    expect(() => checkNumber(london, { allow: { prefixes: [""] } })).toThrow(/allow\.prefixes/);
  });
});

describe("whatever is given", () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary", maxLength: 80 }),
    fc.string({ unit: fc.constantFrom(..."+0123456789 -()./,;#*pwx\u202e\u0000\n٩９"), maxLength: 30 }),
  );

  it("gives E.164 or a sentence without the input's control characters", () => {
    fc.assert(
      fc.property(anything, fc.constantFrom(undefined, "US", "DE", "JP", "XX"), (input, country) => {
        const check = checkNumber(input, country === undefined ? {} : { country });
        if (check.ok) {
          expect(check.e164).toMatch(/^\+[1-9]\d{5,14}$/);
          expect(checkNumber(check.e164)).toMatchObject({ ok: true, e164: check.e164 });
        } else {
          expect(check.reason).toMatch(/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+\.$/u);
          expect(check.reason.length).toBeLessThan(200);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
