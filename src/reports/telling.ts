import type { ReportedParty, ReportOptions } from "./call-report-input.js";
import { oneLine } from "./foreign-text.js";
import { maskNumbers, maskPhone } from "./mask-numbers.js";

/** Makes a text fit to be told: one clean line, masked where that is asked for, and nothing where nothing is left. */
export type Tell = (text: string | undefined) => string | undefined;

/** How texts are told in one report. `known` are the numbers of its parties. */
export function telling(known: readonly string[], { maskNumbers: masking = false }: ReportOptions): Tell {
  return (text) => {
    const line = oneLine(text ?? "");
    return (masking ? maskNumbers(line, known) : line) || undefined;
  };
}

/** A party's name and number, told. */
export function tellParty(
  party: ReportedParty,
  tell: Tell,
  { maskNumbers: masking = false }: ReportOptions,
): ReportedParty {
  const name = tell(party.name);
  const phone = oneLine(party.phone ?? "");
  return { ...(name && { name }), ...(phone && { phone: masking ? maskPhone(phone) : phone }) };
}
