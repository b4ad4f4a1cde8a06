import type { Answer } from "../policy/answer.js";
import type { Choice, Question } from "../policy/question.js";
import type { PhoneTask } from "../policy/task.js";
import { oneLine } from "../reports/foreign-text.js";
import type { Output } from "./output.js";
import type { Prompter } from "./prompter.js";

const LABELS: Readonly<Record<Choice, string>> = {
  approve: "Yes, go ahead",
  accept: "Take the result as it is",
  listen: "Go on listening for a result",
  redial: "Dial again",
  switch_target: "Try somebody else",
  topped_up: "The account is topped up",
  stop: "End the task here",
};

/** Shows a question as it stands. What others said is quoted on one line, so that it cannot pass for the command's words. */
export function showQuestion(output: Output, question: Question): void {
  output.say();
  output.say(`❓ ${oneLine(question.text)}`);
  output.say(`   ${oneLine(question.why)}`);
  if (question.quoted !== undefined && question.quoted !== question.text) {
    output.say(`   “${oneLine(question.quoted).replace(/[“”]/g, '"')}”`);
  }
  if (question.problem !== undefined) output.say(`   ⚠️ ${oneLine(question.problem)}`);
}

/** Puts a question of a task to the person at the terminal. Undefined leaves it open. @throws Interrupted */
export async function askInPlace(
  question: Question,
  task: PhoneTask,
  { output, prompter, live }: { output: Output; prompter: Prompter; live: boolean },
): Promise<Answer | undefined> {
  if (question.kind === "decision" && question.matter === "first_dial" && live) {
    return confirmFirstDial(question, task, { output, prompter });
  }
  showQuestion(output, question);
  if (question.kind === "information") return inform(question, prompter);
  const choice = await prompter.choose<Choice | "later">("What should happen?", [
    ...question.options.map((value) => ({ value, label: LABELS[value] })),
    { value: "later" as const, label: "Decide later" },
  ]);
  if (choice === "later") return undefined;
  if (choice !== "approve" || question.kind !== "decision" || !question.note) return { choice };
  const note = await prompter.text("On what terms? (Enter alone: as asked)");
  return note === "" ? { choice } : { choice, note };
}

async function inform(
  question: Extract<Question, { kind: "information" }>,
  prompter: Prompter,
): Promise<Answer | undefined> {
  if (question.details.length === 0) {
    const answer = await prompter.text("Your answer (Enter alone: later)");
    return answer === "" ? undefined : { answer };
  }
  const details: Record<string, string> = {};
  for (const name of question.details) {
    const value = await prompter.text(`${name} (Enter alone: later)`);
    if (value === "") return undefined;
    details[name] = value;
  }
  return { details };
}

/** A live phone rings only after the number was typed: its last four digits, or “call” where Polly looks it up. */
async function confirmFirstDial(
  question: Extract<Question, { kind: "decision" }>,
  task: PhoneTask,
  { output, prompter }: { output: Output; prompter: Prompter },
): Promise<Answer> {
  showBriefing(output, question, task);
  const phone = task.targets[0]?.phone;
  const wanted = phone === undefined ? "call" : phone.slice(-4);
  const asked =
    phone === undefined
      ? "Type “call” to have the call made, or Enter alone to stop"
      : `Type the last four digits of ${phone} to have it called, or Enter alone to stop`;
  const typed = await prompter.text(asked, (answer) =>
    answer === "" || answer.toLowerCase() === wanted
      ? undefined
      : `That is not ${wanted}. Nothing was dialed.`,
  );
  return { choice: typed === "" ? "stop" : "approve" };
}

/** The numbers that may ring and the words that Polly is sent. */
export function showBriefing(output: Output, question: Question, task: PhoneTask): void {
  output.say();
  output.say(`📞 ${oneLine(question.text)}`);
  for (const { name, phone } of task.targets) output.say(`   ${[phone, name].filter(Boolean).join("  ")}`);
  if (question.kind !== "decision" || question.briefing === undefined) return;
  output.say();
  output.say("   Polly is told:");
  for (const line of question.briefing.split("\n")) output.say(`   > ${oneLine(line)}`);
  output.say();
}
