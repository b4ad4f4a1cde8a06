import { checkNumber } from "./check-number.js";
import type { NumberRefusal, NumberRefusalCode } from "./refusal.js";

/** Numbers that exist, or reach somebody, and that an AI never calls. What is merely no number is not judged here. */
const FORBIDDEN: ReadonlySet<NumberRefusalCode> = new Set([
  "emergency",
  "crisis_line",
  "premium_rate",
  "shared_cost",
  "satellite",
  "personal_number",
  "pager",
  "voicemail_access",
]);

/** Fewer digits may as well be a room, a price or a head count: they count only where the text says to dial them. */
const SHORTEST_NUMBER = 7;

const DATE_OR_TIME =
  /(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}(?!\d)|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d(?!\d)|\d{1,2}:\d\d(?!\d)/u;
const NUMBER = /\+?[ (]{0,2}\p{Nd}(?:[-\p{Pd}\p{Zs}()./·]{0,3}\p{Nd})*/u;
const CANDIDATE = new RegExp(`${DATE_OR_TIME.source}|(?<number>${NUMBER.source})`, "gu");

/** Up to the number: a word for calling, and at most a few small words. */
const DIAL_BEFORE =
  /(?:\b(?:call(?:ing|s)?|dial(?:l?ing)?|ring(?:ing)?|phone|telephone|contact|number|rufe?n?|anrufen|wählen?|nummer|appele[rz]?|appelle[rz]?|téléphone[rz]?|compose[rz]?|numéro|llam[ae]r?|marc[ae]r?|número|lig(?:ar|ue|a)|chiama(?:re|te)?|numero)\b|电话|拨打?|呼叫|打|電話)(?:[\s:,"'“”«»#]|\b(?:up|the|to|at|on|number|line|die|den|le|la|al|el|il|o|au)\b){0,6}$/iu;
const DIAL_AFTER = /^\s*(?:番|に(?:電話|かけ)|an(?:rufen|wählen)\b|wählen\b)/iu;
/** What follows a number that is dialed, and seldom a number of things: no noun. */
const CLAUSE_ENDS =
  /^\s*(?:$|[.,;:!?)"'”»\n]|\b(?:and|now|for|to|because|immediately|please|right|at|und|et|y|e|an)\b)/iu;

const SPOKEN_DIGITS: Readonly<Record<string, string>> = {
  zero: "0",
  oh: "0",
  one: "1",
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  seven: "7",
  eight: "8",
  nine: "9",
};
const SPOKEN = new RegExp(`\\b(?:(?:${Object.keys(SPOKEN_DIGITS).join("|")})\\b[ -]?){3,}`, "giu");

/**
 * The first number in a message to the assistant that must never be dialed: emergency and crisis lines, premium-rate
 * and the like. A last guard, for a tool that sends free text; the phone task checks its targets themselves.
 * @param country ISO 3166-1 alpha-2 country that numbers without `+` are read in. Without it, only emergency and
 * crisis lines are known among them.
 */
export function forbiddenNumberIn(message: string, country?: string): NumberRefusal | undefined {
  const text = spokenAsDigits(message.normalize("NFKC").replace(/[\p{Cf}\p{M}]/gu, ""));
  for (const { 0: written, index, groups } of text.matchAll(CANDIDATE)) {
    if (groups?.number === undefined) continue;
    const start = index + written.search(/\S/u);
    const before = text.slice(Math.max(0, start - 40), start);
    for (const number of readings(written.trim())) {
      const refusal = judge(number, before, text.slice(start + number.length), country);
      if (refusal !== undefined) return refusal;
    }
  }
  return undefined;
}

/** "911 2 times" is matched as one number; what is dialed may be its first group. */
function readings(written: string): Iterable<string> {
  const [first = written] = written.split(/\p{Zs}/u);
  return new Set([written, first]);
}

function judge(
  number: string,
  before: string,
  after: string,
  country: string | undefined,
): NumberRefusal | undefined {
  const digits = number.match(/\p{Nd}/gu)?.length ?? 0;
  const long = digits >= SHORTEST_NUMBER || number.startsWith("+");
  if (!long && !isDialed(before, after, digits)) return undefined;
  const checked = checkNumber(number, country === undefined ? {} : { country });
  return !checked.ok && FORBIDDEN.has(checked.code) ? checked : undefined;
}

function isDialed(before: string, after: string, digits: number): boolean {
  if (DIAL_AFTER.test(after)) return true;
  const alone = before.trim() === "" && after.trim() === "";
  return alone || (DIAL_BEFORE.test(before) && (digits >= 3 || CLAUSE_ENDS.test(after)));
}

function spokenAsDigits(text: string): string {
  return text.replace(/\btriple (nine|zero|one)\b/giu, "$1 $1 $1").replace(
    SPOKEN,
    (words) =>
      words
        .toLowerCase()
        .match(/[a-z]+/g)
        ?.map((word) => SPOKEN_DIGITS[word] ?? "")
        .join("") + (/[ -]$/.test(words) ? " " : ""),
  );
}
