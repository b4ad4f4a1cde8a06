import type { BaseCheckpointSaver } from "@langchain/langgraph";
import type { PollyReachClient } from "../../client/client.js";
import type { CredentialPlaces } from "../../client/credentials.js";
import { type Clock, systemClock } from "../../clock.js";
import type { RegistrationPolicy } from "./decide-set-up.js";
import { type RegistrationRecord, registrationFile } from "./registration-record.js";

/** What a set-up needs of a client. */
export type SetUpLine = Pick<
  PollyReachClient,
  "hasToken" | "activationUrl" | "register" | "saveCredentials" | "activationStatus"
>;

/** What the onboarding graph works with. */
export interface OnboardingDeps {
  client: SetUpLine;
  /** Default: the machine's clock. Give the client the same. */
  clock?: Clock;
  /** Who may make an account. Default: the human is asked. */
  registration?: RegistrationPolicy;
  /** Where the client's credentials are kept; the record of a registration lies beside them. Give the client the same. */
  credentials?: CredentialPlaces;
  /** Remembers that a registration was begun. Default: a file beside the key file. */
  record?: RegistrationRecord;
  /** Keeps the state between steps; needed, since a set-up waits for the human. */
  checkpointer?: BaseCheckpointSaver;
}

/** The same, complete. */
export interface OnboardingParts {
  client: SetUpLine;
  clock: Clock;
  registration: RegistrationPolicy;
  record: RegistrationRecord;
}

export function completeOnboardingDeps(deps: OnboardingDeps): OnboardingParts {
  const clock = deps.clock ?? systemClock;
  return {
    client: deps.client,
    clock,
    registration: deps.registration ?? "ask",
    record: deps.record ?? registrationFile(deps.credentials, clock),
  };
}
