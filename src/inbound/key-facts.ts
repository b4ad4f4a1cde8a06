import {
  type CountryCode,
  findPhoneNumbersInText,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";
import { anyOf } from "../policy/disclosure/words.js";
import { INBOUND_LANGUAGES } from "./languages/registry.js";
import { evidenceIn, type InboundEvidence, type Passage } from "./passages.js";
import type { ReceivedMessage } from "./received-message.js";

/** Something that was said, as it was said. */
export interface StatedFact {
  asWritten: string;
  evidence: InboundEvidence;
}

/** A number that was said, to call back. */
export interface StatedNumber extends StatedFact {
  /** E.164. */
  phone: string;
}

/** What a message says of who called and about what. Only what stands in it; a field is there only if it does. */
export interface KeyFacts {
  /** Who called, by their own words or the service's. */
  name?: StatedFact;
  business?: StatedFact;
  /** Numbers that were said, other than the one that called. */
  numbers: readonly StatedNumber[];
  /** Dates and times as they were said; what "tomorrow" is measured from is when the call came in. */
  times: readonly StatedFact[];
  amounts: readonly StatedFact[];
}

const MOST = 5;
const all = (pick: (language: (typeof INBOUND_LANGUAGES)[number]) => readonly string[]) =>
  INBOUND_LANGUAGES.flatMap(pick);
const latin = (phrases: readonly string[]) =>
  phrases.filter((phrase) => /^[\p{Script=Latin}\p{P} ]+$/u.test(phrase));

const WORD = "\\p{Lu}[\\p{L}\\p{M}'’.-]*[\\p{L}\\p{M}]";
const TITLE = "(?:(?:Dr|Dra|Mr|Mrs|Ms|Prof|Sr|Sra|Mme|Herr|Frau|Officer|Nurse)\\.? )?";
const NAME = `${TITLE}(?:${WORD})(?: (?:(?:de|van|von|der|la|le|di|bin) )?${WORD}){0,2}`;
/** A business may have small words and figures in it. */
const BUSINESS = `(?:the |la |el |le |der |die |dem |den )?(?:[\\p{Lu}\\p{N}][\\p{L}\\p{M}\\p{N}&'’.-]*(?: (?:& |and |of |the |de |la |für |und |et )?[\\p{Lu}\\p{N}][\\p{L}\\p{M}\\p{N}&'’-]*){0,4})`;

const either = (phrases: readonly string[]) =>
  `(?:${[...phrases]
    .sort((a, b) => b.length - a.length)
    .map((phrase) => [...phrase].map((letter) => insensitive(letter)).join(""))
    .join("|")})`;
const insensitive = (letter: string) =>
  letter === "'"
    ? "['’]"
    : /\p{L}/u.test(letter) && letter.toLowerCase() !== letter.toUpperCase()
      ? `[${letter.toLowerCase()}${letter.toUpperCase()}]`
      : letter.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const FROM = either(latin(all(({ fromBusiness }) => fromBusiness)));
const INTRODUCED = new RegExp(
  `(?<![\\p{L}])${either(latin(all(({ beforeName }) => beforeName)))}[ ,:]{0,2}(?<name>${NAME})(?:,? ${FROM} ?(?<business>${BUSINESS}))?`,
  "u",
);
const REPORTED = new RegExp(
  `^(?:The caller, )?(?<name>${NAME})(?:,? ${FROM} ?(?<business>${BUSINESS}))?,? ${either(latin(all(({ afterName }) => afterName)))}(?![\\p{L}])`,
  "u",
);
const CJK_INTRODUCED = [
  /(?:^|[、。\s「])(?<business>[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}ー\w]{2,20}?)の(?<name>[\p{Script=Han}\p{Script=Katakana}ー]{1,8})(?:と申します|と言います|といいます|でございます|です)/u,
  /(?:^|[、。\s「])(?<name>[\p{Script=Han}\p{Script=Katakana}ー]{1,8})(?:と申します|と言います|といいます)/u,
  /(?:^|[、。\s「])(?:(?<business>[\p{Script=Han}\p{Script=Katakana}ー\w]{2,20}?)の)?(?<name>[\p{Script=Han}\p{Script=Katakana}ー]{1,8})(?:様|さん)(?:から|より)/u,
  /我(?:是|叫)(?<business>[\p{Script=Han}\w]{2,16}?)的(?<name>[\p{Script=Han}]{2,4})/u,
  /我(?:是|叫)(?<name>[\p{Script=Han}]{2,4}?)(?=[，,。！!\s]|$)/u,
  /(?<name>[\p{Script=Han}]{1,3}(?:先生|女士|小姐|医生|經理|经理))(?:来电|來電|打来)/u,
];
/** What follows "this is" or "I am" with a capital without being a name. */
const NO_NAME =
  /(?:的|[部課店社院署係局所])$|^(?:Hallo|Guten Tag|Good Morning|Bonjour|Salut|Hola|Buenos Días|A|An|The|Not|Just|Calling|Your|Our|My|Sorry|I|We|Happy|Interested|Urgent|Important|Caller|Hello|Hi|AI|An AI|Someone|Nobody|It|There|Here|Please|Yes|No|Der|Die|Das|Ein|Eine|El|La|Un|Una|Le|Les|Une|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)$/u;

const MONTHS_AND_DAYS = all(({ times }) => times);
const CLOCK =
  "(?:[01]?\\d|2[0-4])[:.hH][0-5]\\d(?![\\d%])(?:\\s?(?:[ap]m|[ap]\\.m\\.))?|\\d{1,2}\\s?(?:(?:[ap]m|[ap]\\.m\\.)(?![\\p{L}])|o['’]clock|Uhr|heures|h(?![\\p{L}\\p{N}]))|(?:午前|午後|上午|下午|晚上)?\\d{1,2}[時时点點](?:\\d{1,2}分|半)?";
const DATE = "\\d{4}-\\d\\d-\\d\\d|\\d{1,2}[./]\\d{1,2}[./](?:\\d{4}|\\d{2})|\\d{1,2}月\\d{1,2}[日号]?";
const ORDINAL = "(?: (?:the )?\\d{1,2}(?:st|nd|rd|th|er|\\.)?)?";
const TIME_WORDS = anyOf(MONTHS_AND_DAYS, "iu").source;
const TIME_PART = `(?:${DATE}|${CLOCK}|(?:${TIME_WORDS})${ORDINAL})`;
const TIMES = new RegExp(
  `${TIME_PART}(?:[ ,]{0,2}(?:(?:at|around|um|à|vers|a las|gegen|の|，)[ ]?)?${TIME_PART}){0,3}`,
  "giu",
);

const FIGURE = "\\d{1,3}(?:[.,\\u00a0 ]\\d{3})*(?:[.,]\\d{1,2})?|\\d+(?:[.,]\\d{1,2})?";
const MONEY_WORDS = all(({ money }) => money);
const AMOUNTS = new RegExp(
  `(?:[$€£¥￥]|US\\$)\\s?(?:${FIGURE})|(?:${FIGURE})\\s?(?:[€$£]|${anyOf(MONEY_WORDS, "iu").source})`,
  "giu",
);

/** Finds who called, the numbers, times and amounts of a message. The AI's words give no facts. */
export function findKeyFacts(
  message: ReceivedMessage,
  passages: readonly Passage[],
  country?: string,
): KeyFacts {
  const heard = passages.filter(({ saidBy }) => saidBy !== "ai");
  // The caller's own words come before the service's account of them.
  const own = [
    ...heard.filter(({ saidBy }) => saidBy === "caller"),
    ...heard.filter(({ saidBy }) => saidBy !== "caller"),
  ];
  const numbers = statedNumbers(own, message.from, country);
  const amounts = stated(heard, AMOUNTS);
  // "12.50" is a time or a price, and "10.30.20" may be a number: each figure is one thing.
  const times = stated(heard, TIMES, [...numbers, ...amounts]);
  return { ...whoCalled(own), numbers, times, amounts };
}

function whoCalled(passages: readonly Passage[]): Pick<KeyFacts, "name" | "business"> {
  for (const passage of passages) {
    const patterns =
      passage.saidBy === "caller"
        ? [INTRODUCED, ...CJK_INTRODUCED]
        : [REPORTED, INTRODUCED, ...CJK_INTRODUCED];
    for (const pattern of patterns) {
      const match = pattern.exec(passage.text);
      const { name, business } = match?.groups ?? {};
      if (match === null || name === undefined || NO_NAME.test(name)) continue;
      return {
        name: factAt(passage, match.index + match[0].indexOf(name), name),
        ...(business !== undefined && {
          business: factAt(passage, match.index + match[0].lastIndexOf(business), business),
        }),
      };
    }
  }
  return {};
}

function statedNumbers(
  passages: readonly Passage[],
  from: string | undefined,
  country: string | undefined,
): StatedNumber[] {
  const home = country?.toUpperCase() ?? parsePhoneNumberFromString(from ?? "")?.country;
  const options =
    home !== undefined && isSupportedCountry(home) ? { defaultCountry: home as CountryCode } : {};
  const caller = parsePhoneNumberFromString(from ?? "", options)?.number;
  const numbers = new Map<string, StatedNumber>();
  for (const passage of passages) {
    for (const { startsAt, endsAt, number } of findPhoneNumbersInText(passage.text, options)) {
      if (number.number === caller || numbers.has(number.number)) continue;
      const asWritten = passage.text.slice(startsAt, endsAt);
      numbers.set(number.number, { ...factAt(passage, startsAt, asWritten), phone: number.number });
    }
  }
  return [...numbers.values()].slice(0, MOST);
}

function stated(
  passages: readonly Passage[],
  pattern: RegExp,
  others: readonly StatedFact[] = [],
): StatedFact[] {
  const facts = new Map<string, StatedFact>();
  for (const passage of passages) {
    for (const { 0: found, index } of passage.text.matchAll(pattern)) {
      const asWritten = found.trim();
      const key = asWritten.toLowerCase();
      const fact = factAt(passage, index + found.indexOf(asWritten), asWritten);
      if (!facts.has(key) && !others.some((other) => overlaps(fact, other))) facts.set(key, fact);
      if (facts.size === MOST) return [...facts.values()];
    }
  }
  return [...facts.values()];
}

function factAt(passage: Passage, start: number, asWritten: string): StatedFact {
  return { asWritten, evidence: evidenceIn(passage, start, start + asWritten.length) };
}

function overlaps({ evidence: a }: StatedFact, { evidence: b }: StatedFact): boolean {
  return a.field === b.field && a.start < b.end && b.start < a.end;
}
