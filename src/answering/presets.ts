import { oneLine } from "../reports/foreign-text.js";

/** What every prompt keeps, word for word: the service's answering principle. */
export const PRINCIPLE =
  "Understand what the caller wants and note it down. Make no commitments: promise nothing, agree to nothing, buy nothing, and give out no private information. Say that the message will be passed on.";

/** Ways of answering that come with the package. */
export const ANSWERING_PRESETS = ["personal_assistant", "receptionist", "message_taker"] as const;

export type AnsweringPreset = (typeof ANSWERING_PRESETS)[number];

/** On whose behalf a preset answers. */
export interface PresetSlots {
  /** The human. Needed by `personal_assistant` and `message_taker`, unless there is a company. */
  owner?: string | undefined;
  /** The business. Needed by `receptionist`. */
  company?: string | undefined;
}

/** A preset cannot be filled in: a slot is missing, empty, or no name. Nothing was sent. */
export class InvalidPresetError extends Error {
  override readonly name = "InvalidPresetError";
  readonly code = "invalid_preset";
  readonly retryable = false;
}

const LONGEST_SLOT = 120;

/** The words of a preset. @throws {InvalidPresetError} */
export function presetPrompt(preset: AnsweringPreset, { owner, company }: PresetSlots): string {
  return keepPrinciple(WORDS[preset](slot("owner", owner), slot("company", company)));
}

/** The prompt with the principle at its end, unless it is in there as it stands. */
export function keepPrinciple(prompt: string): string {
  const flat = (text: string) => text.replace(/\s+/gu, " ").toLowerCase();
  return flat(prompt).includes(flat(PRINCIPLE)) ? prompt : `${prompt.trimEnd()}\n\n${PRINCIPLE}`;
}

type Slot = string | undefined;

const WORDS: Readonly<Record<AnsweringPreset, (owner: Slot, company: Slot) => string>> = {
  personal_assistant: (owner, company) =>
    [
      `You answer the phone as the personal AI assistant of ${needed(owner ?? company, "owner")}, who cannot take calls right now. Say so, and say that you are an AI.`,
      "Be friendly and brief. Ask for the caller's name, what it is about, how urgent it is, and by when and on what number they would like to hear back.",
      "Tell nobody where the person you answer for is or what they are doing. End sales calls politely.",
    ].join("\n"),
  receptionist: (owner, company) =>
    [
      `You are the AI receptionist of ${needed(company, "company")}${owner === undefined ? "" : `, where ${owner} is in charge`}. Answer at any hour, in the caller's language, and say that you are an AI.`,
      "Be polite and clear. Find out who calls, from which company, and what they need. Answer general questions only as far as you have been told the answer; otherwise say that somebody will get back to them.",
      "For an order, an appointment or a complaint, note down every detail, and a name and number for the reply.",
    ].join("\n"),
  message_taker: (owner, company) =>
    [
      `You take messages for ${needed(owner ?? company, "owner")}. Say that you are an AI and that you only take messages.`,
      "Ask for the caller's name, number and message, repeat them once to be sure, thank the caller and end the call. Answer no questions.",
    ].join("\n"),
};

function needed(value: Slot, name: string): string {
  if (value === undefined)
    throw new InvalidPresetError(`This preset needs ${name}: on whose behalf calls are answered.`);
  return value;
}

/** A name becomes a part of instructions, so it has to be one short line. */
function slot(name: string, value: Slot): Slot {
  if (value === undefined) return undefined;
  const line = oneLine(value);
  if (line === "" || line.length > LONGEST_SLOT || line !== value.trim()) {
    throw new InvalidPresetError(
      `${name} has to be a name on one line, of at most ${LONGEST_SLOT} characters.`,
    );
  }
  return line;
}
