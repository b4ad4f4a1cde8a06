import type { ReadyLanguage } from "../languages/registry.js";
import { holdsWord, type LabelWords } from "../layout/label-words.js";
import { fold } from "../text/fold.js";
import type { Stretch } from "../text/stretch.js";
import type { SpokenLine } from "./spoken-line.js";

/** A turn with its place in the message. */
export interface Turn extends Stretch {
  /** Undefined where it could not be told who speaks. */
  speaker: "ai" | "callee" | undefined;
  text: string;
  /** A machine's announcement rather than a person's words. */
  recorded: boolean;
}

interface Voice {
  strength: number;
  introduces: number;
  recording: number;
  calleeWord: boolean;
}

/** Words that are the AI's whoever else speaks; the others of the language are so only if no such one is there. */
const SURELY_AI = /\b(?:ai|polly|pollyreach|ki|ia|bot|me|us)\b|ポリー|自動音声|人工知能|機器人|机器人|智能/;
const SURELY_MACHINE =
  /\b(?:recording|voicemail|ivr|announcement|greeting|tape|mailbox|automat\w*|messagerie|serveur vocal|repondeur|anrufbeantworter|ansage|bandansage|contestador|buzon|grabacion|locucion)\b|留守番|アナウンス|音声ガイダンス|录音|語音信箱|语音信箱|提示音|语音提示/;

/** Tells for each label whose it is: by the label's words, else by who introduces itself as an AI. */
export function assignSpeakers(
  lines: readonly SpokenLine[],
  raw: string,
  words: LabelWords,
  languages: readonly ReadyLanguage[],
): Turn[] {
  const voices = new Map<string, Voice>();
  for (const line of lines) {
    const label = fold(line.label);
    const voice = voices.get(label) ?? firstImpression(label, words);
    voices.set(label, voice);
    const opening = fold(raw.slice(line.text.start, Math.min(line.text.end, line.text.start + 500)));
    for (const { voices: index } of languages) {
      for (const { name } of index.find(opening)) {
        if (name === "introduces") voice.introduces++;
        if (name === "recording" || name === "voicemail") voice.recording++;
      }
    }
  }
  const ai = chooseAi(voices);
  return lines.map((line) => {
    const label = fold(line.label);
    const voice = voices.get(label);
    return {
      ...line.text,
      speaker:
        ai.size === 0 && voices.size > 1 && !voice?.calleeWord ? undefined : ai.has(label) ? "ai" : "callee",
      text: line.spoken ?? raw.slice(line.text.start, line.text.end),
      recorded: !ai.has(label) && (SURELY_MACHINE.test(label) || (voice?.recording ?? 0) > 0),
    };
  });
}

function firstImpression(label: string, words: LabelWords): Voice {
  const calleeWord = holdsWord(label, words.callee);
  const strength = SURELY_AI.test(label) ? 3 : !holdsWord(label, words.ai) ? 0 : calleeWord ? 1 : 2;
  return { strength, introduces: 0, recording: 0, calleeWord };
}

function chooseAi(voices: ReadonlyMap<string, Voice>): Set<string> {
  const all = [...voices];
  const best = Math.max(...all.map(([, { strength }]) => strength));
  const named = all.filter(([, { strength }]) => strength === best && best > 0);
  // All labels look alike ("Agent" and "Caller"): then it is the one that says so.
  if (named.length > 0 && (named.length < all.length || all.length === 1)) {
    const [only] = named;
    if (all.length === 1 && only && only[1].recording > only[1].introduces && best < 3) return new Set();
    return new Set(named.map(([label]) => label));
  }
  const introduced = all
    .filter(([, { introduces }]) => introduces > 0)
    .sort((a, b) => b[1].introduces - a[1].introduces);
  const [first, second] = introduced;
  if (first && (!second || first[1].introduces > second[1].introduces)) return new Set([first[0]]);
  if (all.length === 2 && all.filter(([, { calleeWord }]) => calleeWord).length === 1) {
    return new Set(all.filter(([, { calleeWord }]) => !calleeWord).map(([label]) => label));
  }
  return new Set();
}
