import { interrupt } from "@langchain/langgraph";
import { z } from "zod";
import { InvalidAnswerError, readAnswer } from "../../../policy/answer.js";
import type { Fact } from "../../../policy/history.js";
import { toHitlRequest } from "../../../policy/hitl.js";
import type { Question } from "../../../policy/question.js";
import type { OutboundParts } from "../deps.js";
import type { OutboundInterrupt } from "../interrupts.js";
import type { OutboundStateValue } from "../state.js";

/** Puts the step's question to the human and takes the answer. One interrupt, no effect. */
export const consult =
  ({ clock }: OutboundParts) =>
  ({ step }: OutboundStateValue) => {
    if (!("question" in step)) throw new Error(`A step to ${step.do} asks nothing.`);
    const answer: unknown = interrupt<OutboundInterrupt>({
      ...step.question,
      ...toHitlRequest(step.question),
    });
    return { history: [take(step.question, answer, clock.now())] };
  };

/** How a runner says that it has turned an answer down, which may hold what no checkpoint should. */
const rejectedAnswer = z.object({ rejected: z.string() });

/** An answer that cannot be taken is a fact too: the question is put again, and the thread stays usable. */
function take(question: Question, answer: unknown, at: number): Fact {
  const rejected = rejectedAnswer.safeParse(answer);
  try {
    if (rejected.success) throw new InvalidAnswerError(question.id, rejected.data.rejected);
    return readAnswer(question, answer, at);
  } catch (error) {
    if (!(error instanceof InvalidAnswerError)) throw error;
    return { fact: "answer_rejected", at, questionId: question.id, problem: error.problem };
  }
}

/** Waits until an instant; whoever runs the graph resumes it then. Resumed early, it waits again. */
export const wait =
  () =>
  ({ step }: OutboundStateValue) => {
    if (step.do !== "wait") throw new Error(`A step to ${step.do} does not wait.`);
    const { until, reason, why } = step;
    interrupt<OutboundInterrupt>({ kind: "wait", until, reason, why });
    return {};
  };
