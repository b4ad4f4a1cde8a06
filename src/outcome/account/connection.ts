import type { OutcomeKind } from "../../policy/outcome.js";
import type { ConnectionCue, CueName } from "../languages/language.js";
import type { HeardCue } from "./statement.js";

export const CONNECTION_KINDS: Readonly<Record<ConnectionCue, OutcomeKind>> = {
  noAnswer: "no_answer",
  busy: "busy",
  voicemail: "voicemail",
  connectFailed: "connect_failed",
  dropped: "dropped",
  invalidNumber: "invalid_number",
  closed: "closed",
  declined: "declined",
  optedOut: "opted_out",
  noCredits: "insufficient_credits",
  lineInUse: "line_busy",
};

export function isConnection(name: CueName): name is ConnectionCue {
  return name in CONNECTION_KINDS;
}

/** Which of several things said about one attempt tells most: a mailbox that says "closed" is closed. */
const TELLING: readonly (readonly ConnectionCue[])[] = [
  ["noCredits"],
  ["lineInUse"],
  ["optedOut"],
  ["invalidNumber"],
  ["closed"],
  ["connectFailed"],
  ["declined"],
  ["dropped"],
  ["voicemail"],
  ["busy", "noAnswer"],
];

/** The same where somebody was on the line: then a line that goes dead was cut off. */
const TELLING_ONCE_REACHED: readonly (readonly ConnectionCue[])[] = [
  ["optedOut"],
  ["dropped"],
  ["closed"],
  ["invalidNumber"],
  ["connectFailed"],
  ["declined"],
];

/** Ways of not getting through that are over as soon as somebody is reached. */
export const FLEETING: ReadonlySet<CueName> = new Set<CueName>(["noAnswer", "busy", "voicemail"]);

/** How the last attempt ended, unless somebody was reached after it. */
export function finalConnection(
  connections: readonly HeardCue[],
  reached: readonly HeardCue[],
  matter: readonly HeardCue[],
  talked: boolean,
): HeardCue | undefined {
  const lastMatter = Math.max(-1, ...matter.filter(({ past }) => !past).map(({ start }) => start));
  const lastRefusal = Math.max(
    -1,
    ...matter.filter(({ name, past }) => !past && name === "refused").map(({ start }) => start),
  );
  const lastReached = Math.max(-1, ...reached.map(({ start }) => start));
  const counting = connections.filter((cue) => !cue.past || connections.every(({ past }) => past));
  if (counting.length === 0) return undefined;
  const terminal = counting.filter((cue) => !FLEETING.has(cue.name) && cue.start > lastMatter - 400);
  const last = Math.max(...counting.map(({ start }) => start));
  // Words about a tone or a machine before somebody is reached belong to an earlier attempt.
  const ended = talked || lastReached > last || lastRefusal > last;
  const nobody = !talked && reached.length === 0;
  // Nothing can break off that was never begun.
  const latest = counting.filter(
    (cue) =>
      last - cue.start < 260 &&
      !(nobody && cue.name === "dropped" && counting.some(({ name }) => name !== "dropped")),
  );
  const pool = ended ? terminal : latest;
  const order = talked || reached.length > 0 ? TELLING_ONCE_REACHED : TELLING;
  const rank = ({ name }: HeardCue) => {
    const place = order.findIndex((names) => (names as readonly CueName[]).includes(name));
    return place === -1 ? order.length : place;
  };
  return [...pool].sort(
    (a, b) =>
      Number(b.isResult) - Number(a.isResult) ||
      rank(a) - rank(b) ||
      b.statement.start - a.statement.start ||
      a.start - b.start,
  )[0];
}

export function kindOf(cue: HeardCue): OutcomeKind | undefined {
  return isConnection(cue.name) ? CONNECTION_KINDS[cue.name] : undefined;
}
