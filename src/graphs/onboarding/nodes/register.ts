import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import { PollyReachError, RegistrationUnknownError } from "../../../client/errors.js";
import type { SetUpFact } from "../decide-set-up.js";
import type { OnboardingParts } from "../deps.js";
import type { OnboardingStateUpdate, OnboardingStateValue } from "../state.js";
import { lookForCredential } from "./look.js";
import { save } from "./save.js";

/**
 * Registers once and saves at once: the only node that makes an account. Run again after a crash, it finds either the
 * saved key or the record of what was begun, and registers nothing.
 */
export const register =
  (parts: OnboardingParts) =>
  async ({ agentName, step }: OnboardingStateValue, config: LangGraphRunnableConfig) => {
    const found = (fact: SetUpFact): OnboardingStateUpdate => ({ facts: [fact] });
    const { client, clock, record } = parts;
    const already = lookForCredential(parts);
    if (already.registered) return found(already);
    const turn = record.begin(step.do === "register" && step.again);
    if (turn.state !== "begun") return found(notMyTurn(parts, turn));
    // Whoever registered a moment ago has saved by the time its record was gone.
    const meanwhile = lookForCredential(parts);
    if (meanwhile.registered) {
      record.end();
      return found(meanwhile);
    }
    try {
      await client.register({ name: agentName }, config.signal ? { signal: config.signal } : {});
    } catch (error) {
      return found(whatTheFailureSays(error, parts));
    }
    return found(save(parts, clock.now()));
  };

function notMyTurn(
  { clock }: OnboardingParts,
  turn: { state: "under_way" | "unknown"; since: number },
): SetUpFact {
  const at = clock.now();
  if (turn.state === "under_way") return { fact: "under_way", at, since: turn.since };
  const detail = "The set-up that began it ended before its key was saved.";
  return { fact: "registration_unknown", at, since: turn.since, detail };
}

/** Only what proves that there is no account lets a registration be begun anew without the human. */
function whatTheFailureSays(error: unknown, { clock, record }: OnboardingParts): SetUpFact {
  const at = clock.now();
  if (error instanceof PollyReachError && !mayHaveRegistered(error)) {
    record.end();
    if (error.code === "aborted") throw error;
    return { fact: "not_registered", at, detail: error.message, nextStep: error.nextStep };
  }
  record.leave();
  if (error instanceof PollyReachError && error.code === "aborted") throw error;
  const detail =
    error instanceof Error ? error.message : "The registration ended in an error of no known meaning.";
  return { fact: "registration_unknown", at, since: at, detail };
}

function mayHaveRegistered(error: PollyReachError): boolean {
  if (error instanceof RegistrationUnknownError) return true;
  // A status that is no RegistrationUnknownError is the service turning the registration away.
  return error.sent !== "no" && error.status === undefined;
}
