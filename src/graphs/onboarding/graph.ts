import { END, START, StateGraph } from "@langchain/langgraph";
import { decideSetUp } from "./decide-set-up.js";
import { completeOnboardingDeps, type OnboardingDeps } from "./deps.js";
import { check } from "./nodes/check.js";
import { ask, signIn, wait } from "./nodes/humans.js";
import { look } from "./nodes/look.js";
import { register } from "./nodes/register.js";
import { saveAgain } from "./nodes/save.js";
import { OnboardingState, type OnboardingStateValue } from "./state.js";
import { welcome } from "./wording.js";

/** How a run of the graph is to be configured: every superstep is on disk before the next begins. */
export const ONBOARDING_RUN_CONFIG = { durability: "sync", recursionLimit: 5_000 } as const;

/**
 * The onboarding workflow: from nothing, or from whatever an earlier set-up left, to a phone line with a number.
 *
 * Invoke it with `{ agentName }`, a `thread_id` and `durability: "sync"`. It is interrupted with an
 * `OnboardingInterrupt` whenever it waits or asks; resume it with `new Command({ resume })`. The token stays in the
 * client: the state, and so every checkpoint, holds the activation link and the number only.
 */
export function createOnboardingGraph(deps: OnboardingDeps) {
  const parts = completeOnboardingDeps(deps);
  return new StateGraph(OnboardingState)
    .addNode("plan", ({ facts }) => ({ step: decideSetUp(facts, parts.clock.now(), parts.registration) }))
    .addNode("look", look(parts))
    .addNode("register", register(parts))
    .addNode("save", saveAgain(parts))
    .addNode("check", check(parts))
    .addNode("ask", ask(parts))
    .addNode("signIn", signIn(parts))
    .addNode("wait", wait(parts))
    .addNode("finish", ({ step }) =>
      step.do === "welcome" ? { welcome: welcome(step.phoneNumber, step.isNew) } : {},
    )
    .addEdge(START, "plan")
    .addConditionalEdges("plan", nextNode, [
      "look",
      "register",
      "save",
      "check",
      "ask",
      "signIn",
      "wait",
      "finish",
    ])
    .addEdge("look", "plan")
    .addEdge("register", "plan")
    .addEdge("save", "plan")
    .addEdge("check", "plan")
    .addEdge("ask", "plan")
    .addEdge("signIn", "plan")
    .addEdge("wait", "plan")
    .addEdge("finish", END)
    .compile({
      name: "pollyreach_onboarding",
      ...(deps.checkpointer && { checkpointer: deps.checkpointer }),
    });
}

export type OnboardingGraph = ReturnType<typeof createOnboardingGraph>;

function nextNode({ step }: OnboardingStateValue) {
  return step.do === "welcome" || step.do === "stop" ? "finish" : step.do;
}
