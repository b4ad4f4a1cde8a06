import { getCountries, getCountryCallingCode } from "libphonenumber-js/max";
import { EMERGENCY_NUMBERS } from "./emergency-table.js";
import { CRISIS_LINES, HARMONISED_SOCIAL, MORE_EMERGENCY_NUMBERS } from "./help-lines.js";
import type { WrittenNumber } from "./written.js";

/** An emergency number or crisis line that some digits would, or were meant to, reach. */
export interface EmergencyMatch {
  code: "emergency" | "crisis_line";
  number: string;
  /** ISO 3166-1 alpha-2, or "" where the number is the same in many countries. */
  country: string;
}

/** What callers put before a number to leave their country: 00, 011 (NANP), 0011 (Australia), 010 (Japan), 810. */
const EXIT_CODES = ["0011", "011", "010", "810", "00"];
/** Exit code, calling code and the longest emergency number, with a zero to spare. */
const LONGEST_DISGUISE = 14;

type Table = readonly [EmergencyMatch["code"], ReadonlyMap<string, readonly string[]>];

/** Turned round when first needed, so that importing this costs nothing. */
let byKind: readonly Table[] | undefined;

function tables(): readonly Table[] {
  byKind ??= [
    ["emergency", byNumber(EMERGENCY_NUMBERS, MORE_EMERGENCY_NUMBERS)],
    ["crisis_line", byNumber(CRISIS_LINES)],
  ];
  return byKind;
}

let knownCodes: ReadonlySet<string> | undefined;

function callingCodes(): ReadonlySet<string> {
  knownCodes ??= new Set(getCountries().map((country) => getCountryCallingCode(country)));
  return knownCodes;
}

/**
 * The emergency number or crisis line behind `written`, in any country, also with a calling code, an exit code
 * or zeros put before it. Countries in `nearest` are looked at first, so that the reason names the likely one.
 */
export function emergencyIn(written: WrittenNumber, nearest: readonly string[]): EmergencyMatch | undefined {
  const forms = dialedForms(written.digits);
  for (const country of nearest) {
    for (const form of forms) {
      const match = emergencyOf(country, form);
      if (match !== undefined) return match;
    }
  }
  for (const [code, table] of tables()) {
    const number = forms.find((form) => table.has(form));
    if (number === undefined) continue;
    const [country = "", ...others] = table.get(number) ?? [];
    return { code, number, country: others.length === 0 ? country : "" };
  }
  const social = forms.find((form) => HARMONISED_SOCIAL.test(form));
  return social === undefined ? undefined : { code: "crisis_line", number: social, country: "" };
}

/** The same for a number that does exist: only what is an emergency number or crisis line in its own country. */
export function emergencyOf(country: string, nationalNumber: string): EmergencyMatch | undefined {
  for (const [code, table] of tables()) {
    for (const number of [nationalNumber, `0${nationalNumber}`]) {
      if (table.get(number)?.includes(country)) return { code, number, country };
    }
  }
  return undefined;
}

/** What is left of the digits when everything that can stand before a national number is taken away. */
function dialedForms(digits: string): readonly string[] {
  if (digits.length > LONGEST_DISGUISE) return [];
  const forms = new Set<string>([digits]);
  const abroad = [digits];
  const codes = callingCodes();
  for (const exit of EXIT_CODES) if (digits.startsWith(exit)) abroad.push(digits.slice(exit.length));
  for (const number of abroad) {
    forms.add(number);
    for (let length = 1; length <= 3; length++) {
      if (codes.has(number.slice(0, length))) forms.add(number.slice(length));
    }
  }
  for (const form of [...forms]) forms.add(form.replace(/^0+/, ""));
  return [...forms].filter((form) => form.length > 1);
}

function byNumber(...tables: Readonly<Record<string, string>>[]): ReadonlyMap<string, readonly string[]> {
  const countries = new Map<string, string[]>();
  for (const [country, numbers] of tables.flatMap((table) => Object.entries(table))) {
    for (const number of numbers.split(" ")) {
      countries.set(number, [...new Set([...(countries.get(number) ?? []), country])]);
    }
  }
  return countries;
}
