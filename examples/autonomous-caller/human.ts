import { createInterface } from "node:readline/promises";
import type { Answer, Question } from "langchain-pollyreach";
import { scriptedAnswer } from "./scenario.js";
import type { Screen } from "./screen.js";

/** Whoever answers the questions of a task. */
export type Human = (question: Question) => Promise<Answer>;

/** A human played by a script: answers what is asked for, and takes no risk where there is something to decide. */
export function scriptedHuman(screen: Screen): Human {
  return async (question) => {
    screen.question(question);
    if (question.kind === "information") {
      const answer = scriptedAnswer(question.text);
      screen.answer(answer);
      return question.details.length > 0
        ? { details: Object.fromEntries(question.details.map((name) => [name, answer])) }
        : { answer };
    }
    screen.answer("stop");
    return { choice: "stop" };
  };
}

/** The human at the terminal. */
export function humanAtTheTerminal(screen: Screen): Human {
  return async (question) => {
    screen.question(question);
    if (question.problem !== undefined) screen.say(`   ${question.problem}`);
    if (question.kind !== "information") {
      const [choice = "", ...note] = (await ask("Your choice (a few words may follow): ")).split(" ");
      const terms = note.join(" ");
      const known = question.options.find((option) => option === choice);
      return known
        ? {
            choice: known,
            ...(terms !== "" && question.kind === "decision" && question.note && { note: terms }),
          }
        : choice;
    }
    if (question.details.length === 0) return { answer: await ask("Your answer: ") };
    const details: Record<string, string> = {};
    for (const name of question.details) details[name] = await ask(`${name}: `);
    return { details };
  };
}

/** Asks for one line. @throws Error at the end of input: nobody is there to answer. */
export async function ask(prompt: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new AbortController();
  terminal.once("close", () => closed.abort(new Error("The input ended before the question was answered.")));
  try {
    return await terminal.question(prompt, { signal: closed.signal });
  } finally {
    terminal.close();
  }
}
