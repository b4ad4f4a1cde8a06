import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { AuthenticationError, PollyReachError } from "../../../client/errors.js";
import type { SetUpFact } from "../decide-set-up.js";
import type { OnboardingParts } from "../deps.js";

/** Asks whether the human has signed in. */
export const check =
  ({ client, clock }: OnboardingParts) =>
  async (_state: unknown, config: LangGraphRunnableConfig): Promise<{ facts: SetUpFact[] }> => {
    try {
      const { phoneNumber } = await client.activationStatus(config.signal ? { signal: config.signal } : {});
      return { facts: [{ fact: "checked", at: clock.now(), phoneNumber }] };
    } catch (error) {
      if (!(error instanceof PollyReachError) || error.code === "aborted") throw error;
      const fact = error instanceof AuthenticationError ? "token_rejected" : "check_failed";
      return { facts: [{ fact, at: clock.now(), detail: error.message, nextStep: error.nextStep }] };
    }
  };
