import { describe, expect, it, test } from "vitest";
import { asksForSensitive } from "../../../src/policy/disclosure/asks-for-sensitive.js";

const kinds = (text: string) => [...new Set(asksForSensitive(text).map(({ kind }) => kind))].sort().join(" ");

describe("a callee asks for what only the human may give", () => {
  test.each([
    ["card_number", "Can I have your card number?"],
    ["card_number", "We'll need a credit card to hold the table."],
    ["card_number", "カード番号を教えていただけますか。"],
    ["card_number", "クレジットカードが必要です"],
    ["card_number", "请告诉我您的卡号。"],
    ["card_number", "¿Me dice el número de su tarjeta?"],
    ["card_number", "Wie lautet Ihre Kreditkartennummer?"],
    ["card_number", "Il me faut votre numéro de carte."],
    ["cvv", "And the three digits on the back, please."],
    ["cvv", "セキュリティコードをお願いします"],
    ["iban", "Bitte nennen Sie mir Ihre IBAN."],
    ["iban", "Pouvez-vous me donner vos coordonnées bancaires ?"],
    ["deposit", "There is a deposit of 50 dollars, which has to be paid today."],
    ["deposit", "デポジットをお願いしております。"],
    ["deposit", "需要付押金吗？"],
    ["deposit", "Hay que dejar un depósito."],
    ["deposit", "Wir brauchen eine Anzahlung von 20 Euro."],
    ["deposit", "Nous demandons des arrhes."],
    ["national_id", "What's your social security number?"],
    ["national_id", "パスポート番号を教えてください"],
    ["national_id", "请提供您的身份证号"],
    ["national_id", "Necesito su DNI."],
    ["national_id", "Ich brauche die Nummer Ihres Personalausweises, die Ausweisnummer."],
    ["national_id", "Quel est votre numéro de sécurité sociale ?"],
    ["one_time_code", "Please read me the code we just sent you."],
    ["one_time_code", "認証コードをおっしゃってください"],
    ["one_time_code", "请告诉我验证码"],
    ["one_time_code", "Dígame el código de verificación."],
    ["one_time_code", "Nennen Sie mir bitte die TAN."],
    ["one_time_code", "Donnez-moi le code reçu par SMS."],
    ["password", "Could you tell me the account password?"],
    ["password", "パスワードは何ですか"],
    ["password", "Quel est votre mot de passe ?"],
    ["pin", "Please enter your PIN."],
    ["pin", "暗証番号を入力してください"],
  ])("%s: %s", (kind, text) => {
    expect(kinds(text).split(" ")).toContain(kind);
  });

  it("quotes the sentence that asks, where it stands", () => {
    const text = "Good evening!  May I have the ＣＡＲＤ number and a deposit? Thank you.";
    const requests = asksForSensitive(text);
    expect(requests.map(({ kind }) => kind)).toEqual(["card_number", "deposit"]);
    for (const { quote, start, end } of requests) {
      expect(quote).toBe("May I have the ＣＡＲＤ number and a deposit?");
      expect(text.slice(start, end)).toBe(quote);
    }
  });
});

describe("what asks for nothing", () => {
  test.each([
    "",
    "Good evening, Izakaya Megro, how can I help you?",
    "We take credit cards.",
    "No deposit is required.",
    "We don't need a card number.",
    "デポジットは必要ありません。",
    "不需要押金。",
    "No hace falta tarjeta.",
    "Eine Anzahlung ist nicht nötig.",
    "Pas besoin d'acompte.",
    "Could you spell the name, please?",
    "What is your phone number?",
    "For how many people, and at what time?",
    "Mit Kreditkarte zahlen geht auch.",
    "Liegt der Personalausweis von Frau Sommerlad schon bereit?",
  ])("%j", (text) => {
    expect(asksForSensitive(text)).toEqual([]);
  });
});
