/**
 * Makes `src/policy/numbers/emergency-table.ts` from the short-number metadata of Google's libphonenumber
 * (Apache License 2.0), as the npm package `google-libphonenumber` carries it.
 *
 *   npm install --prefix <folder> google-libphonenumber
 *   npx tsx scripts/generate-emergency-numbers.ts <folder>/node_modules/google-libphonenumber <yyyy-mm-dd>
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** Fields of the metadata's array form, by their number in libphonenumber's phonemetadata.proto. */
const GENERAL = 1;
const EMERGENCY = 27;
const PATTERN = 2;
const POSSIBLE_LENGTHS = 9;
/** The longest emergency numbers of the world have six digits. */
const LONGEST = 6;

type Description = readonly [unknown, unknown, string | null, ...unknown[]];
type Region = readonly (Description | null)[];

const [folder, date] = process.argv.slice(2);
if (folder === undefined || !/^\d{4}-\d\d-\d\d$/.test(date ?? "")) {
  throw new Error("Usage: generate-emergency-numbers.ts <folder of google-libphonenumber> <yyyy-mm-dd>");
}
const { shortnumbermetadata } = createRequire(import.meta.url)(folder) as {
  shortnumbermetadata: { countryToMetadata: Record<string, Region> };
};
const version = (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string })
  .version;

const rows = Object.entries(shortnumbermetadata.countryToMetadata)
  .map(([country, region]) => [country, emergencyNumbers(region)] as const)
  .filter(([, numbers]) => numbers.length > 0)
  .sort(([a], [b]) => a.localeCompare(b));

writeFileSync(
  join(import.meta.dirname, "../src/policy/numbers/emergency-table.ts"),
  `/**
 * Emergency numbers by ISO 3166-1 alpha-2 country.
 *
 * Generated on ${date} by scripts/generate-emergency-numbers.ts from the short-number metadata of
 * libphonenumber (npm google-libphonenumber ${version}), Copyright The Libphonenumber Authors, Apache License 2.0.
 */
export const EMERGENCY_NUMBERS: Readonly<Record<string, string>> = {
${rows.map(([country, numbers]) => `  ${country}: "${numbers.join(" ")}",`).join("\n")}
};
`,
);

/** Every number that the region's pattern matches whole; lengths are left out where they are the general ones. */
function emergencyNumbers(region: Region): string[] {
  const pattern = region[EMERGENCY]?.[PATTERN];
  if (typeof pattern !== "string") return [];
  const whole = new RegExp(`^(?:${pattern})$`);
  const lengths = (region[EMERGENCY]?.[POSSIBLE_LENGTHS] ?? region[GENERAL]?.[POSSIBLE_LENGTHS]) as number[];
  const numbers: string[] = [];
  for (const length of lengths.filter((digits) => digits <= LONGEST)) {
    for (let i = 0; i < 10 ** length; i++) {
      const number = String(i).padStart(length, "0");
      if (whole.test(number)) numbers.push(number);
    }
  }
  return numbers;
}
