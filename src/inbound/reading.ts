import { type Classification, classify, sentenceAround } from "./classify.js";
import { type FoundCue, findCues, outside } from "./cues.js";
import { findKeyFacts, type KeyFacts } from "./key-facts.js";
import { type InboundLanguage, MATTERS, type Matter } from "./languages/language.js";
import { evidenceIn, type InboundEvidence, type Passage, passagesOf, sentencesOf } from "./passages.js";
import type { ReceivedMessage } from "./received-message.js";

/** What the caller wants, as far as it is understood. `silent`: nothing was said. */
export interface Intent {
  matter: Matter | "other" | "silent";
  /** The words of the message that say it best. */
  evidence?: InboundEvidence;
}

/** Whether the human has something to do, and why. */
export interface FollowUp {
  needed: boolean;
  reason: "asks_for_call" | "asks_something" | "important" | "spam" | "nothing_to_do" | "no_request";
  evidence?: InboundEvidence;
}

/** What is made of an incoming message. Every claim rests on words that stand in it. */
export interface InboundReading {
  classification: Classification;
  intent: Intent;
  facts: KeyFacts;
  followUp: FollowUp;
  /** Who read it: the rules, or a model whose quotes were checked. */
  readBy: "rules" | "model";
}

export interface ReadingContext {
  /** ISO 3166-1 alpha-2 country that numbers without `+` belong to. */
  country?: string;
  signal?: AbortSignal;
}

/** Reads incoming messages. Never throws on any text. */
export interface InboundReader {
  read(message: ReceivedMessage, context?: ReadingContext): InboundReading | Promise<InboundReading>;
}

const callBack = (language: InboundLanguage) => language.callBack;
const noCallBack = (language: InboundLanguage) => language.noCallBack;
const matterPicks = MATTERS.map(
  (matter) => [matter, (language: InboundLanguage) => language.matters[matter]] as const,
);

/** Reads a message by rules, without a model, in English, Japanese, Chinese, Spanish, German and French. */
export function readInbound(message: ReceivedMessage, { country }: ReadingContext = {}): InboundReading {
  const passages = passagesOf(message);
  const classification = classify(passages);
  const heard = passages.filter(({ saidBy }) => saidBy !== "ai");
  const intent = readIntent(heard);
  return {
    classification,
    intent,
    facts: findKeyFacts(message, passages, country),
    followUp: readFollowUp(heard, classification, intent),
    readBy: "rules",
  };
}

export const rulesInboundReader: InboundReader = { read: readInbound };

function readIntent(heard: readonly Passage[]): Intent {
  if (heard.length === 0) return { matter: "silent" };
  for (const [matter, pick] of matterPicks) {
    const [cue] = findCues(heard, pick);
    if (cue) return { matter, evidence: quoted(cue) };
  }
  const [first] = heard;
  const sentence = first && (sentencesOf(first)[0] ?? first);
  return { matter: "other", ...(sentence && { evidence: evidenceIn(sentence) }) };
}

function readFollowUp(heard: readonly Passage[], classification: Classification, intent: Intent): FollowUp {
  if (classification.class === "spam") return { needed: false, reason: "spam" };
  const released = findCues(heard, noCallBack);
  const [asked] = outside(findCues(heard, callBack), released);
  if (asked && released.length === 0)
    return { needed: true, reason: "asks_for_call", evidence: quoted(asked) };
  const [nothing] = released;
  if (nothing) return { needed: false, reason: "nothing_to_do", evidence: quoted(nothing) };
  const question = heard
    .flatMap(sentencesOf)
    .find(({ text }) => /[?？]["'”’」』)]*$|吗[。]?$|ですか[。]?$|でしょうか[。]?$/u.test(text));
  if (question && intent.matter !== "sales") {
    return { needed: true, reason: "asks_something", evidence: evidenceIn(question) };
  }
  const [ground] = classification.evidence;
  if (classification.class === "important") {
    return { needed: true, reason: "important", ...(ground && { evidence: ground }) };
  }
  return { needed: false, reason: "no_request" };
}

function quoted({ passage, start, end }: FoundCue): InboundEvidence {
  const { from, to } = sentenceAround(passage.text, start, end);
  return evidenceIn(passage, from, to);
}
