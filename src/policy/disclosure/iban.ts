import { isSeparator } from "./folding.js";
import type { Find } from "./sensitive.js";

/** Length by country, from the SWIFT IBAN registry. */
const LENGTHS = new Map(
  (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 " +
    "EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 " +
    "KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 " +
    "PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 " +
    "UA29 VA22 VG24 XK20 YE30"
  )
    .split(" ")
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))] as const),
);

const START = /(?<![A-Za-z])[A-Za-z](?=[^A-Za-z0-9]{0,3}[A-Za-z][^A-Za-z0-9]{0,3}[0-9])/g;
const MOST_SEPARATORS = 3;

/** International bank account numbers: a country's length and check digits (ISO 13616, ISO 7064 mod 97-10). */
export function findIbans(folded: string): Find[] {
  const finds: Find[] = [];
  let done = 0;
  for (const { index } of folded.matchAll(START)) {
    if (index < done) continue;
    const found = ibanAt(folded, index);
    if (found === undefined) continue;
    done = found.end;
    finds.push({ kind: "iban", start: index, end: found.end, last: found.account.slice(-4) });
  }
  return finds;
}

function ibanAt(folded: string, start: number): { account: string; end: number } | undefined {
  let account = "";
  let length = Number.POSITIVE_INFINITY;
  let at = start;
  for (let separators = 0; account.length < length && at < folded.length; at++) {
    const character = folded.charAt(at).toUpperCase();
    if (/[A-Z0-9]/.test(character)) {
      account += character;
      separators = 0;
      if (account.length === 2) length = LENGTHS.get(account) ?? 0;
    } else if (!isSeparator(character) || ++separators > MOST_SEPARATORS) {
      return undefined;
    }
  }
  return account.length === length && looksLikeIban(account) && passesMod97(account)
    ? { account, end: at }
    : undefined;
}

/** Two check digits, and digits for at least half of it; "at 9 a.m. the mailbox" has neither. */
function looksLikeIban(account: string): boolean {
  return /^..\d\d/.test(account) && account.replace(/\D/g, "").length * 2 >= account.length;
}

function passesMod97(account: string): boolean {
  let remainder = 0;
  for (const character of account.slice(4) + account.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}
