import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";

/** Numbers by country, by the beginning of their E.164 form, and one by one. An entry matches if any of them does. */
export interface NumberRules {
  /** ISO 3166-1 alpha-2; "001" for numbers of no country (+800). */
  countries?: readonly string[];
  /** With `+` and calling code: "+4420". Spaces and dashes are ignored. */
  prefixes?: readonly string[];
  /** E.164 with or without spacing: "+44 20 7946 0018". */
  numbers?: readonly string[];
}

/** An entry of an allow or deny list that could never match as it was meant. */
export class InvalidNumberRule extends RangeError {
  override readonly name = "InvalidNumberRule";
  readonly code = "invalid_number_rule";
  constructor(
    readonly list: "allow" | "deny",
    readonly field: keyof NumberRules,
    next: string,
  ) {
    super(`An entry of ${list}.${field} cannot be read, so no number was checked. ${next}`);
  }
}

/**
 * Whether `rules` name the number.
 * @throws InvalidNumberRule for an entry that cannot be read: a deny list must not fail silently.
 */
export function matches(
  rules: NumberRules,
  list: "allow" | "deny",
  number: { e164: string; country: string },
): boolean {
  const countries = (rules.countries ?? []).map((country) => readCountry(country, list));
  const prefixes = (rules.prefixes ?? []).map((prefix) => readPrefix(prefix, list));
  const numbers = (rules.numbers ?? []).map((entry) => readNumber(entry, list));
  return (
    countries.includes(number.country) ||
    prefixes.some((prefix) => number.e164.startsWith(prefix)) ||
    numbers.includes(number.e164)
  );
}

function readCountry(entry: string, list: "allow" | "deny"): string {
  const country = entry.trim().toUpperCase();
  if (country === "001" || isSupportedCountry(country)) return country;
  throw new InvalidNumberRule(list, "countries", 'Write a two-letter ISO country code such as "GB".');
}

function readPrefix(entry: string, list: "allow" | "deny"): string {
  const prefix = entry.replace(/[\s().-]/g, "");
  if (/^\+[1-9]\d{0,14}$/.test(prefix)) return prefix;
  throw new InvalidNumberRule(list, "prefixes", 'Write it with + and the calling code, such as "+4420".');
}

function readNumber(entry: string, list: "allow" | "deny"): string {
  const parsed = parsePhoneNumberFromString(entry, { extract: false });
  if (parsed !== undefined) return parsed.number;
  throw new InvalidNumberRule(list, "numbers", 'Write it in E.164, such as "+442079460018".');
}
