/** Why a number is not dialed. */
export const NUMBER_REFUSAL_CODES = [
  /** The text is not one telephone number. */
  "not_a_number",
  /** Invisible or control characters: what the human reads is not what would be dialed. */
  "control_characters",
  /** Pauses, keypad tones or service commands: `911,,1`, `*67`, `*#06#`. */
  "dial_commands",
  /** Written without `+` and no country is known to read it in. */
  "no_country",
  /** No number of that form is in use. */
  "invalid",
  "emergency",
  /** A line for people in crisis, which a machine would block. */
  "crisis_line",
  /** Works only inside one network or country. */
  "short_code",
  "premium_rate",
  "shared_cost",
  /** Satellite and other international networks, whose calls cost a multiple. */
  "satellite",
  /** Follow-me numbers, which hide where and at what price they end. */
  "personal_number",
  "pager",
  /** The access number of a network's voicemail. */
  "voicemail_access",
  /** On the human's deny list. */
  "denied",
  /** Not on the human's allow list. */
  "not_allowed",
] as const;

export type NumberRefusalCode = (typeof NUMBER_REFUSAL_CODES)[number];

/** A number that is not dialed. `reason` is a sentence for the human and repeats digits of the input at most. */
export interface NumberRefusal {
  ok: false;
  code: NumberRefusalCode;
  reason: string;
}

export function refuse(code: NumberRefusalCode, reason: string): NumberRefusal {
  return { ok: false, code, reason };
}
