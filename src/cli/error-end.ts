import { InvalidPresetError } from "../answering/presets.js";
import { PollyReachError, type PollyReachErrorCode } from "../client/errors.js";
import { REMEDIES } from "../client/remedies.js";
import { InvalidTaskError } from "../policy/task.js";
import { oneLine } from "../reports/foreign-text.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import { UsageError } from "./usage-error.js";

/** Why a command could not be carried out, in words and for machines. */
export interface ErrorEnd {
  code: ExitCode;
  error: { code: string; message: string; nextStep?: string };
}

const CODES: Readonly<Record<PollyReachErrorCode, ExitCode>> = {
  configuration: EXIT.usage,
  invalid_input: EXIT.usage,
  credentials: EXIT.notSetUp,
  already_registered: EXIT.notSetUp,
  authentication: EXIT.notSetUp,
  request_rejected: EXIT.serviceTrouble,
  redirected: EXIT.serviceTrouble,
  rate_limited: EXIT.serviceTrouble,
  service_error: EXIT.serviceTrouble,
  connection_failed: EXIT.serviceTrouble,
  invalid_reply: EXIT.serviceTrouble,
  submission_unknown: EXIT.needsHuman,
  registration_unknown: EXIT.needsHuman,
  aborted: EXIT.interrupted,
};

/** What an error comes to. Never a stack, and never a token: the client keeps it out of its errors. */
export function errorEnd(error: unknown): ErrorEnd {
  if (error instanceof PollyReachError) {
    const { code, message, nextStep } = error;
    return { code: CODES[code], error: { code, message: oneLine(message), nextStep } };
  }
  if (error instanceof UsageError)
    return { code: EXIT.usage, error: { code: error.code, message: error.message } };
  if (error instanceof InvalidTaskError || error instanceof InvalidPresetError) {
    return { code: EXIT.usage, error: { code: error.code, message: oneLine(error.message) } };
  }
  const message = error instanceof Error ? oneLine(error.message) : "An error of no known kind.";
  return { code: EXIT.failedOutcome, error: { code: "unexpected", message, nextStep: REMEDIES.tryLater } };
}
