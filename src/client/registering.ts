import { type PollyReachError, RateLimitError, RegistrationUnknownError } from "./errors.js";
import { Registration } from "./replies.js";
import { failureError, parseReply, type ReadingRules, statusError } from "./reply-reading.js";
import type { Verdict } from "./retry.js";
import type { Outcome } from "./transport.js";
import { registerReply } from "./wire.js";

/** A registration makes an account, so it is repeated only where nothing was sent or a 429 turned it away. */
export function registrationVerdict(rules: ReadingRules, outcome: Outcome): Verdict<Registration> {
  if (outcome.kind === "failure") {
    if (!outcome.nothingSent) return { error: unknown(outcome.words, outcome.cause) };
    const error = failureError("register", outcome);
    return outcome.passing ? { again: { error } } : { error };
  }
  const error = statusError(rules, outcome);
  if (error instanceof RateLimitError) return { again: { error }, retryAfterMs: error.retryAfterMs };
  if (error !== undefined) {
    const turnedAway =
      outcome.status >= 400 && outcome.status < 500 && ![408, 409, 421].includes(outcome.status);
    return {
      error: turnedAway ? error : unknown(`the service answered with status ${outcome.status}`, undefined),
    };
  }
  const parsed = parseReply(registerReply, outcome.text);
  if ("problem" in parsed) return { error: unknown(`the reply ${parsed.problem}`, undefined) };
  const { token, activation_url } = parsed.value.agent;
  return { value: new Registration(token, activation_url ?? undefined) };
}

function unknown(why: string, cause: unknown): PollyReachError {
  return new RegistrationUnknownError(`register: ${why}, so it is not known whether an account was made.`, {
    cause,
  });
}
