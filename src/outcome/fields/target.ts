import { type CountryCode, parsePhoneNumberFromString } from "libphonenumber-js";
import type { MentionedNumber } from "../../policy/outcome.js";
import type { CallContext } from "../reader.js";
import { fold } from "../text/fold.js";

const NUMBER = /(?<![A-Za-z\d./#-])(?<!\d:)(?:\+|＋)?\(?\d[\d \u00a0\u202f().\-–‑/]{5,22}\d(?![\dA-Za-z])/gu;

/** The callee's number as the message has it: the dialed one where it stands there, else the only one. */
export function readTargetPhone(
  message: string,
  call: CallContext,
  spoken: (place: number) => boolean,
): MentionedNumber | undefined {
  const wanted = call.targetPhone ? digitsOf(call.targetPhone) : undefined;
  const others = new Set<string>();
  let other: string | undefined;
  for (const found of message.matchAll(NUMBER)) {
    const written = tidy(found[0]);
    const digits = digitsOf(written);
    if (digits.length < 6 || digits.length > 15) continue;
    if (wanted && sameNumber(digits, wanted)) return mentioned(written, call);
    if (spoken(found.index) || !looksLikePhone(written, message, found.index)) continue;
    others.add(digits);
    other ??= written;
  }
  return !wanted && others.size === 1 && other ? mentioned(other, call) : undefined;
}

function tidy(written: string): string {
  let text = written.trim();
  if (text.endsWith(")") && !text.includes("(")) text = text.slice(0, -1);
  if (text.startsWith("(") && !text.includes(")")) text = text.slice(1);
  return text;
}

function looksLikePhone(written: string, message: string, place: number): boolean {
  if (/^\d{4}[-./]\d{1,2}[-./]\d{1,2}/.test(written) || /^\d{1,2}[-./]\d{1,2}[-./]\d{4}/.test(written))
    return false;
  if (/^\d{1,3}(?:[ ,.]\d{3})+$/.test(written) && !written.startsWith("0")) return false;
  if (/https?:\S*$/.test(message.slice(Math.max(0, place - 80), place))) return false;
  return (
    written.startsWith("+") ||
    written.startsWith("0") ||
    written.startsWith("(") ||
    /\d[-\s]\d{2,}[-\s]?\d{3,}/.test(written)
  );
}

function digitsOf(text: string): string {
  return fold(text).replace(/\D/g, "");
}

function sameNumber(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  const core = short.replace(/^0+/, "");
  return core.length >= 7 && long.endsWith(core) && long.length - core.length <= 4;
}

function mentioned(asWritten: string, call: CallContext): MentionedNumber {
  const dialed = call.targetPhone;
  if (dialed && /^\+\d{8,15}$/.test(dialed) && `+${digitsOf(asWritten)}` === dialed)
    return { asWritten, e164: dialed };
  const country = call.country?.toUpperCase() as CountryCode | undefined;
  try {
    const parsed = parsePhoneNumberFromString(fold(asWritten), country);
    return parsed?.isValid() ? { asWritten, e164: parsed.number } : { asWritten };
  } catch {
    return { asWritten };
  }
}

const ARTICLE = /^(?:the|le|la|les|l'|el|los|las|der|die|das|il|lo|o|a|os|as|de|het)\s+/i;

/** The callee's name as the message writes it, found by the name that was asked for. */
export function readTargetName(message: string, folded: string, call: CallContext): string | undefined {
  const name = call.targetName?.trim();
  if (!name || name.length < 2 || name.length > 300) return undefined;
  const wanted = fold(name);
  const whole = message.indexOf(name);
  if (whole !== -1) return name;
  const bare = wanted.replace(ARTICLE, "");
  const article = name.slice(0, name.length - bare.length);
  const at = folded.indexOf(wanted);
  const written = at === -1 ? undefined : message.slice(at, at + wanted.length);
  // "le Petit Batelier" in the middle of a sentence: the article belongs to the sentence.
  if (written && (article === "" || written.startsWith(article) || written === written.toUpperCase()))
    return written;
  const core = folded.indexOf(bare);
  if (core !== -1 && bare.length > 2) return message.slice(core, core + bare.length);
  return longestPart(message, folded, bare);
}

/** At least half of the name's words in a row, as they stand in the message. */
function longestPart(message: string, folded: string, wanted: string): string | undefined {
  const words = wanted.split(/[\s,;]+/);
  if (words.length < 2 || words.length > 12) return undefined;
  for (let length = words.length - 1; length >= Math.max(1, Math.ceil(words.length / 2)); length--) {
    for (let from = 0; from + length <= words.length; from++) {
      const part = words.slice(from, from + length).join(" ");
      if (part.length < 4 || (length === 1 && part.length < 6)) continue;
      const at = folded.indexOf(part);
      if (at === -1) continue;
      const written = message.slice(at, at + part.length);
      const bounded =
        !/[\p{L}\d]/u.test(message.charAt(at - 1)) && !/[\p{L}\d'’]/u.test(message.charAt(at + part.length));
      if (bounded && (/^\p{Lu}/u.test(written) || /[\u3040-\uffff]/.test(written))) return written;
    }
  }
  return undefined;
}
