import { ConnectionError, type PollyReachError, RequestError, SubmissionUnknownError } from "./errors.js";
import type { SendResult } from "./replies.js";
import { failureError, parseReply, type ReadingRules, serviceWords, statusError } from "./reply-reading.js";
import { parseRetryAfter, type Verdict } from "./retry.js";
import type { Outcome, Reply } from "./transport.js";
import { sendReply } from "./wire.js";

/** Statuses by which a service says that it did not act on the request as it stands. RFC 9110, section 15.5. */
const NOT_TAKEN_ON = new Set([400, 404, 405, 406, 411, 413, 414, 415, 422, 431]);

/**
 * What one POST of a message came to. Sent again only where nothing was sent, or where a 429 turned it away; all that
 * is not proven either way is *submission unknown*.
 */
export function submissionVerdict(rules: ReadingRules, outcome: Outcome): Verdict<SendResult> {
  if (outcome.kind === "failure") {
    if (!outcome.nothingSent) return { error: unknown(`${outcome.words}`, outcome.cause, outcome.status) };
    const error = undialed(failureError("send", outcome));
    return outcome.passing ? { again: { error } } : { error };
  }
  const { status } = outcome;
  if (status >= 200 && status < 300) return readAcceptance(outcome);
  const words = serviceWords(outcome.text);
  if (status === 429) {
    const retryAfterMs = parseRetryAfter(outcome.headers.get("retry-after"), rules.now());
    const reason = reasonOf(words) === "insufficient_credits" ? "insufficient_credits" : "line_busy";
    const value = rejection(reason, words || "The service asks to wait.", { retryAfterMs });
    return reason === "line_busy" ? { again: { value }, retryAfterMs } : { value };
  }
  if (status === 402) {
    return { value: rejection("insufficient_credits", words || "The account has no credits.", {}) };
  }
  if (status === 401 || status === 403 || NOT_TAKEN_ON.has(status) || status === 409) {
    const reason = reasonOf(words);
    if (reason !== "refused" && status !== 401) return { value: rejection(reason, words, {}) };
    const error = statusError(rules, outcome);
    if (status !== 409 && error !== undefined) return { error: undialed(error) };
  }
  return { error: unknown(`the service answered with status ${status}`, undefined, status) };
}

function readAcceptance(reply: Reply): Verdict<SendResult> {
  const parsed = parseReply(sendReply, reply.text);
  if ("problem" in parsed) return { error: unknown(`the reply ${parsed.problem}`, undefined, reply.status) };
  const { status, message, task_id } = parsed.value;
  const taskId = task_id === null || task_id === undefined ? undefined : String(task_id);
  if (status) return { value: { accepted: true, ...(taskId === undefined ? {} : { taskId }) } };
  const words = message ?? "";
  return { value: rejection(reasonOf(words), words, { taskId }) };
}

type Rejection = Extract<SendResult, { accepted: false }>;

function rejection(
  reason: Rejection["reason"],
  message: string,
  { taskId, retryAfterMs }: { taskId?: string | undefined; retryAfterMs?: number | undefined },
): Rejection {
  return {
    accepted: false,
    reason,
    message,
    ...(taskId === undefined ? {} : { taskId }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

const CREDITS = /\bcredits?\b|\bbalance\b|\btop[- ]?up\b|\bpayment\b|\bout of (minutes|funds)\b|余额|积分/i;
const BUSY =
  /\bin progress\b|\bbusy\b|\b(another|current|previous|existing|ongoing|active) (call|task|request)\b|\balready (on a call|running|calling)\b|\bnot (yet )?(finished|completed?)\b|进行中|通话中/i;

/** Why a message was turned away, from the service's words. Whichever it is, no call was placed for it. */
function reasonOf(words: string): Rejection["reason"] {
  if (CREDITS.test(words)) return "insufficient_credits";
  return BUSY.test(words) ? "line_busy" : "refused";
}

function unknown(why: string, cause: unknown, replyStatus: number | undefined): PollyReachError {
  return new SubmissionUnknownError(`send: ${why}, so it is not known whether the message was taken on.`, {
    cause,
    replyStatus,
  });
}

/** The same error, saying that no call was placed and offering no repetition to retry helpers. */
function undialed(error: PollyReachError): PollyReachError {
  const { message, endpoint, status, cause, nextStep } = error;
  const details = { endpoint, status, cause, nextStep, retryable: false, sent: "no" } as const;
  if (error instanceof ConnectionError) return new ConnectionError(message, details);
  return error instanceof RequestError ? new RequestError(message, details) : error;
}
