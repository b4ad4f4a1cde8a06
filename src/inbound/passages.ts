import type { MessageField, ReceivedMessage } from "./received-message.js";
import { readTurns } from "./turns.js";

/** Words of a message that a claim rests on: `message[field].slice(start, end) === quote` always holds. */
export interface InboundEvidence {
  field: MessageField;
  quote: string;
  /** UTF-16 offsets into the field. */
  start: number;
  end: number;
  /** Whose words they are: the caller's, the answering AI's, or the service's account of the call. */
  saidBy: "caller" | "ai" | "service";
}

/** A stretch of a message said by one party. */
export interface Passage {
  field: MessageField;
  saidBy: InboundEvidence["saidBy"];
  text: string;
  /** Where it begins in its field. */
  offset: number;
}

/** So much of each field is read, in UTF-16 units from its beginning; the rest is stored all the same. */
export const READ_AT_MOST = 30_000;

/** The words of a message, apart by who said them. */
export function passagesOf(message: ReceivedMessage): Passage[] {
  const passages: Passage[] = [];
  for (const field of ["summary", "content"] as const) {
    const text = message[field]?.slice(0, READ_AT_MOST);
    if (text) passages.push({ field, saidBy: "service", text, offset: 0 });
  }
  for (const { speaker, text, start } of readTurns(message.transcript?.slice(0, READ_AT_MOST) ?? "")) {
    passages.push({ field: "transcript", saidBy: speaker, text, offset: start });
  }
  return passages;
}

/** A full stop ends a sentence before a blank only, and not after a short title. */
const ABBREVIATED = "(?<!\\b(?:Dr|Dra|Mr|Mrs|Ms|Prof|St|Nr|No|Sr|Sra|Mme|Hr|Fr))";
const SENTENCE = new RegExp(
  `[^\\n]*?(?:${ABBREVIATED}[.!?]+["'”’»)\\]]*(?=\\s|$)|[。！？]+[」』”]*|(?=\\n|$))\\n?`,
  "gu",
);
const LONGEST_QUOTE = 300;

/** The sentences of a passage, each a passage of its own. */
export function sentencesOf(passage: Passage): Passage[] {
  const sentences: Passage[] = [];
  for (const { 0: sentence, index } of passage.text.matchAll(SENTENCE)) {
    const text = sentence.trim();
    if (text === "") continue;
    sentences.push({ ...passage, text, offset: passage.offset + index + sentence.indexOf(text) });
  }
  return sentences;
}

/** A stretch of a passage as evidence; a long one is cut, never within a character. */
export function evidenceIn(
  { field, saidBy, text, offset }: Passage,
  from = 0,
  to = text.length,
): InboundEvidence {
  const cut = to - from > LONGEST_QUOTE ? from + LONGEST_QUOTE : to;
  const end = cut < to && /[\ud800-\udbff]/.test(text.charAt(cut - 1)) ? cut - 1 : cut;
  return { field, saidBy, quote: text.slice(from, end), start: offset + from, end: offset + end };
}

/** Whether the quoted words stand in the message where the evidence says. */
export function standsInMessage(
  message: ReceivedMessage,
  { field, quote, start, end }: InboundEvidence,
): boolean {
  const text = message[field] ?? "";
  return quote !== "" && end - start === quote.length && text.startsWith(quote, start);
}
