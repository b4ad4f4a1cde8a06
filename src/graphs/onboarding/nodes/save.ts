import { PollyReachError } from "../../../client/errors.js";
import type { SetUpFact } from "../decide-set-up.js";
import type { OnboardingParts } from "../deps.js";

/** Tries once more to save the key that only this process holds. */
export const saveAgain = (parts: OnboardingParts) => () => ({ facts: [save(parts, parts.clock.now())] });

/** Saves the client's key, and says so on the record. Never throws: the key must not be lost over it. */
export function save({ client, record }: OnboardingParts, at: number): SetUpFact {
  try {
    client.saveCredentials();
  } catch (error) {
    const known = error instanceof PollyReachError;
    return {
      fact: "not_saved",
      at,
      detail: known ? error.message : "The key file could not be written.",
      nextStep: known ? error.nextStep : "Make room and see that the folder is writable.",
    };
  }
  record.end();
  const { activationUrl } = client;
  return { fact: "registered", at, ...(activationUrl !== undefined && { activationUrl }) };
}
