import { CueIndex } from "../cues/cue-index.js";
import { german } from "./de.js";
import { english } from "./en.js";
import { spanish } from "./es.js";
import { french } from "./fr.js";
import { japanese } from "./ja.js";
import type { CueName, GoalCue, Language } from "./language.js";
import { chinese } from "./zh.js";

/** A language made ready: its data with the indexes built from it. */
export interface ReadyLanguage {
  data: Language;
  cues: CueIndex<CueName>;
  /** Only what betrays a speaker: an introduction, an announcement. */
  voices: CueIndex<CueName>;
  goals: CueIndex<GoalCue>;
  /** Finds a word of denial. */
  negated: RegExp;
}

const LANGUAGES: readonly Language[] = [english, japanese, chinese, spanish, german, french];

/** Words that go with others without taking anything from them. */
const FAINT: ReadonlySet<CueName> = new Set<CueName>([
  "askInfo",
  "agrees",
  "unsure",
  "hypothetical",
  "history",
  "starting",
  "greeting",
  "denies",
  "wantsInfo",
  "wantsDecision",
  "introduces",
  "lacks",
  "lost",
  "injects",
  "capability",
  "reached",
  "recording",
  "needsInfo",
  "askDecision",
  "booked",
  "cancelled",
  "moved",
  "granted",
  "told",
  "answered",
  "done",
  "changed",
]);

const ready = new Map<Language, ReadyLanguage>();

/** Built when first needed: a process that never sees a language never pays for it. */
export function makeReady(data: Language): ReadyLanguage {
  const known = ready.get(data);
  if (known) return known;
  const made = {
    data,
    cues: new CueIndex<CueName>(data.cues, data.lists, data.spaced, FAINT),
    voices: new CueIndex<CueName>(voiceCues(data), data.lists, data.spaced),
    goals: new CueIndex<GoalCue>(data.goals, data.lists, data.spaced),
    negated: new RegExp(data.negation.words),
  };
  ready.set(data, made);
  return made;
}

/** Every language that the rules reader knows. */
export function allLanguages(): readonly Language[] {
  return LANGUAGES;
}

function voiceCues({ cues: { introduces = [], recording = [], voicemail = [] } }: Language) {
  return { introduces, recording, voicemail };
}
