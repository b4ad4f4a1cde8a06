import type { OutcomeKind } from "../../policy/outcome.js";
import type { CueName } from "../languages/language.js";
import { whatIsAsked } from "./asked.js";
import { FLEETING, finalConnection, isConnection, kindOf } from "./connection.js";
import type { GoalReading } from "./goal.js";
import type { HeardCue, Statement } from "./statement.js";

/** What the service itself says of the call, taken together. */
export interface Account {
  /** Undefined where the service says nothing that settles it. */
  kind: OutcomeKind | undefined;
  /** The cues that the kind rests on, the most telling first. */
  grounds: readonly HeardCue[];
  /** Why nothing could be made of it, where the service contradicts itself. */
  conflict?: string;
  /** Something in it speaks of success; of failure. */
  positive: readonly HeardCue[];
  negative: readonly HeardCue[];
  pending: readonly HeardCue[];
  connections: readonly HeardCue[];
  asks: "info" | "decision" | undefined;
  question?: Statement;
}

/** Achievements that are plain deeds; the others are words that occur in many a sentence. */
const FIRM: ReadonlySet<CueName> = new Set<CueName>(["booked", "cancelled", "moved", "granted"]);

/** No report of a call says as much; and what follows may take every pair of cues. */
const MOST_CUES = 3_000;

/** What is known beside the service's words. */
export interface Setting {
  /** A transcript shows a person on the line. */
  talked: boolean;
  /** The message names the callee. */
  names: boolean;
  /** The task has a callee at all. */
  hasTarget: boolean;
  folded: string;
}

/** Weighs what the service says. */
export function weighAccount(
  heard: readonly HeardCue[],
  statements: readonly Statement[],
  goal: GoalReading,
  { talked, names, hasTarget, folded }: Setting,
): Account {
  const of = (...names: CueName[]) => heard.filter(({ name }) => names.includes(name));
  if (heard.length > MOST_CUES) {
    return {
      kind: undefined,
      grounds: [],
      conflict: "It says too much to be one report.",
      positive: [],
      negative: [],
      pending: [],
      connections: [],
      asks: undefined,
    };
  }
  const positive = heard.filter((cue) => goal.achievements.has(cue.name) && !cue.past);
  // Whether somebody is closed, or does not offer something, may be just what was asked.
  const answer = goal.goal === "ask" && (talked || positive.length > 0);
  const refused = answer ? [] : of("refused");
  const undone = of(...(answer ? (["unlearned"] as const) : (["undone", "unlearned"] as const)));
  const pending = answer ? of("pending") : of("pending", "changed");
  const reached = of("reached");
  const connections = heard.filter(({ name }) => isConnection(name) && !(answer && name === "closed"));
  const asked = whatIsAsked(heard, statements);
  const base = { positive, negative: [...refused, ...undone], pending, connections, ...asked };
  const says = (kind: OutcomeKind | undefined, ...grounds: readonly HeardCue[]): Account => ({
    kind,
    grounds,
    ...base,
  });
  const conflict = (why: string): Account => ({ kind: undefined, grounds: [], conflict: why, ...base });

  // The assistant speaks of itself and of calls in general.
  const [capability] = of("capability");
  const nothingElse =
    connections.length === 0 &&
    refused.length === 0 &&
    of("notCalled").length === 0 &&
    positive.every(({ name, isResult }) => !isResult && !FIRM.has(name));
  if (
    capability &&
    !talked &&
    !names &&
    of("reached").length === 0 &&
    (nothingElse || (of("capability").length > 1 && firstIs(heard, statements)))
  ) {
    return says("chat", capability);
  }
  const closed = of("closed").filter(({ past }) => !past);
  if (goal.goal === "ask" && !goal.aboutHours && !talked && positive.length > 0 && closed.length > 0) {
    const [verdict] = closed.filter(({ isResult }) => isResult);
    return verdict ? says("closed", verdict) : conflict("It may be closed, or that may be the answer.");
  }
  const [kind] = of("greeting", "starting", "capability");
  const chatting = goal.goal === "any" || goal.goal === "ask" || asked.asks === undefined;
  if (kind && chatting && !hasTarget && !talked && nothingElse && of("reached").length === 0)
    return says("chat", kind);
  const garbled = of("garbled");
  if (garbled.length > 0 && !talked && positive.length + refused.length + connections.length < 3) {
    return conflict("The message is broken or says itself that the result is unclear.");
  }
  const told = goal.goal === "ask" ? "answered" : goal.goal === "tell" ? "told" : undefined;
  const firm = positive.filter(({ name, isResult }) => isResult || FIRM.has(name) || name === told);
  const uncalled = of("notCalled").length > 0;
  const final = finalConnection(connections, reached, uncalled ? [] : [...firm, ...refused], talked);
  const happened = talked || reached.length > 0 || refused.length > 0;

  const [credits] = of("noCredits");
  if (credits && !talked && firm.length === 0) return says("insufficient_credits", credits);
  const [line] = of("lineInUse");
  if (line && !talked && firm.length === 0) return says("line_busy", line);
  const [optOut] = of("optedOut");
  if (optOut && firm.length === 0) return says("opted_out", optOut);

  const [start] = of("starting");
  if (
    start &&
    !talked &&
    !final &&
    reached.length + firm.length + refused.length === 0 &&
    !asked.question?.question
  )
    return says("chat", start);
  if (final) {
    // What was told before the callee hung up is no answer.
    const settling = FLEETING.has(final.name)
      ? positive
      : firm.filter(({ name, isResult }) => isResult || FIRM.has(name));
    const later = (cues: readonly HeardCue[]) => cues.filter((cue) => cue.start > final.start);
    // A call that was cut off is settled only by a later one that reached somebody.
    const overtaken =
      later(settling).length > 0 && (final.name === "dropped" ? later(reached).length > 0 : happened);
    if (settling.length === 0 || uncalled || (final.name === "dropped" && talked && !overtaken)) {
      return says(kindOf(final), final);
    } else if (!overtaken) return conflict("It speaks both of a call that was not answered and of success.");
  }
  // Something was fixed, but not what was asked: the question is only whether it may stay.
  if (
    asked.asks === "decision" &&
    asked.ground?.name === "askDecision" &&
    firm.some(({ name }) => name === "booked" || name === "moved") &&
    pending.length + refused.length > 0
  ) {
    return says("partly_achieved", ...firm, ...pending);
  }
  // A plain statement asks something only if nothing else came of the call.
  const plain = asked.question !== undefined && !asked.question.question;
  const settledAlready = positive.length > 0 && plain;
  if (asked.asks && asked.question && !settledAlready && !(plain && refused.length > 0)) {
    const kind = asked.asks === "info" ? "needs_information" : "needs_authorization";
    const ground = asked.ground;
    return says(kind, ...(ground ? [ground] : []));
  }
  const verdict = (cues: readonly HeardCue[]) => cues.filter(({ isResult }) => isResult);
  const settled = verdict(positive).length > 0 && verdict([...refused, ...undone, ...pending]).length === 0;
  if (positive.length > 0 && uncalled && reached.length === 0)
    return conflict("It speaks of success, but also of no call.");
  // "Completed" alone may be said of the call.
  const loose =
    positive.every(
      ({ name, isResult, start, end, statement }) =>
        name === "done" && !isResult && !standsAlone(folded, start, end, statement),
    ) &&
    reached.length === 0 &&
    !talked;
  if (loose && positive.length > 0 && refused.length + undone.length + pending.length === 0)
    return says(undefined);
  if (positive.length > 0) {
    if (refused.length + undone.length + pending.length === 0)
      return says("achieved", ...verdict(positive), ...positive);
    if (pending.length > 0 && !settled) return says("partly_achieved", ...pending, ...positive);
    if (settled && undone.length === 0 && refused.length === 0)
      return says("partly_achieved", ...pending, ...positive);
    return conflict("It speaks both of success and of failure.");
  }
  if (
    pending.length > 0 &&
    of("pending").length > 0 &&
    (refused.length === 0 || verdict(of("pending")).length > 0)
  ) {
    return says("partly_achieved", ...pending);
  }
  if (refused.length > 0) return says("not_achieved", ...verdict(refused), ...refused, ...undone);
  if (undone.length > 0 && happened) return says("not_achieved", ...verdict(undone), ...undone);
  if (undone.length > 0) return conflict("It says that nothing came of it, but not why.");
  return says(undefined);
}

/** "Done." or "Done: …": the word is the whole verdict. */
function standsAlone(folded: string, start: number, end: number, statement: Statement): boolean {
  return start <= statement.start + 3 && !/^ *[\p{L}\d]/u.test(folded.slice(end, end + 4));
}

function firstIs(heard: readonly HeardCue[], statements: readonly Statement[]): boolean {
  return heard.some(({ name, statement }) => name === "capability" && statements.indexOf(statement) <= 2);
}
