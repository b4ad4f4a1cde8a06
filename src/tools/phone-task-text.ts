import type { PhoneTaskRun } from "../graphs/outbound/run-phone-task.js";
import type { Question } from "../policy/question.js";
import { renderPlain } from "../reports/render-plain.js";
import { fenced } from "./words-of-strangers.js";

/** How far a phone task has come, in words that a model can act on. */
export function tellRun(run: PhoneTaskRun, taskId: string): string {
  switch (run.status) {
    case "finished":
      return [
        "The phone task has ended. Give the human this report in full; claim nothing beyond it.",
        fenced("Polly's report, with the words of those who were called", renderPlain(run.report)),
      ].join("\n");
    case "waiting":
      return [
        `NOT FINISHED: ${run.why} The task goes on at ${new Date(run.until).toISOString()}.`,
        `Tell the human. Do not start it again; from then on, call this tool with task_id "${taskId}" to go on.`,
      ].join("\n");
    case "asking":
      return tellQuestion(run.question, taskId);
  }
}

function tellQuestion(question: Question, taskId: string): string {
  const asked = [
    "NOT FINISHED: the task has a question for the human, and nothing is dialed until it is answered.",
    fenced(
      "the question",
      [question.text, question.why, ...(question.problem ? [question.problem] : [])].join("\n"),
    ),
  ];
  const next =
    question.kind === "information"
      ? `Ask the human, then call this tool with task_id "${taskId}" and their answer, in their words. Do not make one up.`
      : `This is for the human alone to decide (${question.options.join(", ")}); you cannot decide it, and this tool takes no answer to it from you. Tell the human that task ${taskId} waits for their decision.`;
  return [...asked, next].join("\n");
}
