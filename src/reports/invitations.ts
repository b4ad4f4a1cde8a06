import { FIRST_CALL_INTRODUCTION, SHARING_COPY, SHARING_INSTRUCTION } from "./wording.js";

/** The copy to show when the human wants to share, word for word as the service's sharing guide displays it. */
export function sharingMessage(): string {
  return SHARING_COPY;
}

/** What to say under the sharing copy. */
export function sharingInstruction(): string {
  return SHARING_INSTRUCTION;
}

/** What to say after the first outgoing call: three points about incoming calls. One point per line. */
export function firstCallIntroduction(): string {
  const { opening, points } = FIRST_CALL_INTRODUCTION;
  return [opening, ...points.map((point, index) => `${index + 1}. ${point}`)].join("\n");
}
