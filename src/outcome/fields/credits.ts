import type { CreditWords } from "../languages/language.js";
import type { ReadyLanguage } from "../languages/registry.js";
import type { Row } from "../layout/layout.js";
import type { Stretch } from "../text/stretch.js";
import { sentencesOf } from "../text/stretch.js";

export interface Credits {
  creditsUsed?: number;
  creditsRemaining?: number;
}

type Role = "unit" | "used" | "remaining" | "neither";

interface Mark extends Stretch {
  role: Role;
}

interface Amount extends Stretch {
  value: number;
  /** A sign or arrow before it says what it is. */
  role?: Role;
}

const AMOUNT =
  /(?<![\d.,/a-z#_])(?<!\d:)([-−–+±]\s?)?(\d{1,3}(?:[,.'’\u00a0\u202f\u2009 ]\d{3})+(?![\d])|\d{1,7})(?:[.,]\d{1,2})?(?![\d]*[:/]\d|[\d%€$£¥]|\s?[%€$£¥]|(?:\s?(?:min|sec|euro|dollar|pound|am|pm|uhr|heures?|horas?)\b))/gu;
const MONEY_BEFORE = /[$€£¥]\s?$/;
const FURTHEST = 48;

/** Amounts of credits: used by this call, and left afterwards. */
export function readCredits(
  folded: string,
  rows: readonly Row[],
  stretches: readonly Stretch[],
  languages: readonly ReadyLanguage[],
): Credits {
  const finders = languages.map(({ data }) => finderOf(data.credits));
  const credits: Credits = {};
  for (const row of rows) if (row.leaf) readLeaf(row, credits);
  const claims: Claim[] = [];
  for (const stretch of stretches) {
    for (const sentence of sentencesOf(folded, stretch)) claims.push(...claimsIn(folded, sentence, finders));
  }
  const used = likeliest(claims, "used");
  const remaining = likeliest(claims, "remaining");
  if (used && credits.creditsUsed === undefined) credits.creditsUsed = used.value;
  if (remaining && credits.creditsRemaining === undefined) credits.creditsRemaining = remaining.value;
  return credits;
}

const USED_KEY =
  /used|spent|cost|charge|deduct|debit|consum|spend|fee|burn|took|taken|billed|verbrauch|gasto|gastad|kosten/;
const LEFT_KEY = /left|remain|balance|available|wallet|purse|rest|saldo|guthaben|solde|after|funds|account/;
const CREDIT_KEY = /credit|unit|usage|billing|wallet|balance|purse|cr\b|points?\b|spent|cost/;

/** An amount with what it may be; the smaller the doubt, the likelier. */
interface Claim {
  role: Role;
  value: number;
  doubt: number;
}

function likeliest(claims: readonly Claim[], role: Role): Claim | undefined {
  let best: Claim | undefined;
  for (const claim of claims) if (claim.role === role && (!best || claim.doubt <= best.doubt)) best = claim;
  return best;
}

function readLeaf({ leaf }: Row, credits: Credits): void {
  if (!leaf) return;
  const path = leaf.path
    .filter((key) => typeof key === "string")
    .join(".")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
  const key = path.slice(path.lastIndexOf(".") + 1);
  const value = leaf.kind === "number" ? Number(leaf.value) : Number.NaN;
  if (Number.isInteger(value)) {
    if (USED_KEY.test(key)) credits.creditsUsed ??= Math.abs(value);
    else if (LEFT_KEY.test(key)) credits.creditsRemaining ??= value;
    else if (CREDIT_KEY.test(path) && /^(?:credits?|this_call|call|amount)$/.test(key))
      credits.creditsUsed ??= Math.abs(value);
  }
}

function claimsIn(folded: string, sentence: Stretch, finders: readonly Finder[]): Claim[] {
  if (sentence.end - sentence.start > 2_000) return [];
  const text = folded.slice(sentence.start, sentence.end);
  if (!/\d/.test(text)) return [];
  const marks = finders.flatMap((find) => find(text)).sort((a, b) => a.start - b.start);
  if (!marks.some(({ role }) => role !== "neither")) return [];
  const amounts = amountsIn(text);
  // A single character that means both points and o'clock counts only beside a word for use or balance.
  const units = marks.some(
    ({ role, start, end }) =>
      role === "unit" &&
      (end - start > 1 || marks.some((mark) => mark.role === "used" || mark.role === "remaining")),
  );
  const claims = amounts.flatMap((amount): Claim[] => {
    const found = amount.role
      ? { role: amount.role, distance: 0 }
      : roleOf(text, amount, marks, units, amounts);
    return found ? [{ role: found.role, value: amount.value, doubt: found.distance - (units ? 25 : 0) }] : [];
  });
  settleTwins(claims, marks);
  const [first, second] = amounts;
  // "Credits −32 / 1,168": what was used, then what is left.
  if (
    units &&
    first &&
    second &&
    amounts.length === 2 &&
    claims.length < 2 &&
    claims.every(({ role, value }) => role === "used" && value === first.value)
  ) {
    claims.push({ role: "remaining", value: second.value, doubt: 20 });
  }
  return claims;
}

/** Two amounts that seem to be the same thing: the likelier one is, and the other one is the other thing. */
function settleTwins(claims: readonly Claim[], marks: readonly Mark[]): void {
  for (const role of ["remaining", "used"] as const) {
    const other = role === "remaining" ? "used" : "remaining";
    const [likely, lesser, more] = claims
      .filter((claim) => claim.role === role)
      .sort((a, b) => a.doubt - b.doubt);
    if (!likely || !lesser || more || claims.some((claim) => claim.role === other)) continue;
    const said = marks.some((mark) => mark.role === other);
    if (role === "remaining" || (!said && likely.doubt !== lesser.doubt)) lesser.role = other;
  }
}

function amountsIn(text: string): Amount[] {
  const amounts: Amount[] = [];
  for (const found of text.matchAll(AMOUNT)) {
    const sign = found[1]?.trim() ?? "";
    const digits = found[2] ?? "";
    const start = found.index + (found[1]?.length ?? 0);
    if (MONEY_BEFORE.test(text.slice(0, found.index))) continue;
    if (
      /^\s?[点點時时](?:[半钟鐘\d一二三四五]|上|下|开|開|前|后|後|起|再|左右|才|恢)/.test(
        text.slice(start + digits.length, start + digits.length + 4),
      ) ||
      /(?:上午|下午|晚上|早上|午前|午後|夜|朝)$/.test(text.slice(Math.max(0, start - 2), start))
    )
      continue;
    const value = Number(digits.replace(/\D/g, ""));
    const negative = sign !== "" && sign !== "+" && /(?:^|[\s(:|,/~])$/.test(text.slice(0, found.index));
    const amount: Amount = { value, start, end: start + digits.length };
    amounts.push(negative && sign !== "–" ? { ...amount, role: "used" } : amount);
  }
  return amounts;
}

/** The nearest word tells; a word before a colon or right after the number is nearer than one beyond a comma. */
function roleOf(
  text: string,
  amount: Amount,
  marks: readonly Mark[],
  inUnits: boolean,
  amounts: readonly Amount[],
): { role: Role; distance: number } | undefined {
  let best: { role: Role; distance: number } | undefined;
  for (const mark of marks) {
    if (mark.role === "unit") continue;
    const before = mark.end <= amount.start;
    const between = before ? text.slice(mark.end, amount.start) : text.slice(amount.end, mark.start);
    if (between.length > FURTHEST || mark.start === amount.start) continue;
    let distance = between.length;
    if (/[,;/|·•。]/.test(between)) distance += 14;
    if (/[(]/.test(between)) distance += 30;
    if (
      amounts.some(
        ({ start, end }) =>
          start !== amount.start &&
          (before ? start >= mark.end && end <= amount.start : start >= amount.end && end <= mark.start),
      )
    ) {
      distance += 26;
    }
    if (before && /[:=→]\s*$/.test(between)) distance -= 4;
    if (!before && between.length > 1 && /[:=]/.test(text.slice(mark.end, mark.end + 2))) distance += 20;
    if (mark.role === "neither" && between.trim() !== "") distance += 12;
    if (!best || distance < best.distance) best = { role: mark.role, distance };
  }
  if (best && best.distance <= (inUnits ? 34 : 16)) return best;
  if (inUnits && nearUnit(text, amount, marks)) return { role: "used", distance: 22 };
  return undefined;
}

function nearUnit(text: string, amount: Amount, marks: readonly Mark[]): boolean {
  return marks.some(
    ({ role, start, end }) =>
      role === "unit" &&
      ((start >= amount.end && text.slice(amount.end, start).trim().length <= 1) ||
        (end <= amount.start && /^\s*[:=(]?\s*$/.test(text.slice(end, amount.start)))),
  );
}

type Finder = (text: string) => Mark[];

const finders = new Map<CreditWords, Finder>();

function finderOf(words: CreditWords): Finder {
  const known = finders.get(words);
  if (known) return known;
  const roles = new Map<string, Role>();
  for (const role of ["neither", "unit", "used", "remaining"] as const)
    for (const word of words[role]) roles.set(word, role);
  const sources = [...roles.keys()]
    .sort((a, b) => b.length - a.length)
    .map((word) => {
      const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      return /^[\u3040-\uffff]/.test(word) ? escaped : `(?<![a-z])${escaped}(?![a-z])`;
    });
  const pattern = new RegExp(sources.join("|"), "g");
  const find: Finder = (text) =>
    [...text.matchAll(pattern)].map((found) => ({
      role: roles.get(found[0]) ?? "neither",
      start: found.index,
      end: found.index + found[0].length,
    }));
  finders.set(words, find);
  return find;
}
