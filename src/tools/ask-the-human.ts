import { interrupt } from "@langchain/langgraph";
import type { PhoneTaskRun } from "../graphs/outbound/run-phone-task.js";
import type { Answer } from "../policy/answer.js";
import { toHitlRequest } from "../policy/hitl.js";

/**
 * Interrupts the calling agent with each question of a task, and hands it the answers.
 *
 * LangGraph runs a tool's body again from its start on every resume, and `interrupt` gives the answers of this run of
 * the agent in the order they came. The task remembers those it was given already, so they are passed over.
 */
export async function askTheHuman(
  run: PhoneTaskRun,
  resume: (answer: Answer) => Promise<PhoneTaskRun>,
): Promise<PhoneTaskRun> {
  let current = run;
  for (let passed = 0; passed < current.answersTaken; passed++) interrupt(undefined);
  while (current.status === "asking") {
    const answer: Answer = interrupt({ ...current.question, ...toHitlRequest(current.question) });
    current = await resume(answer);
  }
  return current;
}
