import type { TranscriptTurn } from "../outcome.js";
import { findSensitive } from "./find-sensitive.js";

/** Something that the AI said on a call and that the human had not given it to say. */
export interface SaidBeyond {
  /** What it is, masked where it is sensitive: fit for a report. */
  what: string;
  /** Which turn of the transcript, counting from 0. */
  turn: number;
}

const EMAIL = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g;
/** A telephone number, an account, a booking code: too long for a time, a price or a head count. */
const LONG_NUMBER = /\d(?:[\d ()/-]{5,22})\d/g;

/**
 * What the AI's own turns gave away beyond `allowed`, everything that it was told or may have heard: sensitive data
 * always, addresses and long numbers where the allowed texts do not have them.
 */
export function saidBeyond(transcript: readonly TranscriptTurn[], allowed: readonly string[]): SaidBeyond[] {
  const heard: string[] = [...allowed];
  return transcript.flatMap(({ speaker, text }, turn) => {
    if (speaker !== "ai") {
      // Repeating what the callee has just said gives nothing away.
      heard.push(text);
      return [];
    }
    const sensitive = findSensitive(text);
    const known = heard.join("\n");
    const addresses = (text.match(EMAIL) ?? []).filter((address) => !holds(known, address));
    const numbers = (text.match(LONG_NUMBER) ?? []).filter(
      (number) =>
        digits(number).length >= 6 && !digits(known).includes(digits(number)) && sensitive.length === 0,
    );
    const found = [
      ...sensitive.map(({ masked }) => masked),
      ...addresses,
      ...numbers.map((number) => number.trim()),
    ];
    return found.map((what) => ({ what, turn }));
  });
}

function holds(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}

function digits(text: string): string {
  return text.replace(/\D/g, "");
}
