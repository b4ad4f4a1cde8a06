import { findSensitive } from "./find-sensitive.js";
import type { SensitiveKind } from "./sensitive.js";

const NAMES: Readonly<Record<SensitiveKind, string>> = {
  card_number: "a card number",
  cvv: "a card's check value",
  iban: "a bank account number",
  national_id: "a national identity number",
  one_time_code: "a one-time code",
  password: "a password",
  pin: "a PIN",
};

/**
 * Why a text is not sent, if it holds sensitive data: a predicate for the human, without the data.
 * Such data is never spoken into a telephone by an AI; the human gives it to the callee in person.
 */
export function sensitiveProblem(text: string): string | undefined {
  const kinds = [...new Set(findSensitive(text).map(({ kind }) => NAMES[kind]))];
  if (kinds.length === 0) return undefined;
  return `holds ${kinds.join(" and ")}, which is never sent or said on a call; take it out, and give it to the callee in person if you want to`;
}
