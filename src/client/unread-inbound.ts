import { ConnectionError, InvalidReplyError, type PollyReachError, ServiceError } from "./errors.js";
import { REMEDIES } from "./remedies.js";
import type { InboundMessage } from "./replies.js";
import { failureError, parseJson, type ReadingRules, serviceWords, statusError } from "./reply-reading.js";
import { parseRetryAfter, type Verdict } from "./retry.js";
import type { Outcome } from "./transport.js";
import { inboundCallRecord } from "./wire.js";

/**
 * Reading may be what marks a message as read. So the request is repeated only where nothing was sent, or where the
 * status proves that nothing was served; anything else is an error that keeps what did arrive.
 */
export function unreadInboundVerdict(rules: ReadingRules, outcome: Outcome): Verdict<InboundMessage[]> {
  if (outcome.kind === "failure") {
    const error = failureError("unreadInbound", outcome);
    if (!outcome.nothingSent) return { error: maybeConsumed(error, outcome.received) };
    return error.retryable ? { again: { error } } : { error };
  }
  const error = statusError(rules, outcome);
  if (error !== undefined) {
    const notServed = outcome.status === 429 || outcome.status === 503;
    if (!notServed) return { error: error.retryable ? maybeConsumed(error, outcome.text) : error };
    return {
      again: { error },
      retryAfterMs: parseRetryAfter(outcome.headers.get("retry-after"), rules.now()),
    };
  }
  const elements = inboundElements(outcome.text);
  if (elements !== undefined) return { value: elements.map(toInboundMessage) };
  const words = serviceWords(outcome.text);
  const told = words === "" ? "the reply is broken, or has no known shape" : `the service reports: ${words}`;
  return {
    error: new InvalidReplyError(`unreadInbound: ${told}.`, {
      endpoint: "unreadInbound",
      status: outcome.status,
      retryable: false,
      nextStep: REMEDIES.inboundMayBeConsumed,
      received: outcome.text,
    }),
  };
}

/** The messages of a reply in either known shape, each whole; undefined where the reply cannot be understood. */
function inboundElements(text: string): unknown[] | undefined {
  if (text.trim() === "") return [];
  const parsed = parseJson(text);
  if ("problem" in parsed) return undefined;
  const { json } = parsed;
  if (json === null) return [];
  if (Array.isArray(json)) return json;
  if (typeof json !== "object") return undefined;
  if ("messages" in json && Array.isArray(json.messages)) return json.messages;
  if (inboundCallRecord.safeParse(json).success || "call_id" in json || "from_phone" in json) return [json];
  const empty = "messages" in json ? json.messages === null : Object.keys(json).length === 0;
  const failed = "success" in json && json.success === false;
  return empty && !failed ? [] : undefined;
}

/** Types what is understood; an odd element keeps at least its `raw`. */
export function toInboundMessage(raw: unknown): InboundMessage {
  const fields: Record<string, unknown> =
    typeof raw === "object" && raw !== null ? { ...raw } : { content: raw };
  const message: InboundMessage = { raw };
  const take = (name: Exclude<keyof InboundMessage, "raw">, ...sources: string[]) => {
    const value = sources.map((source) => fields[source]).find((candidate) => typeof candidate === "string");
    if (typeof value === "string") message[name] = value;
  };
  take("callId", "call_id");
  take("from", "from_phone", "from");
  take("to", "to", "to_phone");
  take("status", "status");
  take("content", "content");
  take("summary", "summary");
  take("transcript", "transcript");
  take("recordingUrl", "recording_url");
  take("detailUrl", "detail_url");
  return message;
}

function maybeConsumed(error: PollyReachError, received: string): PollyReachError {
  const { endpoint, status, cause, message } = error;
  const details = { endpoint, status, cause, retryable: false, nextStep: REMEDIES.inboundMayBeConsumed };
  if (error.code === "aborted") return error;
  if (error instanceof ConnectionError) return new ConnectionError(message, details);
  if (received !== "") return new InvalidReplyError(message, { ...details, received });
  return new ServiceError(message, details);
}
