import { asksForSensitive } from "../policy/disclosure/asks-for-sensitive.js";
import { type FoundCue, findCues, outside } from "./cues.js";
import type { InboundLanguage } from "./languages/language.js";
import { evidenceIn, type InboundEvidence, type Passage } from "./passages.js";

/** How a caller's matter is classed, as the service's notification does. */
export const CALL_CLASSES = ["general", "important", "spam"] as const;

export type CallClass = (typeof CALL_CLASSES)[number];

export interface Classification {
  class: CallClass;
  /** The words that it rests on; none for `general`. */
  evidence: readonly InboundEvidence[];
}

/** One strong phrase decides, or three weak ones. */
const STRONG = 3;
const DECIDES = 3;
const MOST_EVIDENCE = 3;

const strongSpam = ({ spam }: InboundLanguage) => spam.strong;
const weakSpam = ({ spam }: InboundLanguage) => spam.weak;
const strongImportant = ({ important }: InboundLanguage) => important.strong;
const weakImportant = ({ important }: InboundLanguage) => important.weak;
const denied = (language: InboundLanguage) => language.denied;

/** What only a fraudster asks for over the phone. */
const NEVER_ASKED_FOR = new Set(["one_time_code", "pin", "password", "cvv"]);

/**
 * Classes a message by the phrases of the language files. Spam must outweigh all that speaks for importance, since what
 * is filtered wrongly is not told: urgency alone makes no spam important, and "free" alone makes no doctor spam. The
 * AI's own words count for nothing.
 */
export function classify(passages: readonly Passage[]): Classification {
  const heard = passages.filter(({ saidBy }) => saidBy !== "ai");
  const voids = findCues(heard, denied);
  const find = (pick: (language: InboundLanguage) => readonly string[]) =>
    outside(findCues(heard, pick), voids);
  const asked = fraud(heard);
  const spam = weigh([...find(strongSpam), ...asked], find(weakSpam));
  // "Verification code" speaks for importance, but not where somebody asks for it.
  const important = weigh(outside(find(strongImportant), asked), outside(find(weakImportant), asked));
  if (spam.weight >= DECIDES && spam.weight > important.weight)
    return { class: "spam", evidence: spam.evidence };
  if (important.weight >= DECIDES) return { class: "important", evidence: important.evidence };
  return { class: "general", evidence: [] };
}

/** Whether something strong speaks for importance, so that no reader may filter the message away. */
export function isPressing(passages: readonly Passage[]): boolean {
  const heard = passages.filter(({ saidBy }) => saidBy !== "ai");
  return outside(findCues(heard, strongImportant), [...findCues(heard, denied), ...fraud(heard)]).length > 0;
}

function weigh(
  strong: readonly FoundCue[],
  weak: readonly FoundCue[],
): { weight: number; evidence: InboundEvidence[] } {
  const phrases = new Map<string, FoundCue>();
  for (const cue of [...strong, ...outside(weak, strong)]) {
    if (!phrases.has(cue.phrase)) phrases.set(cue.phrase, cue);
  }
  const isStrong = new Set(strong.map(({ phrase }) => phrase));
  let weight = 0;
  for (const phrase of phrases.keys()) weight += isStrong.has(phrase) ? STRONG : 1;
  const evidence = [...phrases.values()].slice(0, MOST_EVIDENCE).map(({ passage, start, end }) => {
    const { from, to } = sentenceAround(passage.text, start, end);
    return evidenceIn(passage, from, to);
  });
  return { weight, evidence };
}

/** Whoever calls and asks for a code or a password is no bank. */
function fraud(heard: readonly Passage[]): FoundCue[] {
  return heard.flatMap((passage) =>
    asksForSensitive(passage.text)
      .filter(({ kind }) => NEVER_ASKED_FOR.has(kind))
      .map(({ kind, start, end }) => ({ passage, start, end, phrase: `asks for ${kind}` })),
  );
}

const AROUND = 120;

/** The sentence that a phrase stands in, or as much of it as makes a quote. */
export function sentenceAround(text: string, start: number, end: number): { from: number; to: number } {
  const before = text.slice(Math.max(0, start - AROUND), start);
  const head = Math.max(
    ...[". ", "! ", "? ", "。", "！", "？", "\n"].map((mark) => {
      const at = before.lastIndexOf(mark);
      return at < 0 ? -1 : at + mark.length;
    }),
  );
  const from = head < 0 ? wordStart(text, start, before) : start - before.length + head;
  const rest = text.slice(end, end + AROUND);
  const tail = rest.search(/[.!?](?=\s|$)|[。！？\n]/);
  const to = tail < 0 ? wordEnd(text, end, rest) : end + tail + (rest[tail] === "\n" ? 0 : 1);
  return { from: from + (/^\s*/.exec(text.slice(from, start))?.[0].length ?? 0), to };
}

function wordStart(text: string, start: number, before: string): number {
  if (start === before.length) return 0;
  const blank = text.slice(start - before.length, start).search(/\s/);
  return blank < 0 ? start : start - before.length + blank;
}

function wordEnd(text: string, end: number, rest: string): number {
  if (end + rest.length === text.length) return end + rest.trimEnd().length;
  const blank = rest.search(/\s\S*$/);
  return blank < 0 ? end : end + blank;
}
