import type { Attempt } from "./history.js";

/** Letters and digits that are not taken for one another, read out or copied. */
const ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

const REFERENCE = /\bPR-[A-Z0-9]{8}\b/g;

/** A reference code from random numbers in [0, 1). */
export function drawReference(random: () => number): string {
  return `PR-${Array.from({ length: 8 }, () => ALPHABET[Math.floor(random() * ALPHABET.length)] ?? "A").join("")}`;
}

/**
 * Whether a result is that of an attempt. The service names none, so it goes by the attempt's reference, which
 * proves it, else by number or name.
 */
export function belongsTo(message: string, attempt: Attempt): "yes" | "likely" | "unsure" | "no" {
  const references: readonly string[] = message.match(REFERENCE) ?? [];
  if (references.includes(attempt.reference)) return "yes";
  // What only looks like a reference may be the human's own, and comes back with the purpose.
  if (references.some((code) => !attempt.briefing.includes(code))) return "no";
  const { phone, name } = attempt.target;
  if (phone !== undefined && digits(message).includes(digits(phone).slice(-7))) return "likely";
  if (name !== undefined && plain(message).includes(plain(name))) return "likely";
  return "unsure";
}

function digits(text: string): string {
  return text.normalize("NFKC").replace(/\D/g, "");
}

function plain(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}
