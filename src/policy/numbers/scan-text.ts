import { asciiDigits } from "./written.js";

/** How much before a number can say that it is to be called. */
const LEADING = 40;

const DATE_OR_TIME =
  /(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}(?!\d)|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d(?!\d)|\d{1,2}:\d\d(?!\d)/u;
const NUMBER = /\+?[ (]{0,2}\p{Nd}(?:[-\p{Pd}\p{Zs}()./·]{0,3}\p{Nd})*/u;
/** What hides the caller's own number: *67, #31#. */
const SERVICE_PREFIX = /\*\d\d[*#]?|#\d\d#/u;
const CANDIDATE = new RegExp(
  `${DATE_OR_TIME.source}|${SERVICE_PREFIX.source}|(?<number>${NUMBER.source})`,
  "gu",
);

/** What may stand around a number that is all there is: schemes, brackets, pauses, tones, extensions, hosts. */
const DRESSED_BEFORE = new RegExp(
  `(?:\\b(?:tel|sips?|callto):|${SERVICE_PREFIX.source}|[\\s("'“”«»#*])+$`,
  "iu",
);
const DRESSED_AFTER = /^[\s)"'“”«»#*]*(?:[,;#*][^\p{L}]*|;phone-context=\S*|[pwx] ?\d+|ext\.? ?\d+|@\S*)?$/iu;

/** What is numbered without being a telephone: "room number 112". */
const NUMBERED =
  "room|table|seat|gate|flight|train|bus|house|flat|apartment|suite|unit|order|booking|reservation|confirmation|reference|ticket|invoice|account|customer|member|membership|policy|case|claim|tracking|serial|model|part|item|lot|queue|plate|registration|student|patient|file|contract|locker|page";
/** Up to the number: a word for calling, and at most a few small words. */
const DIAL_BEFORE = new RegExp(
  String.raw`(?:\b(?:call(?:ing|s)?|dial(?:l?ing)?|ring(?:ing)?|phone|telephone|contact|(?<!\b(?:${NUMBERED}) )number|rufe?n?|anrufen|wählen?|nummer|appele[rz]?|appelle[rz]?|téléphone[rz]?|compose[rz]?|numéro|llam[ae]r?|marc[ae]r?|número|lig(?:ar|ue|a)|chiama(?:re|te)?|numero)\b|电话|拨打?|呼叫|打|電話)(?:[\s:,"'“”«»#]|\b(?:up|the|to|at|on|number|line|die|den|le|la|al|el|il|o|au)\b){0,6}$`,
  "iu",
);
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

/** Digits in a text that may be a telephone number, and what stands around them. */
export interface NumberInText {
  written: string;
  before: string;
  after: string;
}

/**
 * Every run of digits in a text that is no date or time of day, in order. Digits of any script and spelled-out ones
 * are read as figures; hidden characters are passed over.
 */
export function* numbersWrittenIn(message: string): Iterable<NumberInText> {
  const text = spokenAsDigits(asciiDigits(message.normalize("NFKC")).replace(/[\p{Cf}\p{M}]/gu, ""));
  for (const { 0: match, index, groups } of text.matchAll(CANDIDATE)) {
    if (groups?.number === undefined) continue;
    const start = index + match.search(/\S/u);
    const written = match.trim();
    yield {
      written,
      before: text.slice(Math.max(0, start - LEADING), start),
      after: text.slice(start + written.length),
    };
  }
}

/** Whether the words around a few digits say to call them. A clause that ends there makes it certain. */
export function isDialed({ written, before, after }: NumberInText): "certainly" | "likely" | "no" {
  if (DIAL_AFTER.test(after)) return "certainly";
  const bare = before.replace(DRESSED_BEFORE, "");
  const called = DIAL_BEFORE.test(before) || DIAL_BEFORE.test(bare);
  const ends = CLAUSE_ENDS.test(after) || DRESSED_AFTER.test(after);
  if (ends && (called || (bare === "" && DRESSED_AFTER.test(after)))) return "certainly";
  return called && written.replace(/\D/g, "").length >= 3 ? "likely" : "no";
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
