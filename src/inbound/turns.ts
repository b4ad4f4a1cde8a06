import type { CallerTurn } from "./received-message.js";

/** A turn with its place in the transcript as it came. */
export interface PlacedTurn extends CallerTurn {
  start: number;
  end: number;
}

const AI =
  "ai|ai assistant|ai agent|polly|pollyreach|assistant|agent|bot|ki|ki-assistent|ia|asistente|assistente?|アシスタント|助手|智能助手|機器人|机器人";
const CALLER =
  "caller|user|customer|human|client|visitor|anrufer|anruferin|kunde|llamante|cliente|appelant|appelante|発信者|お客様|相手|来电者|來電者|客户|对方";
const STAMP = "(?:\\[?\\(?\\d{1,2}:\\d\\d(?::\\d\\d)?\\)?\\]?\\s*)?";
const LABEL = new RegExp(
  `(?:^|\\n|(?<=[.!?。！？…"”]\\s{0,3}))[ \\t]*[*_-]{0,3}${STAMP}[*_]{0,2}(?:(?<ai>${AI})|(?<caller>${CALLER}))[*_]{0,2}\\s?[:：][*_]{0,2}[ \\t]*`,
  "giu",
);

/**
 * The turns of a transcript, one per label ("AI:", "Caller:" and the like, also in the middle of a line). Without any
 * label, the whole of it is the caller's: it is their message.
 */
export function readTurns(transcript: string): PlacedTurn[] {
  const labels = [...transcript.matchAll(LABEL)];
  const first = labels[0];
  if (first === undefined) return turn(transcript, "caller", 0, transcript.length);
  const turns = turn(transcript, "caller", 0, first.index);
  for (const [index, label] of labels.entries()) {
    const speaker = label.groups?.ai === undefined ? "caller" : "ai";
    const end = labels[index + 1]?.index ?? transcript.length;
    turns.push(...turn(transcript, speaker, label.index + label[0].length, end));
  }
  return turns;
}

function turn(all: string, speaker: CallerTurn["speaker"], from: number, to: number): PlacedTurn[] {
  const slice = all.slice(from, to);
  const text = slice.trim();
  if (text === "") return [];
  const start = from + slice.indexOf(text);
  return [{ speaker, text, start, end: start + text.length }];
}
