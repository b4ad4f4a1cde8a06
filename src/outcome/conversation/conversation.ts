import type { GoalReading } from "../account/goal.js";
import { liveCues, type Statement, statementsOf } from "../account/statement.js";
import type { CueName } from "../languages/language.js";
import type { ReadyLanguage } from "../languages/registry.js";
import type { Stretch } from "../text/stretch.js";
import type { Turn } from "../transcript/speakers.js";

/** What the callee's own words come to. */
export interface Conversation {
  /** A person spoke, not only a machine. */
  talked: boolean;
  /**
   * `agreed`: the last word on the matter is that it is done; `yes`: only a "sure" or "okay"; `answered`: things
   * were told; the others as they say.
   */
  end:
    | "agreed"
    | "yes"
    | "answered"
    | "pending"
    | "changed"
    | "refused"
    | "optedOut"
    | "declined"
    | "closed"
    | "nothing";
  /** The callee's words that this rests on, and the whole turn that they are in. */
  ground?: Stretch;
  groundTurn?: Stretch;
  wants: "info" | "decision" | undefined;
  /** What a machine said, where only a machine spoke. */
  recorded: CueName | undefined;
  recordedGround?: Stretch;
  /** Where the callee says that it is closed. */
  closedGround?: Stretch;
  /** Somewhere in it the callee refused, or left things open. */
  everRefused: boolean;
  everPending: boolean;
  /** The callee's words that were meant for the report. */
  injected: readonly Stretch[];
  lostAtEnd: boolean;
  /** Nobody could be told apart. */
  unclearSpeakers: boolean;
}

type Act = Exclude<Conversation["end"], "nothing">;

const RECORDED: readonly CueName[] = ["invalidNumber", "closed", "voicemail", "busy", "noAnswer"];

/** Reads the turns in order; the last thing that the callee did about the matter counts. */
export function readConversation(
  folded: string,
  turns: readonly Turn[],
  languages: readonly ReadyLanguage[],
  goal: GoalReading,
): Conversation {
  const result: Conversation = {
    talked: turns.some(({ speaker, recorded }) => speaker === "callee" && !recorded),
    end: "nothing",
    wants: undefined,
    recorded: undefined,
    everRefused: false,
    everPending: false,
    injected: [],
    lostAtEnd: false,
    unclearSpeakers: turns.some(({ speaker }) => speaker === undefined),
  };
  let asked = false;
  for (const [index, turn] of turns.entries()) {
    const statements = statementsOf(folded, turn, languages, { isResult: false });
    if (turn.speaker === "ai") {
      asked = true;
      result.lostAtEnd = hears(statements, "lost") && index >= turns.length - 2;
      if (hears(statements, "lacks") && result.wants === undefined && index > 0)
        result.wants = wantedBefore(folded, turns[index - 1], languages);
      continue;
    }
    if (turn.speaker === undefined) continue;
    if (turn.recorded) {
      hearRecording(folded, statements, languages, result);
      continue;
    }
    hearCallee(folded, turn, statements, languages, asked, goal, result);
    result.lostAtEnd = false;
  }
  return result;
}

function hears(statements: readonly Statement[], name: CueName): boolean {
  return statements.some(({ cues }) => cues.some((cue) => cue.name === name));
}

function wantedBefore(
  folded: string,
  turn: Turn | undefined,
  languages: readonly ReadyLanguage[],
): "info" | "decision" | undefined {
  if (turn?.speaker !== "callee") return undefined;
  const statements = statementsOf(folded, turn, languages, { isResult: false });
  if (hears(statements, "wantsDecision")) return "decision";
  return hears(statements, "wantsInfo") || statements.some(({ question }) => question) ? "info" : undefined;
}

function hearRecording(
  folded: string,
  statements: readonly Statement[],
  languages: readonly ReadyLanguage[],
  result: Conversation,
): void {
  for (const statement of statements) {
    for (const cue of liveCues(folded, statement, languages)) {
      if (!RECORDED.includes(cue.name)) continue;
      if (result.recorded && RECORDED.indexOf(result.recorded) <= RECORDED.indexOf(cue.name)) continue;
      result.recorded = cue.name;
      result.recordedGround = statement;
    }
  }
}

function hearCallee(
  folded: string,
  turn: Turn,
  statements: readonly Statement[],
  languages: readonly ReadyLanguage[],
  asked: boolean,
  goal: GoalReading,
  result: Conversation,
): void {
  const injected = hears(statements, "injects");
  if (injected) result.injected = [...result.injected, turn];
  const questions = statements.some(({ question }) => question);
  for (const statement of statements) {
    const cues = liveCues(folded, statement, languages);
    const has = (...names: CueName[]) => cues.some(({ name }) => names.includes(name));
    const act = actOf(folded, statement, has, goal, { injected, asked, questions });
    if (has("closed")) result.closedGround = statement;
    if (act === "refused") result.everRefused = true;
    if (act === "pending") result.everPending = true;
    if (!act || !outweighs(act, result, turn)) continue;
    result.end = act;
    result.ground = statement;
    result.groundTurn = turn;
  }
}

/** A mere "okay" or an answer after something definite changes nothing; what is definite replaces all before it. */
function outweighs(act: Act, { end, ground }: Conversation, turn: Turn): boolean {
  if (end === "optedOut") return false;
  if (act === "yes") return end === "nothing" || end === "answered" || end === "yes";
  if (end === "closed") return act === "agreed" || act === "optedOut" || act === "declined";
  if (act === "changed") return end === "nothing" || end === "answered" || end === "yes" || end === "agreed";
  if (act === "answered") return end === "nothing" || end === "answered" || end === "yes";
  // Within one turn, "we can't, but you are on the list" is open; "you're in the book, sorry for the wait" is not.
  if (end === "declined") return act === "optedOut";
  const sameTurn = ground !== undefined && ground.start >= turn.start;
  if (sameTurn && end === "agreed" && act === "refused") return true;
  return true;
}

function actOf(
  folded: string,
  statement: Statement,
  has: (...names: CueName[]) => boolean,
  goal: GoalReading,
  { injected, asked, questions }: { injected: boolean; asked: boolean; questions: boolean },
): Act | undefined {
  if (has("optedOut")) return "optedOut";
  if (statement.question) return undefined;
  if (has("declined")) return "declined";
  if (has("closed") && !(goal.goal === "ask" && goal.aboutHours) && !has("booked")) return "closed";
  const positive = [...goal.achievements].some((name) => name !== "answered" && name !== "done" && has(name));
  if (has("pending")) return "pending";
  if (positive && !injected && !has("undone") && !has("refused") && !has("unsure")) return "agreed";
  if (has("refused", "undone", "regrets") || startsWithNo(folded, statement)) return "refused";
  if (has("changed")) return "changed";
  if (!asked || injected) return undefined;
  if (has("agrees", "done") && !questions) return "yes";
  const words = folded.slice(statement.start, statement.end);
  const telling = words.length >= (/[\u3040-\uffff]/.test(words) ? 6 : 12);
  return telling && !has("unsure") ? "answered" : undefined;
}

/** "No." or "No, …": the answer to what was asked. */
function startsWithNo(folded: string, { start, end, cues }: Statement): boolean {
  return (
    cues.some(({ name, start: at }) => name === "denies" && !/[^\s"'*-]/.test(folded.slice(start, at))) &&
    end > start
  );
}
