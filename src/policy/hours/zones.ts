import { PREFIXES_BY_ZONES, ZONES_BY_COUNTRY } from "./zone-table.js";

let zonesByPrefix: ReadonlyMap<string, readonly string[]> | undefined;

/** Every time zone in which a number of this beginning may be; none for numbers of no country. */
export function zonesOfNumber(e164: string): readonly string[] {
  zonesByPrefix ??= invert();
  const digits = e164.replace(/\D/g, "");
  for (let length = Math.min(LONGEST_PREFIX, digits.length); length > 0; length--) {
    const zones = zonesByPrefix.get(digits.slice(0, length));
    if (zones !== undefined) return zones;
  }
  return [];
}

/** Every time zone of an ISO 3166-1 alpha-2 country; none for a country that is not known. */
export function zonesOfCountry(country: string): readonly string[] {
  return ZONES_BY_COUNTRY[country.toUpperCase()]?.split(" ") ?? [];
}

const LONGEST_PREFIX = 5;

function invert(): ReadonlyMap<string, readonly string[]> {
  const map = new Map<string, readonly string[]>();
  for (const [zones, prefixes] of Object.entries(PREFIXES_BY_ZONES)) {
    const list = zones.split(" ");
    for (const prefix of prefixes.split(" ")) map.set(prefix, list);
  }
  return map;
}
