import { interrupt } from "@langchain/langgraph";
import type { OnboardingParts } from "../deps.js";
import type { OnboardingInterrupt } from "../interrupts.js";
import { InvalidSetUpAnswerError, readSetUpChoice } from "../set-up-question.js";
import type { OnboardingStateUpdate, OnboardingStateValue } from "../state.js";
import { signInMessage } from "../wording.js";

/** Puts the step's question to the human. One interrupt, no effect; an answer that does not fit asks again. */
export const ask =
  ({ clock }: OnboardingParts) =>
  ({ step }: OnboardingStateValue): OnboardingStateUpdate => {
    if (step.do !== "ask") throw new Error(`A step to ${step.do} asks nothing.`);
    const { question } = step;
    const answer: unknown = interrupt<OnboardingInterrupt>(question);
    try {
      const choice = readSetUpChoice(question, answer);
      return { facts: [{ fact: "chosen", at: clock.now(), questionId: question.id, choice }] };
    } catch (error) {
      if (error instanceof InvalidSetUpAnswerError) return {};
      throw error;
    }
  };

/** Hands the link over and waits for the human, or for the time of the next check. */
export const signIn =
  ({ clock }: OnboardingParts) =>
  ({ step }: OnboardingStateValue): OnboardingStateUpdate => {
    if (step.do !== "signIn") throw new Error(`A step to ${step.do} asks nobody to sign in.`);
    const { activationUrl, until, checks } = step;
    interrupt<OnboardingInterrupt>({
      kind: "sign_in",
      ...(activationUrl !== undefined && { activationUrl }),
      message: signInMessage(activationUrl, checks),
      until,
      checks,
    });
    return { facts: [{ fact: "waited", at: clock.now() }] };
  };

/** Waits until an instant; whoever runs the graph resumes it then. */
export const wait =
  ({ clock }: OnboardingParts) =>
  ({ step }: OnboardingStateValue): OnboardingStateUpdate => {
    if (step.do !== "wait") throw new Error(`A step to ${step.do} does not wait.`);
    const { until, reason, why } = step;
    interrupt<OnboardingInterrupt>({ kind: "wait", until, reason, why });
    return { facts: [{ fact: "waited", at: clock.now() }] };
  };
