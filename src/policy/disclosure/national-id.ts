import { isSeparator } from "./folding.js";
import { ID_NAMES } from "./keywords.js";
import type { Find } from "./sensitive.js";
import { anyOf } from "./words.js";

/** A national identity number: how it is written and what tells it from any other number of that form. */
interface IdRule {
  form: RegExp;
  /** Over the letters and digits alone, in upper case. */
  check?: (compact: string) => boolean;
  /** Required shortly before it, where the form alone is too common. */
  after?: RegExp;
}

/** How far before a number its name may stand. */
const CONTEXT = 40;
const B = "(?<![A-Za-z0-9])";
const E = "(?![A-Za-z0-9])";
const S = "[ .\\-/]?";
const rule = (form: string, rest: Omit<IdRule, "form"> = {}): IdRule => ({
  form: new RegExp(`${B}${form}${E}`, "gi"),
  ...rest,
});
const named = (names: readonly string[]) => ({ after: anyOf(names, "iu") });

const RULES: readonly IdRule[] = [
  /** United States: social security number; the Social Security Administration gives out no 000, 666 or 9xx area. */
  rule("(?!000|666|9)\\d{3}-(?!00)\\d\\d-(?!0000)\\d{4}"),
  rule(`(?!000)\\d{3}${S}\\d\\d${S}\\d{4}`, named(ID_NAMES.us_ssn)),
  /** Spain: DNI and NIE, letter modulo 23 (Real Decreto 1553/2005). */
  rule(`\\d{2}${S}\\d{3}${S}\\d{3}${S}[A-HJ-NP-TV-Z]`, { check: hasDniLetter }),
  rule(`[XYZ]${S}\\d{7}${S}[A-HJ-NP-TV-Z]`, { check: hasDniLetter }),
  /** France: NIR with its key modulo 97. */
  rule(`[1-478]${S}\\d\\d${S}\\d\\d${S}\\d[0-9AB]${S}\\d{3}${S}\\d{3}${S}\\d\\d`, { check: hasNirKey }),
  /** China: GB 11643, ISO 7064 mod 11-2. */
  rule(`[1-9]\\d{5}${S}(?:18|19|20)\\d\\d(?:0[1-9]|1[0-2])(?:[0-2]\\d|3[01])${S}\\d{3}[0-9X]`, {
    check: passesMod11_2,
  }),
  /** Japan: Individual Number, check digit modulo 11. */
  rule(`\\d{4}${S}\\d{4}${S}\\d{4}`, { check: hasMyNumberDigit, ...named(ID_NAMES.jp_my_number) }),
  /** Brazil: CPF, two check digits modulo 11. */
  rule("\\d{3}\\.\\d{3}\\.\\d{3}-\\d\\d", { check: hasCpfDigits }),
  rule("\\d{11}", { check: hasCpfDigits, ...named(ID_NAMES.br_cpf) }),
  /** Italy: codice fiscale with its check letter; digits may be replaced by letters (omocodia). */
  rule("[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]", {
    check: hasFiscalLetter,
  }),
  /** Netherlands: BSN, the eleven test. */
  rule(`\\d{3}${S}\\d{3}${S}\\d{3}|\\d{4}${S}\\d{2}${S}\\d{3}`, {
    check: passesElevenTest,
    ...named(ID_NAMES.nl_bsn),
  }),
  /** United Kingdom: National Insurance number (HMRC NIM39110). */
  rule(`(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]${S}\\d\\d${S}\\d\\d${S}\\d\\d${S}[A-D]`),
  /** Germany: tax identification number, ISO 7064 mod 11,10. */
  rule(`\\d{2}${S}\\d{3}${S}\\d{3}${S}\\d{3}`, { check: passesMod11_10, ...named(ID_NAMES.de_tax_id) }),
  /** South Korea: resident registration number, by its date and century digit. */
  rule("\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])-[1-8]\\d{6}"),
  /** Passports have no common check; letters and digits of them are taken for one only where the word is. */
  rule("(?=[A-Z]{0,3}\\d)[A-Z0-9]{6,9}", named(ID_NAMES.passport)),
];

/** National identity numbers of the countries above. */
export function findNationalIds(folded: string): Find[] {
  const visible = folded.replace(/[\s\u00ad\u200b-\u200f\u2010-\u2015\u2060\u2212\ufeff]/g, (character) =>
    /\s/.test(character) ? " " : "-",
  );
  return RULES.flatMap(({ form, check, after }) =>
    [...visible.matchAll(form)]
      .filter(({ index }) => after === undefined || after.test(sentenceBefore(folded, index)))
      .filter(({ 0: written }) => check === undefined || check(compact(written)))
      .map(
        ({ 0: written, index }): Find => ({ kind: "national_id", start: index, end: index + written.length }),
      ),
  );
}

/** What stands before `index` in its sentence, as far as it is near. */
function sentenceBefore(folded: string, index: number): string {
  return (
    folded
      .slice(Math.max(0, index - CONTEXT), index)
      .split(/[.!。！\n]/)
      .at(-1) ?? ""
  );
}

function compact(written: string): string {
  return [...written.toUpperCase()].filter((character) => !isSeparator(character)).join("");
}

function hasDniLetter(id: string): boolean {
  const number = Number(id.slice(0, -1).replace(/^[XYZ]/, (letter) => String("XYZ".indexOf(letter))));
  return "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23] === id.at(-1);
}

function hasNirKey(id: string): boolean {
  const corsican = id.slice(0, 13).replace(/A/, "0").replace(/B/, "0");
  const number = Number(corsican) - (id[6] === "A" ? 1_000_000 : id[6] === "B" ? 2_000_000 : 0);
  return 97 - (number % 97) === Number(id.slice(13));
}

function passesMod11_2(id: string): boolean {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += Number(id[i]) * (2 ** (17 - i) % 11);
  return "10X98765432"[sum % 11] === id[17];
}

function hasMyNumberDigit(id: string): boolean {
  let sum = 0;
  for (let n = 1; n <= 11; n++) sum += Number(id[11 - n]) * (n <= 6 ? n + 1 : n - 5);
  const check = sum % 11 <= 1 ? 0 : 11 - (sum % 11);
  return check === Number(id[11]);
}

function hasCpfDigits(id: string): boolean {
  if (/^(\d)\1*$/.test(id)) return false;
  return [9, 10].every((length) => {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += Number(id[i]) * (length + 1 - i);
    return ((sum * 10) % 11) % 10 === Number(id[length]);
  });
}

function passesElevenTest(id: string): boolean {
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += Number(id[i]) * (i === 8 ? -1 : 9 - i);
  return sum !== 0 && sum % 11 === 0;
}

function passesMod11_10(id: string): boolean {
  let product = 10;
  for (let i = 0; i < 10; i++) {
    const sum = (Number(id[i]) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return id[0] !== "0" && (11 - product) % 10 === Number(id[10]);
}

/** Values of characters at odd places, counted from one (Decreto ministeriale 23.12.1976). */
const FISCAL_ODD = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

function hasFiscalLetter(id: string): boolean {
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const value = Number.parseInt(id.charAt(i), 36);
    const place = value > 9 ? value - 10 : value;
    sum += i % 2 === 0 ? (FISCAL_ODD[place] ?? 0) : place;
  }
  return String.fromCharCode(65 + (sum % 26)) === id[15];
}
