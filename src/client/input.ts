import { InvalidInputError } from "./errors.js";

/** In UTF-16 units. What the service takes is not known; a briefing longer than this is a mistake. */
export const INPUT_LIMITS = { message: 8_000, prompt: 8_000, name: 100, description: 500 } as const;

/** @throws InvalidInputError if it is empty, too long, or contains characters that are no text. */
export function checkText(what: "message" | "prompt", text: string): string {
  if (text.trim() === "") throw new InvalidInputError(`The ${what} is empty.`);
  if (text.length > INPUT_LIMITS[what]) {
    throw new InvalidInputError(
      `The ${what} has ${text.length} characters; at most ${INPUT_LIMITS[what]} are sent.`,
    );
  }
  if (/[^\P{Cc}\t\n\r]|\p{Cs}/u.test(text)) {
    throw new InvalidInputError(`The ${what} contains control characters or broken Unicode.`);
  }
  return text;
}

/** A line of text: no line breaks either. @throws InvalidInputError */
export function checkLine(what: "name" | "description", text: string): string {
  const line = text.trim();
  if (line === "") throw new InvalidInputError(`The ${what} is empty.`);
  if (line.length > INPUT_LIMITS[what]) {
    throw new InvalidInputError(
      `The ${what} has ${line.length} characters; at most ${INPUT_LIMITS[what]} fit.`,
    );
  }
  if (/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(line)) {
    throw new InvalidInputError(`The ${what} contains line breaks, control characters or broken Unicode.`);
  }
  return line;
}
