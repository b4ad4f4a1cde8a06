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
  readonly data: Language;
  readonly cues: CueIndex<CueName>;
  /** Only what betrays a speaker: an introduction, an announcement. */
  readonly voices: CueIndex<CueName>;
  readonly goals: CueIndex<GoalCue>;
  /** Finds a word of denial. */
  readonly negated: RegExp;
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

/** Each index is built when first needed: a process that never sees a language never pays for it. */
class LazyLanguage implements ReadyLanguage {
  readonly negated: RegExp;
  #cues: CueIndex<CueName> | undefined;
  #voices: CueIndex<CueName> | undefined;
  #goals: CueIndex<GoalCue> | undefined;

  constructor(readonly data: Language) {
    this.negated = new RegExp(data.negation.words);
  }

  get cues(): CueIndex<CueName> {
    const { cues, lists, spaced } = this.data;
    this.#cues ??= new CueIndex<CueName>(cues, lists, spaced, FAINT);
    return this.#cues;
  }

  get voices(): CueIndex<CueName> {
    const { lists, spaced } = this.data;
    this.#voices ??= new CueIndex<CueName>(voiceCues(this.data), lists, spaced);
    return this.#voices;
  }

  get goals(): CueIndex<GoalCue> {
    const { goals, lists, spaced } = this.data;
    this.#goals ??= new CueIndex<GoalCue>(goals, lists, spaced);
    return this.#goals;
  }
}

export function makeReady(data: Language): ReadyLanguage {
  const known = ready.get(data);
  if (known) return known;
  const made = new LazyLanguage(data);
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
