import { REMEDIES } from "./remedies.js";
import type { EndpointName } from "./wire.js";

/** Stable identifiers of what went wrong. */
export type PollyReachErrorCode =
  | "configuration"
  | "invalid_input"
  | "credentials"
  | "already_registered"
  | "authentication"
  | "request_rejected"
  | "redirected"
  | "rate_limited"
  | "service_error"
  | "connection_failed"
  | "invalid_reply"
  | "submission_unknown"
  | "registration_unknown"
  | "aborted";

export interface PollyReachErrorDetails {
  endpoint?: EndpointName | undefined;
  status?: number | undefined;
  cause?: unknown;
  nextStep?: string | undefined;
  retryable?: boolean | undefined;
  sent?: "no" | "maybe" | undefined;
}

/** The base of everything this package throws on purpose. Holds no token, in no property and no message. */
export class PollyReachError extends Error {
  readonly code: PollyReachErrorCode;
  /** The endpoint that was asked, if one was. */
  declare readonly endpoint?: EndpointName;
  /** The HTTP status of the reply, where there was one. Errors of `send` that might tempt to a repetition have none. */
  declare readonly status?: number;
  /** Whether the same request may succeed later and does no harm when repeated. Never true for `send`. */
  readonly retryable: boolean;
  /** `"no"`: it is proven that the service took nothing on. */
  readonly sent: "no" | "maybe";
  /** What to do about it, in a sentence or two. */
  readonly nextStep: string;

  constructor(code: PollyReachErrorCode, message: string, details: PollyReachErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    if (details.endpoint !== undefined) this.endpoint = details.endpoint;
    if (details.status !== undefined) this.status = details.status;
    this.retryable = details.retryable ?? false;
    this.sent = details.sent ?? "maybe";
    this.nextStep = details.nextStep ?? REMEDIES.tryLater;
  }

  toJSON(): Record<string, unknown> {
    const { name, code, message, endpoint, status, retryable, sent, nextStep } = this;
    return { name, code, message, endpoint, status, retryable, sent, nextStep };
  }
}

/** The client cannot work as it was set up. */
export class ConfigurationError extends PollyReachError {
  constructor(message: string, details: PollyReachErrorDetails = {}) {
    super("configuration", message, { sent: "no", nextStep: REMEDIES.baseUrl, ...details });
  }
}

/** An argument that no request should be made with. */
export class InvalidInputError extends PollyReachError {
  constructor(message: string, details: PollyReachErrorDetails = {}) {
    super("invalid_input", message, { sent: "no", nextStep: REMEDIES.input, ...details });
  }
}

/** No token, a token or key file that is broken, or a token that must not be replaced. */
export class CredentialsError extends PollyReachError {
  constructor(message: string, details: PollyReachErrorDetails & { code?: "already_registered" } = {}) {
    super(details.code ?? "credentials", message, { sent: "no", nextStep: REMEDIES.noToken, ...details });
  }
}

/** The service does not accept the token: 401 or 403. */
export class AuthenticationError extends PollyReachError {
  constructor(message: string, details: PollyReachErrorDetails = {}) {
    super("authentication", message, { sent: "no", nextStep: REMEDIES.tokenRejected, ...details });
  }
}

/** The service rejects the request as such: another 4xx, or a redirect that is not followed. */
export class RequestError extends PollyReachError {
  constructor(message: string, details: PollyReachErrorDetails & { code?: "redirected" } = {}) {
    super(details.code ?? "request_rejected", message, { nextStep: REMEDIES.requestRejected, ...details });
  }
}

/** 429. */
export class RateLimitError extends PollyReachError {
  /** How long the service asked to wait, in milliseconds, if it did. */
  declare readonly retryAfterMs?: number;
  constructor(message: string, details: PollyReachErrorDetails & { retryAfterMs?: number | undefined } = {}) {
    super("rate_limited", message, { sent: "no", retryable: true, nextStep: REMEDIES.wait, ...details });
    if (details.retryAfterMs !== undefined) this.retryAfterMs = details.retryAfterMs;
  }
}

/** The service is in trouble: 5xx, or a failure that it reports in its own words. */
export class ServiceError extends PollyReachError {
  /** How long the service asked to wait, in milliseconds, if it did. */
  declare readonly retryAfterMs?: number;
  constructor(message: string, details: PollyReachErrorDetails & { retryAfterMs?: number | undefined } = {}) {
    super("service_error", message, { retryable: true, ...details });
    if (details.retryAfterMs !== undefined) this.retryAfterMs = details.retryAfterMs;
  }
}

/** No reply: refused, not found, reset, or timed out. `sent` tells whether the service may have seen the request. */
export class ConnectionError extends PollyReachError {
  constructor(message: string, details: PollyReachErrorDetails = {}) {
    super("connection_failed", message, { retryable: true, ...details });
  }
}

/** A reply that is not what the endpoint is known to answer: HTML, broken or cut off JSON, wrong types, too long. */
export class InvalidReplyError extends PollyReachError {
  readonly #received: string;
  constructor(message: string, details: PollyReachErrorDetails & { received?: string | undefined } = {}) {
    super("invalid_reply", message, { retryable: true, ...details });
    this.#received = details.received ?? "";
  }
  /** The text that did arrive, for whoever must not lose it. Kept out of logs and of JSON. */
  get received(): string {
    return this.#received;
  }
}

/**
 * A message to the assistant was handed to the network, and whether the service took it on is not known.
 * A phone may be ringing: this is a state to reconcile, never an error to retry.
 */
export class SubmissionUnknownError extends PollyReachError {
  /** The HTTP status of the reply, if there was one. Not `status`, by which retry helpers go. */
  declare readonly replyStatus?: number;
  constructor(message: string, details: PollyReachErrorDetails & { replyStatus?: number | undefined } = {}) {
    super("submission_unknown", message, {
      nextStep: REMEDIES.submissionUnknown,
      ...details,
      endpoint: "send",
      status: undefined,
      retryable: false,
      sent: "maybe",
    });
    if (details.replyStatus !== undefined) this.replyStatus = details.replyStatus;
  }
}

/** A registration was handed to the network, and whether an account was made is not known. */
export class RegistrationUnknownError extends PollyReachError {
  constructor(message: string, details: PollyReachErrorDetails = {}) {
    super("registration_unknown", message, {
      nextStep: REMEDIES.registrationUnknown,
      ...details,
      endpoint: "register",
      retryable: false,
      sent: "maybe",
    });
  }
}

/** The caller's signal was aborted. Its `name` is "AbortError", as everywhere; the signal's reason is the `cause`. */
export class AbortedError extends PollyReachError {
  constructor(message: string, details: PollyReachErrorDetails = {}) {
    super("aborted", message, { nextStep: REMEDIES.nothingWasSent, ...details, retryable: false });
    this.name = "AbortError";
  }
}
