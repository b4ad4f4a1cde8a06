import { findSensitive } from "./find-sensitive.js";

/** Proven by their check digits, so that nothing harmless is taken for them. */
const PAYMENT: ReadonlySet<string> = new Set(["card_number", "iban"]);

/** What stands in the place of payment data that was masked. */
export const MASKED_PAYMENT = /\[(?:card number|IBAN) ending \w{4}\]/g;

/** A text that strangers chose, without the card and account numbers in it: fit to be kept and shown. */
export function maskPaymentData(text: string): string {
  return findSensitive(text)
    .filter(({ kind }) => PAYMENT.has(kind))
    .reduceRight((left, { start, end, masked }) => left.slice(0, start) + masked + left.slice(end), text);
}

/** The same for every text within a value of JSON, whatever its shape. Numbers of a card's length count as texts. */
export function withoutPaymentData<T>(value: T): T;
export function withoutPaymentData(value: unknown): unknown {
  if (typeof value === "string") return maskPaymentData(value);
  if (typeof value === "number") {
    const masked = maskPaymentData(String(value));
    return masked === String(value) ? value : masked;
  }
  if (Array.isArray(value)) return value.map((each) => withoutPaymentData(each));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [maskPaymentData(name), withoutPaymentData(each)]),
  );
}
