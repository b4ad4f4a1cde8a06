import { Annotation } from "@langchain/langgraph";
import type { SetUpFact, SetUpStep } from "./decide-set-up.js";
import type { Welcome } from "./wording.js";

/** The onboarding graph's state. It holds the activation link and the number, and never the token. */
export const OnboardingState = Annotation.Root({
  /** What the assistant is called, if it has to be registered. */
  agentName: Annotation<string>,
  facts: Annotation<SetUpFact[]>({ reducer: (all, more) => all.concat(more), default: () => [] }),
  /** What `plan` decided last. */
  step: Annotation<SetUpStep>,
  welcome: Annotation<Welcome | undefined>,
});

export type OnboardingStateValue = typeof OnboardingState.State;
export type OnboardingStateUpdate = typeof OnboardingState.Update;
