import type { SetUpFact } from "../decide-set-up.js";
import type { OnboardingParts } from "../deps.js";

/** Looks for a credential that is there already. */
export const look = (parts: OnboardingParts) => () => ({ facts: [lookForCredential(parts)] });

/** @throws CredentialsError if one is there but broken: that has to be repaired, not registered over. */
export function lookForCredential({ client, clock }: OnboardingParts): SetUpFact & { fact: "looked" } {
  const registered = client.hasToken;
  const { activationUrl } = client;
  return {
    fact: "looked",
    at: clock.now(),
    registered,
    ...(activationUrl !== undefined && { activationUrl }),
  };
}
