import { foldKeepingLength } from "../policy/disclosure/folding.js";
import type { CallEntry, Telling } from "./call-record.js";

/** What calls are looked for by. All that is given must hold. */
export interface CallQuery {
  /** The other party's number in any notation; its last digits will do, from four on. */
  phone?: string | undefined;
  /** A part of the other party's name, in any case and with or without accents. */
  name?: string | undefined;
  /** Not before, and before; milliseconds since the Unix epoch. */
  from?: number | undefined;
  until?: number | undefined;
  direction?: CallEntry["direction"] | undefined;
  /** Outcomes of outgoing calls, or classes of incoming ones. */
  outcome?: string | readonly string[] | undefined;
  telling?: Telling | undefined;
  taskId?: string | undefined;
  /** How many at most, the latest first. Default: all. */
  limit?: number | undefined;
}

const FEWEST_DIGITS = 4;

/** Whether a call is one that is looked for. */
export function matches(entry: CallEntry, query: CallQuery): boolean {
  const { phone, name, from, until, direction, outcome, telling, taskId } = query;
  return (
    (phone === undefined || isSameNumber(entry.phone ?? "", phone)) &&
    (name === undefined || plain(entry.name ?? "").includes(plain(name))) &&
    (from === undefined || entry.at >= from) &&
    (until === undefined || entry.at < until) &&
    (direction === undefined || entry.direction === direction) &&
    (outcome === undefined || [outcome].flat().includes(outcomeOf(entry))) &&
    (telling === undefined || (entry.direction === "incoming" && entry.telling === telling)) &&
    (taskId === undefined || (entry.direction === "outgoing" && entry.taskId === taskId))
  );
}

/** How the call ended, in one word. */
export function outcomeOf(entry: CallEntry): string {
  return entry.direction === "outgoing" ? entry.outcome : entry.classification;
}

/** Whether two notations are of one number: with and without country code, trunk zero or punctuation. */
export function isSameNumber(one: string, other: string): boolean {
  const [a, b] = [national(one), national(other)];
  const shorter = Math.min(a.length, b.length);
  if (shorter < FEWEST_DIGITS) return a === b && a !== "";
  return a.slice(-shorter) === b.slice(-shorter);
}

function national(text: string): string {
  const folded = foldKeepingLength(text).replace(/\(0\)/g, "");
  return folded.replace(/\D/g, "").replace(/^0+/, "");
}

function plain(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/gu, " ").trim();
}
