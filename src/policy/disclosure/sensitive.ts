/** Data that is never said or sent without the human. */
export const SENSITIVE_KINDS = [
  "card_number",
  "cvv",
  "iban",
  "national_id",
  "one_time_code",
  "password",
  "pin",
] as const;

export type SensitiveKind = (typeof SENSITIVE_KINDS)[number];

/** A piece of sensitive data in a text. */
export interface SensitiveData {
  kind: SensitiveKind;
  /** UTF-16 offsets into the text; `end` is exclusive. */
  start: number;
  end: number;
  /** What may stand in its place: names the kind, and the last four characters of a card or account alone. */
  masked: string;
}

/** A find before it is masked. */
export interface Find {
  kind: SensitiveKind;
  start: number;
  end: number;
  /** The last four characters of a card's or account's number, as its mask shows them. */
  last?: string;
}
