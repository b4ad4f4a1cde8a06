import fc from "fast-check";
import { expect, test } from "vitest";
import {
  callReport,
  creditsUsedUpMessage,
  firstCallIntroduction,
  isLowOnCredits,
  renderPlain,
  sharingMessage,
  topUpPrompt,
} from "../../src/reports/index.js";
import { aCall, anOutcome } from "./a-call.js";

test("credits are low below 20 % of the amount, and not at exactly 20 %", () => {
  expect(isLowOnCredits({ balance: 160, amount: 800 })).toBe(false);
  expect(isLowOnCredits({ balance: 159, amount: 800 })).toBe(true);
  fc.assert(
    fc.property(fc.nat(1_000_000_000), (fifth) => {
      expect(isLowOnCredits({ balance: fifth, amount: fifth * 5 })).toBe(false);
      expect(isLowOnCredits({ balance: fifth - 1, amount: fifth * 5 })).toBe(true);
    }),
  );
});

test.each([
  [{ balance: 160, amount: 800 }, []],
  [{ balance: 159, amount: 800 }, ["credits_low"]],
  [{ balance: 1, amount: 800 }, ["credits_low"]],
  [{ balance: 0, amount: 800 }, ["credits_used_up"]],
  [{ balance: -3, amount: 0 }, ["credits_used_up"]],
] as const)("after a call that leaves %o the human is reminded of %o", (balance, reminders) => {
  expect(callReport(aCall({ balance })).reminders).toEqual(reminders);
});

test("a call refused for want of credits says so, whatever the balance", () => {
  const { balance: _, ...unknownBalance } = aCall({ outcome: anOutcome("insufficient_credits") });
  delete unknownBalance.outcome?.creditsRemaining;
  expect(callReport(unknownBalance).reminders).toEqual(["credits_used_up"]);
  const some = callReport({ ...unknownBalance, balance: { balance: 700, amount: 800 } });
  expect(renderPlain(some)).toContain("Your credits do not suffice for this call.");
});

test("the reminder comes after the result, with the way to top up", () => {
  const text = renderPlain(callReport(aCall({ balance: { balance: 10, amount: 800 } })));
  expect(text.indexOf("Less than a fifth")).toBeGreaterThan(text.indexOf("Result:"));
  expect(text).toContain("Top up here: https://agent.pollyreach.ai/");
});

test("used-up credits and a waiting task come with the top-up link", () => {
  expect(creditsUsedUpMessage()).toMatch(
    /used up[\s\S]*https:\/\/agent\.pollyreach\.ai\/[\s\S]*free credits/,
  );
  expect(topUpPrompt()).toContain("used up");
  expect(topUpPrompt({ balance: 30, amount: 800 })).toContain("30 of 800 credits left");
  expect(topUpPrompt({ balance: 700, amount: 800 })).not.toContain("fifth");
  expect(topUpPrompt({ balance: 700, amount: 800 })).toContain("https://agent.pollyreach.ai/");
});

test("the sharing copy is the service's, word for word", () => {
  expect(sharingMessage()).toBe(
    "🦜 Hey, my AI agent just got its own phone number and can actually make phone calls now. Pretty cool! Your agent should try it too! Send this to your agent 👇\n> Read https://pollyreach.ai/SKILL.md and follow the instructions to install PollyReach",
  );
});

test("after the first call the human hears three things about incoming calls", () => {
  const points = firstCallIntroduction().split("\n").slice(1);
  expect(points).toHaveLength(3);
  expect(points[0]).toMatch(/number.*anyone.*answered/i);
  expect(points[1]).toMatch(/how calls are answered/);
  expect(points[2]).toMatch(/new calls at regular intervals/);
});
