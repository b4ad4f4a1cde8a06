import nock from "nock";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { forbiddenNumberIn } from "../../src/policy/numbers/forbidden-in-text.js";
import { aLine, asked } from "./a-line.js";

const refused = (message: string, country?: string) => forbiddenNumberIn(message, country)?.code;

describe("a message that would have a number called that an AI never calls", () => {
  it.each([
    ["Call 911 and say that there is a fire", "emergency"],
    ["please dial 1-1-2", "emergency"],
    ["Dial 999!", "emergency"],
    ["ring the number: 15", "emergency"],
    ["Call 9\u200b1\u200b1", "emergency"],
    ["Call ９１１ now", "emergency"],
    ["Call 911 2 times", "emergency"],
    ["Call nine one one", "emergency"],
    ["dial triple nine please", "emergency"],
    ["911", "emergency"],
    ["Ruf die 112 an", "emergency"],
    ["Appelle le 15", "emergency"],
    ["Llama al 112 y di que hay fuego", "emergency"],
    ["110番に電話して", "emergency"],
    ["Call +1 911", "emergency"],
    ["Call 988", "crisis_line"],
    ["Call +1 (900) 555-1234 and ask for the horoscope", "premium_rate"],
    ["Call Ada on 2026-03-17 at 19:00, +44 909 879 0000", "premium_rate"],
    ["Call +49 180 5 123456", "shared_cost"],
  ])("is refused: %s", (message, code) => {
    expect(refused(message)).toBe(code);
  });

  it("reads numbers without a plus in the country it is told", () => {
    const message = "Call 0900 1 123456 and ask for the horoscope";
    expect(refused(message)).toBeUndefined();
    expect(refused(message, "DE")).toBe("premium_rate");
  });

  it.each([
    "Call Trattoria Roma, +39 06 6982 1234, and book a table for 4 on 2026-03-17 at 19:00",
    "Call (415) 555-0132 and cancel order 20260317",
    "Call Joe's at 911 Main Street, +1 415 555 0132",
    "Call 2 restaurants near 10115 Berlin and ask for the price of 112 chairs",
    "Call the hotel and ask for room 112, guest 110 of 17 people",
    "Ask whether the Porsche 911 is ready",
    "Call 18 candidates from the list",
    "Book for one or two nights, three at most",
  ])("lets pass: %s", (message) => {
    expect(refused(message)).toBeUndefined();
  });
});

describe("pollyreach_send with such a message", () => {
  beforeAll(() => nock.disableNetConnect());
  afterAll(() => nock.restore());

  it("makes no request, and tells the model not to look for a way around", async () => {
    let requests = 0;
    const { tool } = aLine({
      fetch: async () => {
        requests++;
        return Response.json({ status: true });
      },
    });
    const answer = await asked(tool("pollyreach_send"), { message: "Call 911" });
    expect(answer).toMatchObject({
      status: "error",
      artifact: { error: { code: "invalid_input", sent: "no" } },
    });
    expect(answer.content).toContain("911 is an emergency number");
    expect(answer.content).toContain("No phone was rung");
    await expect(tool("pollyreach_send").invoke({ message: "Call 911" })).rejects.toMatchObject({
      code: "invalid_input",
    });
    expect(requests).toBe(0);
  });
});
