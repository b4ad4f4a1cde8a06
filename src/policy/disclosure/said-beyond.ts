import type { TranscriptTurn } from "../outcome.js";
import { emailsIn } from "./emails.js";
import { findSensitive } from "./find-sensitive.js";
import { isSameNumber, longNumbersIn } from "./long-numbers.js";
import { MASKED_PAYMENT } from "./payment-data.js";

/** Something that the AI said on a call and that the human had not given it to say. */
export interface SaidBeyond {
  /** What it is, masked where it is sensitive: fit for a report. */
  what: string;
  /** Which turn of the transcript said it first, counting from 0. */
  turn: number;
}

/**
 * What the AI's own turns gave away beyond `allowed`, everything that it was told: sensitive data, addresses and long
 * numbers that neither the allowed texts have nor the callee has said before. Each thing once.
 */
export function saidBeyond(transcript: readonly TranscriptTurn[], allowed: readonly string[]): SaidBeyond[] {
  const known = [...allowed];
  const heard: string[] = [];
  const found = new Map<string, number>();
  for (const [turn, { speaker, text }] of transcript.entries()) {
    if (speaker === "ai") {
      for (const what of givenAway(text, [...known, ...heard], heard)) {
        if (!found.has(what)) found.set(what, turn);
      }
    } else heard.push(text);
  }
  return [...found].map(([what, turn]) => ({ what, turn }));
}

/** Sensitive data is never among what may be told, so only the callee's own words make it theirs. */
function givenAway(text: string, known: readonly string[], heard: readonly string[]): string[] {
  const sensitive = findSensitive(text).map((find) => ({ ...find, said: text.slice(find.start, find.end) }));
  const addresses = new Set(known.flatMap(emailsIn));
  const numbers = known.flatMap(longNumbersIn);
  const rest = sensitive.reduce((left, { said }) => left.replace(said, "\0"), text);
  return [
    // Masked before it was kept.
    ...(text.match(MASKED_PAYMENT) ?? []).filter((mask) => !heard.some((words) => words.includes(mask))),
    ...sensitive.filter(({ said }) => !heard.some((words) => holds(words, said))).map(({ masked }) => masked),
    ...emailsIn(rest).filter((address) => !addresses.has(address)),
    ...longNumbersIn(rest)
      .filter(({ digits }) => !numbers.some((number) => isSameNumber(number.digits, digits)))
      .map(({ written }) => written),
  ];
}

/** In whatever groups and letter case it is repeated. */
function holds(words: string, said: string): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[\s.\-/]/g, "");
  return plain(words).includes(plain(said));
}
