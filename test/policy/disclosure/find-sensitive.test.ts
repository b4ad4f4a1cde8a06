import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { passesLuhn } from "../../../src/policy/disclosure/card.js";
import { findSensitive, maskSensitive } from "../../../src/policy/disclosure/find-sensitive.js";

/** What is found, as "kind: the text itself". */
const found = (text: string) =>
  findSensitive(text).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);

/** Numbers that the schemes and banks publish for tests; none is anybody's. */
const CARDS = {
  visa: "4111111111111111",
  visa19: "4000000000000000006",
  mastercard: "5555555555554444",
  mastercard2: "2223003122003222",
  amex: "378282246310005",
  diners: "30569309025904",
  discover: "6011111111111117",
  jcb: "3530111333300000",
  unionpay: "6200000000000005",
  mir: "2200000000000053",
};

describe("card numbers", () => {
  test.each(Object.entries(CARDS))("%s", (_scheme, card) => {
    expect(passesLuhn(card)).toBe(true);
    expect(found(`Use ${card} please`)).toEqual([`card_number: ${card}`]);
    expect(found(`Use ${card.slice(0, -1)}${(Number(card.at(-1)) + 1) % 10} please`)).toEqual([]);
    expect(maskSensitive(`Use ${card} please`)).toBe(`Use [card number ending ${card.slice(-4)}] please`);
  });

  test.each([
    ["spaces", "4111 1111 1111 1111"],
    ["dashes", "4111-1111-1111-1111"],
    ["dots", "4111.1111.1111.1111"],
    ["slashes", "4111/1111/1111/1111"],
    ["commas", "4111, 1111, 1111, 1111"],
    ["brackets", "(4111)(1111)(1111)(1111)"],
    ["long dashes", "4111 – 1111 – 1111 – 1111"],
    ["line breaks", "4111 1111\n1111 1111"],
    ["no-break spaces", "4111\u00a01111\u00a01111\u00a01111"],
    ["one digit at a time", "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"],
    ["hidden characters", "4111\u200b1111\u2060111\u00ad1\ufeff1111"],
    ["pairs", "41 11 11 11 11 11 11 11"],
    ["halves", "41111111 11111111"],
    ["full-width digits", "４１１１　１１１１　１１１１　１１１１"],
    ["Arabic digits", "٤١١١ ١١١١ ١١١١ ١١١١"],
    ["Devanagari digits", "४१११ ११११ ११११ ११११"],
    ["mathematical digits", "𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏"],
    ["Chinese digits", "四一一一 一一一一 一一一一 一一一一"],
    ["English words", `four ${"one ".repeat(15).trim()}`],
    ["Spanish words", `cuatro ${"uno ".repeat(15).trim()}`],
    ["German words", `vier, ${"eins, ".repeat(14)}eins`],
    ["French words", `quatre ${"un ".repeat(15).trim()}`],
    ["a plus before it", "+4111111111111111"],
  ])("disguised with %s", (_how, written) => {
    const text = `Yes, it is ${written}; anything else?`;
    const [find, ...more] = findSensitive(text);
    expect(more).toEqual([]);
    expect(find).toMatchObject({ kind: "card_number", masked: "[card number ending 1111]" });
    expect(text.slice(find?.start, find?.end)).toContain(written.replace(/^[+(]/, "").replace(/\)$/, ""));
  });

  it("finds each of several, and what is written around them stays", () => {
    expect(maskSensitive("Visa 4111 1111 1111 1111 12/29 cvv 123, or Amex 3782 822463 10005.")).toBe(
      "Visa [card number ending 1111] 12/29 cvv [card security code], or Amex [card number ending 0005].",
    );
  });

  it("counts once what is two things at once", () => {
    expect(found("password: 4111111111111111")).toEqual(["card_number: 4111111111111111"]);
    expect(found("the PIN 482913 is the verification code")).toEqual(["pin: 482913"]);
  });

  it("finds a card of an unknown scheme, or in odd groups, where the word card stands before it", () => {
    expect(found("9999 9999 9999 9995")).toEqual([]);
    expect(found("my card: 9999 9999 9999 9995")).toEqual(["card_number: 9999 9999 9999 9995"]);
    expect(found("カード番号は411 1111 11111 1111です")).toEqual(["card_number: 411 1111 11111 1111"]);
  });
});

describe("bank accounts", () => {
  test.each([
    "DE89370400440532013000",
    "GB82 WEST 1234 5698 7654 32",
    "gb82west12345698765432",
    "FR14 2004 1010 0505 0001 3M02 606",
    "NL91-ABNA-0417-1643-00",
    "ES9121000418450200051332",
    "IT60X0542811101000000123456",
    "NO93 8601 1117 947",
    "MT84MALT011000012345MTLCAST001S",
    "Ｄ Ｅ ８９ ３７０４ ００４４ ０５３２ ０１３０ ００",
  ])("%s", (iban) => {
    expect(found(`Konto ${iban}, danke`)).toEqual([`iban: ${iban}`]);
    expect(found(`振込先は${iban}です`)).toEqual([`iban: ${iban}`]);
    const at = iban.length - 3;
    const wrong = `${iban.slice(0, at)}${iban[at] === "7" ? "8" : "7"}${iban.slice(at + 1)}`;
    expect(found(`Konto ${wrong}, danke`).filter((find) => find.startsWith("iban"))).toEqual([]);
  });
});

describe("national identity numbers", () => {
  test.each([
    ["US", "123-45-6789"],
    ["US, named", "My social security number is 123 45 6789", "123 45 6789"],
    ["ES, DNI", "12345678Z"],
    ["ES, DNI", "12.345.678-Z"],
    ["ES, NIE", "X1234567L"],
    ["FR", "1 85 05 78 006 084 91"],
    ["FR, Corsica", "2 90 07 2A 004 012 01"],
    ["CN", "11010519491231002X"],
    ["CN", "110105 19491231 002x"],
    ["JP, named", "マイナンバーは1234 5678 9018です", "1234 5678 9018"],
    ["BR", "529.982.247-25"],
    ["BR, named", "CPF 52998224725", "52998224725"],
    ["IT", "RSSMRA85T10A562S"],
    ["NL, named", "BSN: 111222333", "111222333"],
    ["GB", "AB 12 34 56 C"],
    ["DE, named", "Steuer-ID 86 095 742 719", "86 095 742 719"],
    ["KR", "900101-1234567"],
    ["passport", "passport number C01X00T47", "C01X00T47"],
    ["passport", "我的护照号是E12345678", "E12345678"],
  ])("%s: %s", (_country, text, id = text) => {
    expect(found(text)).toEqual([`national_id: ${id}`]);
    expect(maskSensitive(text)).toBe(text.replace(id, "[national ID]"));
  });

  test.each([
    ["US: areas that are not given out", "000-45-6789 666-45-6789 900-45-6789"],
    ["ES: another letter", "12345678A"],
    ["FR: another key", "1 85 05 78 006 084 92"],
    ["CN: another check digit", "110105194912310021"],
    ["BR: another check digit", "529.982.247-26"],
    ["BR: eleven digits that nothing names", "52998224725"],
    ["IT: another check letter", "RSSMRA85T10A562T"],
    ["JP: twelve digits that nothing names", "1234 5678 9018"],
    ["NL: nine digits that nothing names", "111222333"],
    ["passport: only the word", "Please bring your passport at 19:00 to room 12."],
  ])("%s is none", (_why, text) => {
    expect(found(text)).toEqual([]);
  });
});

describe("codes and passwords, by what names them", () => {
  test.each([
    ["one_time_code", "Your verification code is 482913.", "482913"],
    ["one_time_code", "482913 is your Google verification code", "482913"],
    ["one_time_code", "OTP: 4829", "4829"],
    ["one_time_code", "the code we just sent you? It's 482-913", "482-913"],
    ["one_time_code", "the one-time code is four eight two nine one three", "four eight two nine one three"],
    ["one_time_code", "認証コードは４８２９１３です", "４８２９１３"],
    ["one_time_code", "验证码：482913，请勿泄露", "482913"],
    ["one_time_code", "Su código de verificación es 482913", "482913"],
    ["one_time_code", "el codigo de verificacion es 482913", "482913"],
    ["one_time_code", "Die TAN lautet 482913", "482913"],
    ["one_time_code", "Ihr Bestätigungscode: 482 913", "482 913"],
    ["one_time_code", "Votre code de vérification est le 482913", "482913"],
    ["pin", "my PIN is 4821", "4821"],
    ["pin", "暗証番号は四八二一です", "四八二一"],
    ["pin", "我的PIN码是4821", "4821"],
    ["pin", "el PIN es 4821", "4821"],
    ["pin", "die Geheimzahl ist 4821", "4821"],
    ["pin", "le code secret est 4821", "4821"],
    ["cvv", "CVV 123", "123"],
    ["cvv", "the CVC is one two three", "one two three"],
    ["cvv", "セキュリティコードは123", "123"],
    ["cvv", "安全码 123", "123"],
    ["cvv", "código de seguridad: 123", "123"],
    ["cvv", "Prüfziffer 123", "123"],
    ["cvv", "le cryptogramme est 123", "123"],
    ["password", "password: swordfish", "swordfish"],
    ["password", "my password is swordfish.", "swordfish"],
    ["password", "The password for the door is “open sesame”", "open sesame"],
    ["password", "the password you asked for is hunter2", "hunter2"],
    ["password", "hunter2 is my password", "hunter2"],
    ["password", "パスワードはhunter2です", "hunter2"],
    ["password", "パスワードは「ひらけごま」", "ひらけごま"],
    ["password", "密码是abc12345", "abc12345"],
    ["password", "la contraseña es Tr0ub4dor&3", "Tr0ub4dor&3"],
    ["password", "Passwort lautet geheim", "geheim"],
    ["password", "mot de passe : azerty", "azerty"],
  ])("%s: %s", (kind, text, secret) => {
    expect(found(text)).toEqual([`${kind}: ${secret}`]);
    expect(maskSensitive(text)).not.toContain(secret);
  });
});

describe("what is no sensitive data", () => {
  test.each([
    ["questions for it", "What is the long number on the card? And your PIN, password, IBAN and CVV?"],
    ["refusals", "Never give a card number, password or verification code over the phone."],
    ["telephone numbers", "+81 3-5844-6369, +1 (202) 555-0123, 020 7946 0018, +49 30 901820, 06 12 34 56 78"],
    ["telephone numbers in a list", "415 555 0123\n415 555 0124\n555 0123 4567\n4155550125"],
    ["dates and times", "2026-03-17 19:00, 17.03.2026 19:30, 30.12.2026 31.12.2026, 20260317T190000Z"],
    ["opening hours", "Mon-Fri 09:00-12:00, 14:00-17:30; Sat 4:30 5:00 5:30"],
    ["prices", "$1,234,567,890.00 or 4,111,111,111,111,111 yen; 57 credits used | 1,943 credits remaining"],
    ["booking references", "Booking ref 4821993, order 302-4418230-5577310, ticket KX7Q2M, table for 4"],
    ["parcel and device numbers", "1Z999AA10123456784, IMEI 490154203237518, ISBN 978-3-16-148410-0"],
    ["addresses", "1600 Amphitheatre Pkwy, Mountain View, CA 94043-1351; PIN code 560001"],
    ["a time after a name", "Your PIN will be sent by 19:30 on 2026-03-17."],
    ["a number to call after a name", "The verification code will be sent to +1 202 555 0123."],
    ["a price after a name", "A new PIN costs €15.00 or 1500円."],
    [
      "passwords that are not told",
      "The password is required. Password reset at 19:00. Passwort ist falsch. La contraseña es incorrecta.",
    ],
    ["a masked card", "card ending in 1111, **** **** **** 1111, password: ********"],
    ["identifiers", "call 550e8400-e29b-41d4-a716-446655440000, https://pollyreach.ai/calls/8f14e45f"],
    [
      "the next sentence's number",
      "Never tell anybody your PIN. Reference 4821. Or a verification code! Room 4821.",
    ],
    ["a date after a name", "The verification code is valid until 17.03.2026, or 2026-03-17."],
    ["a card of nothing but zeros", "card 0000 0000 0000 0000"],
    ["prose that begins like an IBAN", "phones reopen Monday, 9 March 2026, at 9 a.m. The mailbox is full."],
    ["words that hold names", "spinning 1234 pins; a tan of 2026; cardboard 4821"],
    ["spoken numbers", "a table for two at seven, one high chair, six or seven people"],
  ])("%s", (_what, text) => {
    expect(found(text)).toEqual([]);
    expect(maskSensitive(text)).toBe(text);
  });
});

describe("whatever is given", () => {
  const pieces = fc.array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.constantFrom(
        "4111 1111 1111 1111",
        "DE89370400440532013000",
        "PIN 4821",
        "password: hunter2",
        "123-45-6789",
        "１２",
        "one ",
        "card ",
      ),
    ),
    { maxLength: 12 },
  );

  it("gives offsets in order and within the text, and masks all that it finds", () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join("; ");
        let last = 0;
        for (const { start, end, masked } of findSensitive(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(masked).toMatch(/^\[(card number|IBAN) ending [0-9A-Z]{4}\]$|^\[[a-zA-Z -]+\]$/);
          last = end;
        }
        expect(found(maskSensitive(text)).filter((find) => /card_number|iban/.test(find))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it("finds a canary card however it is cut into groups of a kind, in any text around it", () => {
    const separator = fc.constantFrom(" ", "-", ".", "\u00a0", " - ", "\u200b", "/");
    const size = fc.constantFrom(1, 2, 3, 4, 5, 8, 16);
    const prose = fc.constantFrom("", "Hello. ", "予約は", "Dial +44 20 7946 0018, ", "on 2026-03-17, ");
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(CARDS)),
        separator,
        size,
        prose,
        prose,
        (card, gap, n, before, after) => {
          const written = card.match(new RegExp(`.{1,${n}}`, "g"))?.join(gap) ?? "";
          expect(found(`${before}${written}; ${after}`)).toEqual([`card_number: ${written}`]);
        },
      ),
      { numRuns: 500 },
    );
  });

  /** A pattern that goes over a hostile text again and again would not come back within the test's time. */
  test.each(["1", "4 ", "DE89 ", "password is '", "pin 1234 ", "A1"])(
    "comes to an end on a megabyte of %j",
    (hostile) => {
      const text = hostile.repeat(Math.ceil(2 ** 20 / hostile.length));
      expect(Array.isArray(findSensitive(text))).toBe(true);
    },
    30_000,
  );
});
