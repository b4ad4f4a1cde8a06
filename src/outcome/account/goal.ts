import { detectLanguages } from "../languages/detect.js";
import type { CueName, Goal, GoalCue } from "../languages/language.js";
import { allLanguages, makeReady } from "../languages/registry.js";
import { fold } from "../text/fold.js";

/** What counts as achievement for each kind of purpose. */
const ACHIEVEMENTS: Readonly<Record<Goal | "any", ReadonlySet<CueName>>> = {
  book: new Set<CueName>(["booked", "done", "granted"]),
  cancel: new Set<CueName>(["cancelled", "done", "granted"]),
  move: new Set<CueName>(["moved", "booked", "done", "granted"]),
  claim: new Set<CueName>(["granted", "done", "booked", "told"]),
  tell: new Set<CueName>(["told", "done", "booked", "granted", "moved"]),
  ask: new Set<CueName>(["answered", "done", "booked", "granted", "told"]),
  any: new Set<CueName>(["booked", "moved", "granted", "told", "done"]),
};

export interface GoalReading {
  goal: Goal | "any";
  achievements: ReadonlySet<CueName>;
  /** Whether it is about when somebody is open: then "closed" is an answer. */
  aboutHours: boolean;
}

const HOURS =
  /\b(?:open|opens|opening|closed?|closes|hours|walk-?ins?|until when|abre|abren|abiert[oa]s?|cierra|cerrad[oa]|horarios?|geoffnet|offen|offnungszeiten|geschlossen|schliesst|ouvert[es]*|ouvre|ferme[es]*|horaires)\b|营业|開門|开门|开不开|开放|关门|上班|几点|営業|定休|休み|開い|何時まで|何時から/;

const remembered = new Map<string, GoalReading>();

/** What kind of thing the human wants done. */
export function readGoal(purpose: string): GoalReading {
  const known = remembered.get(purpose);
  if (known) return known;
  const goal = goalOf(purpose);
  const reading = {
    goal,
    achievements: ACHIEVEMENTS[goal],
    aboutHours: HOURS.test(fold(purpose.slice(0, 2_000))),
  };
  if (remembered.size >= 500) remembered.clear();
  if (purpose.length < 2_000) remembered.set(purpose, reading);
  return reading;
}

function goalOf(purpose: string): Goal | "any" {
  const folded = fold(purpose.slice(0, 2_000));
  const likely = detectLanguages(folded);
  const others = allLanguages().filter((data) => data.spaced && likely.every((each) => each.data !== data));
  for (const data of [...likely.map((each) => each.data), ...others]) {
    const found = makeReady(data).goals.find(folded);
    const verbs = found.filter((cue) => cue.name !== "thing");
    const chosen = data.verbLast ? verbs[verbs.length - 1] : verbs[0];
    const name: GoalCue | undefined = chosen?.name ?? found[0]?.name;
    if (name) return name === "thing" ? "book" : name;
  }
  return "any";
}
