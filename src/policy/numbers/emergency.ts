import { getCountries, getCountryCallingCode } from "libphonenumber-js/max";
import { CRISIS_LINES, HARMONISED_SOCIAL } from "./crisis-lines.js";
import { EMERGENCY_NUMBERS } from "./emergency-table.js";
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

const emergencies = byNumber(EMERGENCY_NUMBERS);
const crisisLines = byNumber(CRISIS_LINES);
const callingCodes: ReadonlySet<string> = new Set(
  getCountries().map((country) => getCountryCallingCode(country)),
);

/**
 * The emergency number or crisis line behind `written`, in any country, also with a calling code, an exit code
 * or zeros put before it. Countries in `nearest` are looked at first, so that the reason names the likely one.
 */
export function emergencyIn(written: WrittenNumber, nearest: readonly string[]): EmergencyMatch | undefined {
  const forms = dialedForms(written);
  return (
    firstIn(emergencies, "emergency", forms, nearest) ??
    firstIn(crisisLines, "crisis_line", forms, nearest) ??
    forms
      .filter((form) => HARMONISED_SOCIAL.test(form))
      .map((number): EmergencyMatch => ({ code: "crisis_line", number, country: "" }))[0]
  );
}

/** The same for a number that does exist: only what is an emergency number or crisis line in its own country. */
export function emergencyOf(country: string, nationalNumber: string): EmergencyMatch | undefined {
  for (const [code, table] of [
    ["emergency", emergencies],
    ["crisis_line", crisisLines],
  ] as const) {
    for (const number of [nationalNumber, `0${nationalNumber}`]) {
      if (table.get(number)?.includes(country)) return { code, number, country };
    }
  }
  return undefined;
}

function firstIn(
  table: ReadonlyMap<string, readonly string[]>,
  code: EmergencyMatch["code"],
  forms: readonly string[],
  nearest: readonly string[],
): EmergencyMatch | undefined {
  const known = forms.filter((form) => table.has(form));
  for (const country of nearest) {
    const number = known.find((form) => table.get(form)?.includes(country));
    if (number !== undefined) return { code, number, country };
  }
  const [number] = known;
  if (number === undefined) return undefined;
  const countries = table.get(number) ?? [];
  return { code, number, country: countries.length === 1 ? (countries[0] ?? "") : "" };
}

/** What is left of the digits when everything that can stand before a national number is taken away. */
function dialedForms({ digits, international }: WrittenNumber): readonly string[] {
  if (digits.length > LONGEST_DISGUISE) return [];
  const forms = new Set<string>([digits]);
  const abroad = international ? [digits] : [];
  for (const exit of EXIT_CODES) if (digits.startsWith(exit)) abroad.push(digits.slice(exit.length));
  for (const number of abroad) {
    forms.add(number);
    for (let length = 1; length <= 3; length++) {
      if (callingCodes.has(number.slice(0, length))) forms.add(number.slice(length));
    }
  }
  for (const form of [...forms]) forms.add(form.replace(/^0+/, ""));
  return [...forms].filter((form) => form.length > 1);
}

function byNumber(table: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  const countries = new Map<string, string[]>();
  for (const [country, numbers] of Object.entries(table)) {
    for (const number of numbers.split(" ")) {
      const known = countries.get(number);
      if (known === undefined) countries.set(number, [country]);
      else known.push(country);
    }
  }
  return countries;
}
