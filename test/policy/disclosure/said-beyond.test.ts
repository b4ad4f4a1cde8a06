import { describe, expect, it } from "vitest";
import { saidBeyond } from "../../../src/policy/disclosure/said-beyond.js";
import type { TranscriptTurn } from "../../../src/policy/outcome.js";

const ai = (text: string): TranscriptTurn => ({ speaker: "ai", text });
const callee = (text: string): TranscriptTurn => ({ speaker: "callee", text });

/** What the human had allowed. */
const TOLD = [
  "Call: Trattoria Roma, +39 06 6982 1234",
  "Purpose: Book a table for 4 on Friday 20 March at 19:30",
  "- name: Okonjo\n- callback number: +44 20 7946 0018\n- e-mail: ada@example.com",
];
const beyond = (...transcript: TranscriptTurn[]) => saidBeyond(transcript, TOLD).map(({ what }) => what);

describe("an AI that gives away what it was not told", () => {
  it.each([
    ["Her card is 4111 1111 1111 1111.", "[card number ending 1111]"],
    [
      "It is four one one one, one one one one, one one one one, one one one one.",
      "[card number ending 1111]",
    ],
    ["Charge it to DE89 3704 0044 0532 0130 00.", "[IBAN ending 3000]"],
    ["The verification code is 482913.", "[one-time code]"],
    ["Her PIN is 4711.", "[PIN]"],
    ["Write to grace@example.org.", "grace@example.org"],
    ["That is grace dot hopper at example dot org.", "grace.hopper@example.org"],
    ["Her own number is +44 20 7946 0777.", "44 20 7946 0777"],
    [
      "Call zero two zero seven nine four six zero seven seven seven.",
      "zero two zero seven nine four six zero seven seven seven",
    ],
    ["The booking is 88412907.", "88412907"],
  ])("has it stand in the report: %s", (words, what) => {
    expect(beyond(callee("Roma, hello."), ai(words))).toEqual([what]);
  });

  it("has each thing stand there once, with the turn that said it first, and everything of a turn", () => {
    const both = "Her card is 4111 1111 1111 1111 and her number 020 7946 0777.";
    expect(saidBeyond([callee("Hello?"), ai(both), callee("Sorry?"), ai(both)], TOLD)).toEqual([
      { what: "[card number ending 1111]", turn: 1 },
      { what: "020 7946 0777", turn: 1 },
    ]);
  });

  it("is not excused by figures that only stand side by side in what it was told", () => {
    expect(saidBeyond([ai("The code word is 419302.")], ["4 people", "19:30", "2 hours"])).toHaveLength(1);
  });

  it("is not excused by what the callee says only afterwards", () => {
    expect(beyond(ai("Is it 88412907?"), callee("88412907, yes."))).toEqual(["88412907"]);
  });
});

describe("an AI that keeps to what it was told", () => {
  it.each([
    "Hello, I am an AI assistant calling on behalf of Okonjo.",
    "A table for 4 on Friday, 20 March 2026, at 19:30, please.",
    "That is 20/03/2026, between 18:00 and 20:30; or 2026-03-21 at 19.45.",
    "Up to 40 euros a head, so $160.00 or 120 000 yen, 1,200,000 yen at the most; 100 000 € if need be.",
    "In the name of Okonjo, O K O N J O.",
    "You can reach us on +44 20 7946 0018, that is 020 7946 0018, or (0)20-7946-0018.",
    "Am I speaking to Trattoria Roma, 06 6982 1234?",
    "The e-mail is ADA@example.com, ada at example dot com.",
  ])("has nothing stand in the report: %s", (words) => {
    expect(beyond(callee("Hello?"), ai(words))).toEqual([]);
  });

  it.each([
    ["Your booking is 884 129 07.", "88412907, thank you."],
    ["Write to Bookings@Roma.example.", "I have noted bookings@roma.example."],
    ["Call my mobile, zero six, six nine eight two, nine nine nine nine.", "06 6982 9999, thank you."],
    ["The confirmation PIN is 4711.", "So the PIN is 4711."],
  ])("may repeat what the callee has said: %s", (theirs, its) => {
    expect(beyond(callee(theirs), ai(its))).toEqual([]);
  });
});
