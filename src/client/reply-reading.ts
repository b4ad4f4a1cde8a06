import type { z } from "zod";
import {
  AbortedError,
  AuthenticationError,
  ConnectionError,
  InvalidReplyError,
  type PollyReachError,
  type PollyReachErrorDetails,
  RateLimitError,
  RequestError,
  ServiceError,
} from "./errors.js";
import { REMEDIES } from "./remedies.js";
import { type Failed, parseRetryAfter } from "./retry.js";
import type { Failure, Outcome, Reply } from "./transport.js";
import { type EndpointName, failureReply } from "./wire.js";

/** A reply's JSON, or why it is none. */
export function parseJson(text: string): { json: unknown } | { problem: string } {
  try {
    return { json: JSON.parse(text) };
  } catch {
    if (text.trim() === "") return { problem: "is empty" };
    return { problem: text.trimStart().startsWith("<") ? "is a web page" : "is broken or cut off JSON" };
  }
}

/** A reply read with a schema, or why it does not fit. Quotes nothing of the reply. */
export function parseReply<T>(schema: z.ZodType<T>, text: string): { value: T } | { problem: string } {
  const parsed = parseJson(text);
  if ("problem" in parsed) return parsed;
  const result = schema.safeParse(parsed.json);
  if (result.success) return { value: result.data };
  const issue = result.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? "" : ` at \`${issue.path.join(".")}\``;
  return { problem: `does not have the known shape${where}` };
}

/** The service's own words about a failure, on one line of at most 300 characters; empty if it has none. */
export function serviceWords(text: string): string {
  const parsed = parseJson(text);
  const reply = "json" in parsed ? failureReply.safeParse(parsed.json) : undefined;
  if (reply?.success !== true) return "";
  const words = [reply.data.message, reply.data.detail].find((part) => part !== undefined && part !== null);
  if (words === undefined) return "";
  return oneLine(typeof words === "string" ? words : JSON.stringify(words));
}

function oneLine(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  return line.length > 300 ? `${line.slice(0, 297)}...` : line;
}

/** How an endpoint's replies are to be taken. */
export interface ReadingRules {
  endpoint: EndpointName;
  now: () => number;
}

/** The error of a request that brought no reply at all, or only part of one. */
export function failureError(endpoint: EndpointName, failure: Failure): PollyReachError {
  const { cause, nothingSent, passing, words, received, status } = failure;
  const sent = nothingSent ? "no" : "maybe";
  if (failure.aborted) {
    const nextStep = nothingSent ? REMEDIES.nothingWasSent : REMEDIES.tryLater;
    return new AbortedError(`${endpoint}: cancelled.`, { endpoint, cause, sent, nextStep });
  }
  if (status !== undefined) {
    return new InvalidReplyError(`${endpoint}: the reply did not arrive whole: ${words}.`, {
      endpoint,
      status,
      cause,
      received,
    });
  }
  const nextStep = nothingSent ? REMEDIES.nothingWasSent : REMEDIES.tryLater;
  return new ConnectionError(`${endpoint}: no reply: ${words}.`, {
    endpoint,
    cause,
    sent,
    nextStep,
    retryable: passing,
  });
}

/** The error of a reply by its status alone; undefined for 2xx. */
export function statusError({ endpoint, now }: ReadingRules, reply: Reply): PollyReachError | undefined {
  const { status, text, headers } = reply;
  if (status >= 200 && status < 300) return undefined;
  const words = serviceWords(text);
  const said = words === "" ? "" : ` The service says: ${words}`;
  const details: PollyReachErrorDetails = { endpoint, status };
  if (status === 401 || status === 403) {
    return new AuthenticationError(`${endpoint}: the token was not accepted (${status}).${said}`, details);
  }
  if (status === 402) {
    return new RequestError(`${endpoint}: no credits (402).${said}`, {
      ...details,
      nextStep: REMEDIES.noCredits,
    });
  }
  const retryAfterMs = parseRetryAfter(headers.get("retry-after"), now());
  if (status === 429) {
    return new RateLimitError(`${endpoint}: too many requests (429).${said}`, { ...details, retryAfterMs });
  }
  if (status >= 500 || status === 408) {
    return new ServiceError(`${endpoint}: the service failed (${status}).${said}`, {
      ...details,
      retryAfterMs,
    });
  }
  if (status < 400) {
    return new RequestError(`${endpoint}: answered with a redirect (${status}), which is not followed.`, {
      ...details,
      code: "redirected",
      nextStep: REMEDIES.redirect,
    });
  }
  return new RequestError(`${endpoint}: the request was rejected (${status}).${said}`, details);
}

/** A 2xx whose body does not fit: the service's own words if it put a failure there, else what is wrong with it. */
export function bodyError(endpoint: EndpointName, reply: Reply, problem: string): PollyReachError {
  const words = serviceWords(reply.text);
  const { status } = reply;
  if (words !== "") {
    return new ServiceError(`${endpoint}: the service reports a failure: ${words}`, { endpoint, status });
  }
  return new InvalidReplyError(`${endpoint}: the reply (${status}) ${problem}.`, {
    endpoint,
    status,
    received: reply.text,
  });
}

/** For requests that do no harm when repeated: whatever may pass is tried again. */
export function readVerdict<W, T>(
  rules: ReadingRules,
  outcome: Outcome,
  schema: z.ZodType<W>,
  toValue: (wire: W) => T,
): { value: T } | Failed {
  if (outcome.kind === "failure") return harmless(failureError(rules.endpoint, outcome));
  const error = statusError(rules, outcome);
  if (error !== undefined) return harmless(error);
  const parsed = parseReply(schema, outcome.text);
  if ("problem" in parsed) return harmless(bodyError(rules.endpoint, outcome, parsed.problem));
  return { value: toValue(parsed.value) };
}

function harmless(error: PollyReachError): Failed {
  if (!error.retryable) return { error };
  const waits = error instanceof RateLimitError || error instanceof ServiceError;
  return { again: { error }, ...(waits ? { retryAfterMs: error.retryAfterMs } : {}) };
}
