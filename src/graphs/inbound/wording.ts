import type { IncomingEntry } from "../../history/call-record.js";
import type { KeyFacts } from "../../inbound/key-facts.js";
import type { InboundReading } from "../../inbound/reading.js";

/** What is said about a message itself. */
export const NOTES = {
  silent: "Nothing was said.",
  noSummary: "The service gave no summary; see the transcript.",
  cutOff: "(The message broke off on its way; the dashboard may have the rest.)",
  clipped: "(The conversation is longer than what is shown here; the call history has all of it.)",
} as const;

type Mask = (text: string) => string;

/** Whom, what number, when and how much, as it was said; undefined if nothing of that was. */
export function keyFactsLine(
  { business, numbers, times, amounts }: KeyFacts,
  mask: Mask,
): string | undefined {
  const quoted = (facts: readonly { asWritten: string }[]) =>
    facts.map(({ asWritten }) => `“${mask(asWritten)}”`).join(", ");
  const parts = [
    business && `calling for ${quoted([business])}`,
    numbers.length > 0 && `number given ${numbers.map(({ phone }) => phone).join(", ")}`,
    times.length > 0 && `times named ${quoted(times)}`,
    amounts.length > 0 && `amounts named ${quoted(amounts)}`,
  ].filter(Boolean);
  return parts.length > 0 ? `Key facts: ${parts.join("; ")}.` : undefined;
}

/** What the human may do about a message, and the words that it rests on. */
export function followUpSuggestion(
  { followUp, facts }: InboundReading,
  { phone }: Pick<IncomingEntry, "phone">,
  mask: Mask,
): string | undefined {
  const { needed, reason, evidence } = followUp;
  if (!needed) return undefined;
  const [other] = facts.numbers;
  const number = phone ?? other?.phone;
  const action = number === undefined ? "answer" : `call ${number} back`;
  const because = evidence && ` (“${mask(evidence.quote)}”)`;
  const warning =
    other !== undefined && phone !== undefined
      ? ` They gave another number, ${other.phone}: make sure whose it is before calling it.`
      : "";
  switch (reason) {
    case "asks_for_call":
      return `${action}; they asked for it${because ?? ""}.${warning}`;
    case "asks_something":
      return `${action}; they asked something${because ?? ""}.${warning}`;
    default:
      return `${action} soon; it seems important${because ?? ""}.${warning}`;
  }
}
