import { foldKeepingLength } from "./folding.js";
import { CARD_ITSELF, DATA, DENIED, DOCUMENT_ITSELF, REQUEST } from "./request-words.js";
import type { SensitiveKind } from "./sensitive.js";

/** Somebody asks for sensitive data or for money in advance. */
export interface SensitiveRequest {
  kind: SensitiveKind | "deposit";
  /** The sentence that asks; `text.slice(start, end) === quote`. */
  quote: string;
  /** UTF-16 offsets into the text. */
  start: number;
  end: number;
}

const SENTENCE = /[^.!?。！？\n]{1,600}[.!?。！？]*/gu;
const QUESTION = /[?？]|か[。\s]*$|吗|嗎|呢/u;

/**
 * Requests for sensitive data or an advance payment in what a callee, a caller or the service says, in English,
 * Japanese, Chinese, Spanish, German and French; one per kind and sentence. Errs on the side of asking the human:
 * a question that merely mentions such data counts. Takes time linear in the text's length.
 */
export function asksForSensitive(text: string): SensitiveRequest[] {
  const requests: SensitiveRequest[] = [];
  for (const { 0: sentence, index } of foldKeepingLength(text).matchAll(SENTENCE)) {
    const asks = REQUEST.test(sentence);
    if ((!asks && !QUESTION.test(sentence)) || DENIED.test(sentence)) continue;
    const kinds = new Set(
      (Object.keys(DATA) as SensitiveRequest["kind"][]).filter((kind) => DATA[kind].test(sentence)),
    );
    if (asks && CARD_ITSELF.test(sentence)) kinds.add("card_number");
    if (asks && DOCUMENT_ITSELF.test(sentence)) kinds.add("national_id");
    const start = index + sentence.search(/\S/u);
    const end = index + sentence.trimEnd().length;
    for (const kind of kinds) requests.push({ kind, quote: text.slice(start, end), start, end });
  }
  return requests;
}
