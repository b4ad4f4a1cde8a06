import { maskSecrets, maskTurns } from "../inbound/secrets.js";
import type { CallRecord, SpokenTurn } from "./call-record.js";

/**
 * A call without one-time codes, card numbers, passwords and the like, in every text that holds words. Where something
 * is masked, the offsets of evidence no longer hold.
 */
export function withoutSecrets(record: CallRecord): CallRecord {
  const { summary, purpose, reading } = record;
  return {
    ...record,
    subject: maskSecrets(record.subject),
    transcript: masked(record.transcript),
    ...(summary !== undefined && { summary: maskSecrets(summary) }),
    ...(purpose !== undefined && { purpose: maskSecrets(purpose) }),
    ...(reading !== undefined && { reading: JSON.parse(maskReceived(JSON.stringify(reading))) }),
    received: record.received.map(maskReceived),
  };
}

function masked(transcript: readonly SpokenTurn[]): SpokenTurn[] {
  const turns = maskTurns(
    transcript.map(({ speaker, text }) => ({ speaker: speaker === "ai" ? speaker : "caller", text })),
  );
  return transcript.map(({ speaker, text }, index) => ({
    speaker,
    text: turns[index]?.text ?? maskSecrets(text),
  }));
}

/** In JSON, every text is masked by itself, lest a mask break its syntax or a quote hide a secret. */
function maskReceived(received: string): string {
  try {
    return JSON.stringify(JSON.parse(received), (_, value: unknown) =>
      typeof value === "string" ? maskLines(value) : value,
    );
  } catch {
    return maskLines(received);
  }
}

/** A question and its answer may stand on two lines. */
function maskLines(text: string): string {
  return maskTurns(text.split("\n").map((line) => ({ speaker: "caller", text: line })))
    .map((turn) => turn.text)
    .join("\n");
}
