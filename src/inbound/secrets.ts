import { findSensitive } from "../policy/disclosure/find-sensitive.js";
import { foldKeepingLength } from "../policy/disclosure/folding.js";
import { anyOf } from "../policy/disclosure/words.js";
import { INBOUND_LANGUAGES } from "./languages/registry.js";
import type { CallerTurn } from "./received-message.js";

interface Stretch {
  start: number;
  end: number;
  masked: string;
}

const CODE = anyOf(INBOUND_LANGUAGES.flatMap(({ code }) => code));
const HARMLESS = anyOf(INBOUND_LANGUAGES.flatMap(({ harmlessCode }) => harmlessCode));
/** Letters before it, as in G-482913; four to eight digits in a row or in two or more groups. */
const DIGITS =
  /(?<![\p{L}\p{N}+€$£¥.,:/-])(?:\p{Lu}{1,2}-)?\d(?:[\s-]?\d){3,7}(?![\p{N}€$£¥元円%]|[.,:/]\d|\s?(?:€|%))/gu;
const NEAR = 40;
const SENTENCE_END = /[.!。！\n](?!\d)/;
const MASK = "[code]";

/**
 * The text without card numbers, identity numbers, passwords and one-time codes. Wider than what is kept from being sent
 * out: in a message that comes in, any four to eight digits called a code are taken for a secret. Mistaking a harmless
 * number costs a look at the original.
 */
export function maskSecrets(text: string): string {
  return redraw(text, stretchesIn(text));
}

/** The same for a conversation, where one may ask for the code and the other say it. */
export function maskTurns(turns: readonly CallerTurn[]): CallerTurn[] {
  return turns.map(({ speaker, text }, index) => {
    const before = turns[index - 1]?.text ?? "";
    // A full stop would set the question apart from its answer.
    const lead = `${before.slice(-200).replace(/[.!。！\s]+$/u, "")} `;
    const joined = stretchesIn(lead + text)
      .filter(({ end }) => end > lead.length)
      .map(({ start, end, masked }) => ({
        start: Math.max(0, start - lead.length),
        end: end - lead.length,
        masked,
      }));
    return { speaker, text: redraw(text, merged([...stretchesIn(text), ...joined])) };
  });
}

function stretchesIn(text: string): Stretch[] {
  return merged([...findSensitive(text), ...namedCodes(text)]);
}

function namedCodes(text: string): Stretch[] {
  const folded = foldKeepingLength(text);
  const harmless = [...folded.matchAll(HARMLESS)].map(({ 0: name, index }) => ({
    start: index,
    end: index + name.length,
  }));
  const names = [...folded.matchAll(CODE)]
    .map(({ 0: name, index }) => ({ start: index, end: index + name.length }))
    .filter((name) => !harmless.some(({ start, end }) => start <= name.start && name.end <= end));
  const near: Stretch[] = [];
  let next = 0;
  for (const { 0: digits, index: start } of folded.matchAll(DIGITS)) {
    const end = start + digits.length;
    while ((names[next]?.end ?? Number.POSITIVE_INFINITY) < start - NEAR) next++;
    for (let at = next; at < names.length; at++) {
      const name = names[at];
      if (name === undefined || name.start > end + NEAR) break;
      const between = name.end <= start ? folded.slice(name.end, start) : folded.slice(end, name.start);
      if (between.length > NEAR || SENTENCE_END.test(between)) continue;
      near.push({ start, end, masked: MASK });
      break;
    }
  }
  return near;
}

/** Of stretches that overlap, the first stays and takes in the rest. */
function merged(stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const stretch of stretches.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result.at(-1);
    if (last === undefined || stretch.start >= last.end) result.push({ ...stretch });
    else last.end = Math.max(last.end, stretch.end);
  }
  return result;
}

function redraw(text: string, stretches: readonly Stretch[]): string {
  let drawn = "";
  let at = 0;
  for (const { start, end, masked } of stretches) {
    drawn += text.slice(at, start) + masked;
    at = end;
  }
  return drawn + text.slice(at);
}
