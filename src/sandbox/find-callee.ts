import type { ScriptedPerson } from "./person.js";
import { isSameNumber, numbersIn } from "./phone-digits.js";

/** Whom a message is about. */
export type Callee =
  /** Named, or given by number. */
  | { kind: "named"; person: ScriptedPerson }
  /** Found in the directory, since nobody was named. */
  | { kind: "looked_up"; person: ScriptedPerson }
  /** A number that belongs to nobody. */
  | { kind: "stray_number"; phone: string }
  | { kind: "nobody" };

/** Finds in a free text whom to call. What stands after `Do not call:` is never called. */
export function findCallee(
  message: string,
  everybody: readonly ScriptedPerson[],
  directory: readonly ScriptedPerson[],
): Callee {
  const { wanted, avoided, callLine } = partsOf(message);
  const whom = callLine ?? wanted;
  const allowed = everybody.filter((person) => !isMentioned(person, avoided));
  const named = byNumber(whom, allowed) ?? byName(whom, allowed);
  if (named) return { kind: "named", person: named };
  const stray = strayNumber(wanted, callLine);
  if (stray) return { kind: "stray_number", phone: stray };
  const listed = directory.filter((person) => !isMentioned(person, avoided));
  const found = listed.find((person) => hasTagIn(person, wanted)) ?? listed[0];
  return found ? { kind: "looked_up", person: found } : { kind: "nobody" };
}

function partsOf(message: string): { wanted: string; avoided: string; callLine: string | undefined } {
  const lines = message.split(/\r?\n/);
  const isAvoidance = (line: string) => /^\s*do not call\s*:/i.test(line);
  const wanted = lines.filter((line) => !isAvoidance(line));
  const callLine = wanted.find((line) => /^\s*call\s*:/i.test(line))?.replace(/^\s*call\s*:/i, "");
  return { wanted: wanted.join("\n"), avoided: lines.filter(isAvoidance).join("\n"), callLine };
}

function byNumber(text: string, people: readonly ScriptedPerson[]): ScriptedPerson | undefined {
  for (const number of numbersIn(text)) {
    const person = people.find(({ phone }) => isSameNumber(phone, number));
    if (person) return person;
  }
  return undefined;
}

/** The longest name that occurs, so that "Sushi Ko" does not answer for "Sushi Ko Annex". */
function byName(text: string, people: readonly ScriptedPerson[]): ScriptedPerson | undefined {
  return people
    .filter((person) => occurs(person.name, text))
    .reduce<ScriptedPerson | undefined>(
      (best, person) => (best && best.name.length >= person.name.length ? best : person),
      undefined,
    );
}

function isMentioned(person: ScriptedPerson, text: string): boolean {
  return occurs(person.name, text) || numbersIn(text).some((number) => isSameNumber(person.phone, number));
}

function hasTagIn(person: ScriptedPerson, text: string): boolean {
  return person.tags?.some((tag) => occurs(tag, text)) ?? false;
}

function occurs(phrase: string, text: string): boolean {
  const pattern = phrase
    .trim()
    .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
    .replace(/\s+/g, "\\s+");
  return new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, "iu").test(text);
}

/** A number to call that is nobody's. Elsewhere in a text, a number may be the human's own. */
function strayNumber(wanted: string, callLine: string | undefined): string | undefined {
  if (callLine !== undefined) return numbersIn(callLine)[0]?.trim();
  return /\b(?:call|dial|phone|ring)\b[^.\n]{0,40}?(\+\d[\d ().-]{5,}\d)/i.exec(wanted)?.[1];
}
