import { fakeModel } from "@langchain/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { modelInboundReader } from "../../src/inbound/model-reader.js";
import { standsInMessage } from "../../src/inbound/passages.js";
import { readShape } from "../../src/inbound/read-shape.js";
import { type InboundReading, readInbound } from "../../src/inbound/reading.js";
import type { ReceivedMessage } from "../../src/inbound/received-message.js";
import { salvage } from "../../src/inbound/salvage.js";
import { maskSecrets, maskTurns } from "../../src/inbound/secrets.js";
import { KNOWN, UNSEEN } from "./messages.js";

const read = (content: string, from = "+14155550199") =>
  readInbound(readShape({ content, from_phone: from }));

function evidenceOf({ classification, intent, facts, followUp }: InboundReading) {
  const facts_ = [facts.name, facts.business, ...facts.numbers, ...facts.times, ...facts.amounts];
  const all = [
    ...classification.evidence,
    intent.evidence,
    followUp.evidence,
    ...facts_.map((fact) => fact?.evidence),
  ];
  return all.filter((evidence) => evidence !== undefined);
}

describe("seed: calls are classified as general, important or spam, with whether to follow up", () => {
  it.each([...KNOWN, ...UNSEEN].map((each) => [each.language, JSON.stringify(each.raw), each] as const))(
    "%s %s",
    (_, __, { raw, name, ...expected }) => {
      const message = readShape(raw);
      const reading = readInbound(message);
      expect([reading.classification.class, reading.followUp.needed]).toEqual([
        expected.class,
        expected.followUp,
      ]);
      if (name !== undefined) expect(reading.facts.name?.asWritten).toBe(name);
      for (const evidence of evidenceOf(reading)) expect(standsInMessage(message, evidence)).toBe(true);
    },
  );

  it("urgency makes no spam of a doctor, and the AI's own words count for nothing", () => {
    expect(
      read("Free parking at the hospital for your surgery tomorrow, no obligation.").classification.class,
    ).toBe("important");
    const asked = readShape({
      call_id: "c",
      transcript: "AI: Is it urgent? An emergency? A gift card?\nCaller: No, thanks.",
    });
    expect(readInbound(asked).classification.class).toBe("general");
  });

  it("whoever asks for a code or a PIN is no bank", () => {
    expect(
      read("This is your bank. Please tell us the verification code we sent you.").classification,
    ).toMatchObject({
      class: "spam",
      evidence: [{ quote: expect.stringContaining("verification code") }],
    });
  });
});

describe("key facts", () => {
  it("who, another number to call, times and amounts, as they were said", () => {
    const { facts } = read(
      "Hi, this is Susan Field from Acme Tools. You owe us 1,250.50 dollars since Friday at 3 pm; call me on (415) 555-0134 or $5 more is due on 2026-03-20.",
    );
    expect(facts.name?.asWritten).toBe("Susan Field");
    expect(facts.business?.asWritten).toBe("Acme Tools");
    expect(facts.numbers).toMatchObject([{ phone: "+14155550134", asWritten: "(415) 555-0134" }]);
    expect(facts.times.map(({ asWritten }) => asWritten)).toEqual(["Friday at 3 pm", "2026-03-20"]);
    expect(facts.amounts.map(({ asWritten }) => asWritten)).toEqual(["1,250.50 dollars", "$5"]);
  });

  it("the number that called is not stated as another one", () => {
    expect(read("Call me back on 415 555 0199.").facts.numbers).toEqual([]);
  });
});

it("any text is read without a throw, and every claim stands in the message", () => {
  fc.assert(
    fc.property(
      fc.record(
        {
          content: fc.string({ unit: "grapheme" }),
          summary: fc.string(),
          transcript: fc.string(),
          from: fc.string(),
        },
        { requiredKeys: [] },
      ),
      fc.constantFrom("", "AI: urgent?\nCaller: my name is Al Bo, pay 5 euros at 14:00. 🚑 hospital"),
      (raw, tail) => {
        const message = readShape({ ...raw, transcript: `${raw.transcript ?? ""}\n${tail}` });
        for (const evidence of evidenceOf(readInbound(message)))
          expect(standsInMessage(message, evidence)).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

describe("shapes", () => {
  it.each<[unknown, Partial<ReceivedMessage>]>([
    [
      { content: "Hi", from_phone: "+1 415" },
      { shape: "text", content: "Hi", from: "+1 415" },
    ],
    [
      {
        call_id: 7,
        summary: "S",
        transcript: [
          { role: "ai", text: "A" },
          { role: "caller", text: "B" },
        ],
      },
      { shape: "call_record", callId: "7", transcript: "ai: A\ncaller: B" },
    ],
    [{ content: "Hi", created_at: "2026-03-16 09:00:00" }, { at: Date.UTC(2026, 2, 16, 9) }],
    [{ content: "Hi", timestamp: 1773651600 }, { at: 1773651600_000 }],
    ["bare words", { shape: "text", content: "bare words" }],
    [{ odd: "thing" }, { shape: "other", content: '{"odd":"thing"}' }],
    [null, { shape: "other" }],
    [[1], { shape: "other", content: "[1]" }],
  ])("%j", (raw, expected) => {
    expect(readShape(raw)).toMatchObject(expected);
  });

  it("a reply cut off anywhere gives every message that came whole, and the words of the one it broke off in", () => {
    const words = 'She said: "call\\me" {soon} [x] \\u00e9';
    const messages = [0, 1, 2].map((index) => ({
      content: `${words} ${index}`,
      from_phone: "+1",
      extra: { a: [1, { b: 2 }] },
    }));
    const text = JSON.stringify({ success: true, messages });
    for (let cut = 0; cut <= text.length; cut++) {
      const { whole, fragment } = salvage(text.slice(0, cut));
      const complete = messages.filter((message) => text.slice(0, cut).includes(JSON.stringify(message)));
      expect(whole).toEqual(complete);
      const partial = readShape(fragment ?? {}).content;
      if (partial !== undefined && fragment && "content" in fragment && fragment.content !== null) {
        expect(messages[complete.length]?.content.startsWith(partial)).toBe(true);
      }
    }
  });
});

describe("secrets are masked", () => {
  it.each([
    ["Your verification code is 482913.", "482913"],
    ["G-482913 is your Google code", "482913"],
    ["Use 4829 13 as your login code", "4829 13"],
    ["Ihr Code lautet 4829.", "4829"],
    ["Votre code : 482 913", "482 913"],
    ["Su código es 482913", "482913"],
    ["認証コードは482913です", "482913"],
    ["您的验证码是482913", "482913"],
    ["My card is 4111 1111 1111 1111", "4111 1111 1111"],
    ["the password is hunter22", "hunter22"],
  ])("%s", (text, secret) => {
    expect(maskSecrets(text)).not.toContain(secret);
  });

  it.each([
    "Call me on +1 415 555 0199 before 2026.",
    "The postal code is 94110 and the area code 415.",
    "Your booking code is 482913.",
    "It costs 1250 euros, at 14:30.",
  ])("and nothing else: %s", (text) => {
    expect(maskSecrets(text)).toBe(text);
  });

  it("also where one asks and the other answers", () => {
    const turns = maskTurns([
      { speaker: "ai", text: "What is the verification code?" },
      { speaker: "caller", text: "It is 4 8 2 9 1 3." },
    ]);
    expect(JSON.stringify(turns)).not.toMatch(/4 8 2/);
  });
});

describe("a model as reader", () => {
  const message = readShape({
    content: "The caller asked about the roof. Nothing else.",
    from_phone: "+14155550199",
  });
  const answer = {
    classification: "important",
    matter: "enquiry",
    follow_up_needed: true,
    quote_for_classification: "asked about the roof",
    quote_for_matter: "asked about the roof",
    quote_for_follow_up: "asked about the roof",
  };
  const by = (response: object) => modelInboundReader({ model: fakeModel().structuredResponse(response) });

  it("counts where its quotes stand in the message", async () => {
    expect(await by(answer).read(message)).toMatchObject({
      readBy: "model",
      classification: { class: "important", evidence: [{ quote: "asked about the roof", field: "content" }] },
      followUp: { needed: true },
    });
  });

  it.each([
    ["quotes what nobody said", { ...answer, quote_for_classification: "the roof is on fire" }],
    ["answers nonsense", { classification: "vital" }],
  ])("but not where it %s: then the rules' reading stands", async (_, response) => {
    expect(await by(response).read(message)).toEqual(readInbound(message));
  });

  it("cannot filter away what is pressing", async () => {
    const pressing = readShape({ content: "Your mother is in hospital." });
    const spam = { ...answer, classification: "spam", quote_for_classification: "Your mother" };
    expect((await by(spam).read(pressing)).classification.class).toBe("important");
  });
});
