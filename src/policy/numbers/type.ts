import type { PhoneNumber } from "libphonenumber-js/max";
import { type NumberRefusal, refuse } from "./refusal.js";

/** What kind of line a number is, as far as its digits tell. `uan` is one number for a firm, `voip` an internet line. */
export type DialableType = "fixed_line" | "mobile" | "fixed_line_or_mobile" | "toll_free" | "voip" | "uan";

const TYPES: Readonly<Record<string, DialableType>> = {
  FIXED_LINE: "fixed_line",
  MOBILE: "mobile",
  FIXED_LINE_OR_MOBILE: "fixed_line_or_mobile",
  TOLL_FREE: "toll_free",
  VOIP: "voip",
  UAN: "uan",
};

/** Of the calling codes without a country only +800, international freephone, costs the caller nothing unusual. */
const FREEPHONE = "800";
/** Firms' numbers whose caller pays a surcharge by the minute: Japan's 0570 (navi dial). */
const SURCHARGED_UAN: Readonly<Record<string, RegExp>> = { JP: /^570/ };
/** 976 is premium-rate and 555-1212 charged directory assistance in every area of the North American plan. */
const NANP_PREMIUM = /^\d{3}(?:976|5551212$)/;
/** N11 codes are no exchanges; 211 to 911 are service codes. */
const NANP_NOT_AN_EXCHANGE = /^\d{3}[2-9]11/;

/** The refusal that a valid number's tariff or kind earns it, if any. */
export function refusalOfType(number: PhoneNumber): NumberRefusal | undefined {
  const { countryCallingCode, nationalNumber, country } = number;
  const shown = number.number;
  const tollFree = number.getType() === "TOLL_FREE";
  if (countryCallingCode === "1" && !tollFree && NANP_NOT_AN_EXCHANGE.test(nationalNumber)) {
    return refuse("invalid", `${shown} does not exist: no exchange is numbered like a service code.`);
  }
  if (countryCallingCode === "1" && NANP_PREMIUM.test(nationalNumber)) return premium(shown);
  if (country === undefined && countryCallingCode !== FREEPHONE) return networkOfNoCountry(number);
  if (country !== undefined && SURCHARGED_UAN[country]?.test(nationalNumber)) return sharedCost(shown);
  switch (number.getType()) {
    case "PREMIUM_RATE":
      return premium(shown);
    case "SHARED_COST":
      return sharedCost(shown);
    case "PERSONAL_NUMBER":
      return refuse(
        "personal_number",
        `${shown} is a follow-me number: where and at what price it ends is not known.`,
      );
    case "PAGER":
      return refuse("pager", `${shown} is a pager, which nobody answers.`);
    case "VOICEMAIL":
      return refuse("voicemail_access", `${shown} is the access number of a voicemail system.`);
    default:
      return undefined;
  }
}

/** The kind of a number that {@link refusalOfType} let pass. */
export function typeOf(number: PhoneNumber): DialableType {
  return TYPES[number.getType() ?? ""] ?? "fixed_line_or_mobile";
}

function premium(shown: string): NumberRefusal {
  return refuse("premium_rate", `${shown} is a premium-rate number.`);
}

function sharedCost(shown: string): NumberRefusal {
  return refuse("shared_cost", `${shown} is a shared-cost number: the caller pays a surcharge.`);
}

/** +979 is premium-rate, +808 shared-cost, +870 and +881 to +883 satellite and other networks. */
function networkOfNoCountry({ countryCallingCode, number }: PhoneNumber): NumberRefusal {
  if (countryCallingCode === "979") return premium(number);
  if (countryCallingCode === "808") return sharedCost(number);
  if (countryCallingCode === "878") {
    return refuse(
      "personal_number",
      `${number} is a follow-me number: where and at what price it ends is not known.`,
    );
  }
  return refuse(
    "satellite",
    `${number} belongs to a satellite or international network, whose calls cost a multiple.`,
  );
}
