import type { CueName } from "../languages/language.js";
import type { HeardCue, Statement } from "./statement.js";

/** What is put to the human: in the last question that is no mere offer, else in a plain statement. */
export function whatIsAsked(
  heard: readonly HeardCue[],
  statements: readonly Statement[],
): { asks: "info" | "decision" | undefined; question?: Statement; ground?: HeardCue } {
  const topic = heard.find(({ name }) => name === "needsDecision");
  const missing = heard.find(({ name }) => name === "needsInfo");
  let offered: Statement | undefined;
  const byStatement = new Map<Statement, HeardCue[]>();
  for (const cue of heard) {
    const own = byStatement.get(cue.statement);
    if (own) own.push(cue);
    else byStatement.set(cue.statement, [cue]);
  }
  for (let at = statements.length - 1; at >= 0; at--) {
    const statement = statements[at];
    if (!statement?.question) continue;
    const own = byStatement.get(statement) ?? [];
    const find = (...names: CueName[]) => own.find(({ name }) => names.includes(name));
    const decision = find("askDecision", "needsDecision");
    if (decision) return { asks: "decision", question: statement, ground: decision };
    const info = find("askInfo", "needsInfo");
    const leads = info?.name === "askInfo" && info.start <= statement.start + 4;
    if (find("greeting") || (find("offer") && !leads)) {
      offered ??= statement;
      continue;
    }
    if (topic) return { asks: "decision", question: statement, ground: topic };
    if (info) return { asks: "info", question: statement, ground: info };
    if (missing) return { asks: "info", question: statement, ground: missing };
    offered ??= statement;
  }
  if (topic) return { asks: "decision", question: offered ?? topic.statement, ground: topic };
  if (missing) return { asks: "info", question: missing.statement, ground: missing };
  return offered ? { asks: undefined, question: offered } : { asks: undefined };
}
