import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { type EmergencyMatch, emergencyIn, emergencyOf } from "./emergency.js";
import { matches, type NumberRules } from "./lists.js";
import { type NumberRefusal, refuse } from "./refusal.js";
import { type DialableType, refusalOfType, typeOf } from "./type.js";
import { readWritten } from "./written.js";

/** A number that may be dialed. */
export interface DialableNumber {
  ok: true;
  /** Without the extension: "+442079460018". */
  e164: string;
  /** ISO 3166-1 alpha-2; "001" for international freephone (+800), which belongs to no country. */
  country: string;
  type: DialableType;
  /** Digits to ask for, or key in, once connected. */
  extension?: string;
}

export interface NumberCheckOptions {
  /** ISO 3166-1 alpha-2 country that a number without `+` is read in: the task's, else the account's. */
  country?: string;
  /** If given, only these are dialed. Never lifts another refusal. */
  allow?: NumberRules;
  /** Never dialed, whatever `allow` says. */
  deny?: NumberRules;
}

/** A national number of so few digits is a service code, not a subscriber. */
const LONGEST_SHORT_CODE = 6;

/**
 * Decides whether `input` may be dialed at all, and reads it into E.164.
 *
 * Emergency numbers, crisis lines, short codes, premium-rate, shared-cost, satellite, personal, pager and
 * voicemail numbers are refused whatever the lists say. Validity and tariff come from libphonenumber's full
 * metadata; emergency numbers and crisis lines from the tables beside this file.
 *
 * @throws InvalidNumberRule for an entry of `allow` or `deny` that cannot be read.
 */
export function checkNumber(input: string, options: NumberCheckOptions = {}): DialableNumber | NumberRefusal {
  const written = readWritten(input);
  const home = options.country?.trim().toUpperCase();
  const country = home !== undefined && isSupportedCountry(home) ? home : undefined;
  const number = parse(written.plain, country);
  const valid = number?.isValid() === true;
  const place = number?.country ?? "001";

  const emergency = valid
    ? emergencyOf(place, number.nationalNumber)
    : emergencyIn(
        written,
        [number?.country, country].filter((known) => known !== undefined),
      );
  if (emergency !== undefined) return refuseEmergency(emergency);
  if (written.hasHidden) {
    return refuse(
      "control_characters",
      "The number holds invisible or control characters, so what is read is not what would be dialed. Type it anew.",
    );
  }
  if (written.hasCommands) {
    return refuse(
      "dial_commands",
      "The number holds pauses, tones or * and # commands. Give the number alone; an extension is written as ext. 12.",
    );
  }
  if (written.plain === undefined) {
    return refuse(
      "not_a_number",
      "This is not a telephone number. Give digits alone, best with + and country code.",
    );
  }
  if (!valid) return refuseInvalid(written.digits, written.international, country, number?.nationalNumber);

  const refusal = refusalOfType(number);
  if (refusal !== undefined) return refusal;
  const dialable = { e164: number.number as string, country: place as string };
  if (options.deny !== undefined && matches(options.deny, "deny", dialable)) {
    return refuse("denied", `${dialable.e164} is on the list of numbers that are never called.`);
  }
  if (options.allow !== undefined && !matches(options.allow, "allow", dialable)) {
    return refuse("not_allowed", `${dialable.e164} is not on the list of numbers that may be called.`);
  }
  const { extension } = written;
  return { ok: true, ...dialable, type: typeOf(number), ...(extension === undefined ? {} : { extension }) };
}

function parse(plain: string | undefined, country: CountryCode | undefined) {
  if (plain === undefined) return undefined;
  const options = country === undefined ? { extract: false } : { extract: false, defaultCountry: country };
  return parsePhoneNumberFromString(plain, options);
}

function refuseEmergency({ code, number, country }: EmergencyMatch): NumberRefusal {
  const where = country === "" ? "" : ` (${countryName(country)})`;
  return code === "emergency"
    ? refuse(
        code,
        `${number} is an emergency number${where}. An AI never calls it; in an emergency, call it yourself.`,
      )
    : refuse(code, `${number} is a help line${where} for people in need. An AI never calls it.`);
}

function refuseInvalid(
  digits: string,
  international: boolean,
  country: CountryCode | undefined,
  national: string | undefined,
): NumberRefusal {
  if ((national ?? digits).length <= LONGEST_SHORT_CODE) {
    return refuse(
      "short_code",
      "The number is a short code or incomplete. Give the full number with country code.",
    );
  }
  if (!international && country === undefined) {
    return refuse("no_country", "The number has no country code. Give it with + and country code.");
  }
  const where = country === undefined || international ? "" : ` in ${countryName(country)}`;
  return refuse(
    "invalid",
    `No telephone number of this form is in use${where}. Check it for a missing or wrong digit.`,
  );
}

/** Made when first needed: it takes longer to make than most of this package to import. */
let names: Intl.DisplayNames | undefined;

function countryName(country: string): string {
  names ??= new Intl.DisplayNames(["en"], { type: "region" });
  return names.of(country) ?? country;
}
