import { inspect } from "node:util";
import { Connection, type Timeouts } from "./connection.js";
import { withinDeadline, withOwnSignal } from "./deadline.js";
import { type NetworkFailure, readNetworkFailure } from "./network-failure.js";
import { blotOut } from "./token.js";
import { ENDPOINTS, type EndpointName } from "./wire.js";

/** The global fetch, or one that behaves like it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** One HTTP request, after it ended. For logs and metrics: no token, no bodies. */
export interface RequestReport {
  endpoint: EndpointName;
  /** 1 for the first request of a method call. */
  attempt: number;
  /** Absent where no reply came. */
  status?: number;
  /** Why there is no usable reply, in words. */
  failure?: string;
  durationMs: number;
}

/** What came back of one request. */
export type Outcome = Reply | Failure;

export interface Reply {
  kind: "reply";
  status: number;
  headers: Headers;
  text: string;
}

export interface Failure extends NetworkFailure {
  kind: "failure";
  aborted: boolean;
  cause: unknown;
  /** The status, if the reply had begun. */
  status?: number;
  /** What had arrived of the reply. */
  received: string;
}

export interface TransportOptions {
  baseUrl: string;
  fetch: Fetch | undefined;
  timeouts: Timeouts;
  onRequest: ((report: RequestReport) => void) | undefined;
}

export interface Exchange {
  endpoint: EndpointName;
  attempt: number;
  /** The token held, if any: what is to appear nowhere. It is sent to all endpoints but `register`. */
  token: string | undefined;
  body: object | undefined;
  signal: AbortSignal | undefined;
}

/** No reply of this service is near as long; more is a mistake or an attack. */
export const LONGEST_REPLY_BYTES = 10 * 1024 * 1024;

const LONGEST_REDIRECT_CHAIN = 3;

/** Thrown in the middle of a reply; the message ends "the reply …". */
class CutOff extends Error {
  constructor(how: string) {
    super(`the reply ${how}`);
  }
}

/** Sends requests and says what came back, as a value. Knows nothing of what replies mean. */
export class Transport {
  readonly #options: TransportOptions;
  readonly #connection: Connection;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#connection = new Connection(options.timeouts, LONGEST_REPLY_BYTES);
  }

  /** One request and its reply. Never throws; a GET follows redirects within its origin. */
  async exchange(exchange: Exchange): Promise<Outcome> {
    const startedAt = performance.now();
    const progress: Progress = { sending: false, received: "", status: undefined };
    const outcome = await this.#attempt(exchange, progress).catch((error: unknown) =>
      failureOf(error, exchange, progress),
    );
    this.#report(exchange, outcome, performance.now() - startedAt);
    return outcome;
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  /** The connection watches the time by itself; an injected fetch is not relied on to do so. */
  async #attempt(exchange: Exchange, progress: Progress): Promise<Reply> {
    const { signal } = exchange;
    signal?.throwIfAborted();
    const { fetch, timeouts } = this.#options;
    const follow = (inner?: AbortSignal) =>
      this.#follow(fetch ?? this.#pooledFetch, exchange, inner, progress);
    if (fetch !== undefined) return withinDeadline(timeouts.totalMs, signal, follow);
    return signal === undefined ? follow() : withOwnSignal(signal, follow);
  }

  async #follow(
    fetch: (url: string, init: RequestInit, exchange: Exchange) => Promise<Response>,
    exchange: Exchange,
    signal: AbortSignal | undefined,
    progress: Progress,
  ): Promise<Reply> {
    const { method, path } = ENDPOINTS[exchange.endpoint];
    const { token, body } = exchange;
    const init: RequestInit = { method, redirect: "manual", headers: headersOf(exchange) };
    if (signal !== undefined) init.signal = signal;
    if (body !== undefined) init.body = JSON.stringify(body);
    const deadline = performance.now() + this.#options.timeouts.totalMs;
    let url = `${this.#options.baseUrl}${path}`;
    for (let hops = 0; ; hops++) {
      progress.sending = true;
      const response = await fetch(url, init, exchange);
      const { status, headers } = response;
      progress.status = status;
      const next =
        method === "GET" && hops < LONGEST_REDIRECT_CHAIN ? sameOriginTarget(url, response) : undefined;
      if (next === undefined) {
        const text = await readText(response, progress, deadline);
        this.#connection.replied();
        return { kind: "reply", status, headers, text: blotOut(text, token) };
      }
      await response.body?.cancel();
      url = next;
    }
  }

  readonly #pooledFetch = async (
    url: string,
    init: RequestInit,
    { endpoint }: Exchange,
  ): Promise<Response> => {
    const acts = endpoint === "send" || endpoint === "register";
    const dispatcher = await (acts ? this.#connection.singleShot() : this.#connection.shared());
    return globalThis.fetch(url, Object.assign(init, { dispatcher }));
  };

  /** A faulty listener must not make a request look failed. */
  #report({ endpoint, attempt }: Exchange, outcome: Outcome, durationMs: number): void {
    const { onRequest } = this.#options;
    if (onRequest === undefined) return;
    try {
      onRequest({
        endpoint,
        attempt,
        durationMs,
        ...(outcome.status === undefined ? {} : { status: outcome.status }),
        ...(outcome.kind === "failure" ? { failure: outcome.words } : {}),
      });
    } catch {}
  }
}

interface Progress {
  sending: boolean;
  received: string;
  status: number | undefined;
}

function headersOf({ endpoint, token, body }: Exchange): Record<string, string> {
  const headers: Record<string, string> = {
    accept: "application/json",
    "user-agent": "langchain-pollyreach",
  };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (token !== undefined && endpoint !== "register") headers.authorization = `Bearer ${token}`;
  return headers;
}

function sameOriginTarget(from: string, response: Response): string | undefined {
  const location = response.headers.get("location");
  if (response.status < 300 || response.status > 399 || location === null) return undefined;
  if (!URL.canParse(location, from)) return undefined;
  const target = new URL(location, from);
  const plain = target.username === "" && target.password === "";
  return plain && target.origin === new URL(from).origin ? target.href : undefined;
}

/** Leaves in `progress` what has arrived, so that a reply cut off half-way is not lost. */
async function readText(response: Response, progress: Progress, deadline: number): Promise<string> {
  if (response.body === null) return "";
  const decoder = new TextDecoder();
  let bytes = 0;
  const reader = response.body.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    bytes += piece.value.byteLength;
    progress.received += decoder.decode(piece.value, { stream: true });
    const stop =
      bytes > LONGEST_REPLY_BYTES
        ? "is too long"
        : performance.now() > deadline
          ? "takes too long"
          : undefined;
    if (stop === undefined) continue;
    const error = new CutOff(stop);
    void reader.cancel(error).catch(() => undefined);
    throw error;
  }
  progress.received += decoder.decode();
  return progress.received;
}

function failureOf(error: unknown, { signal, token }: Exchange, progress: Progress): Failure {
  const aborted = signal?.aborted === true;
  return {
    kind: "failure",
    ...(aborted
      ? { nothingSent: !progress.sending, passing: false, words: "it was cancelled" }
      : readError(error)),
    aborted,
    cause: withoutToken(error, token),
    received: blotOut(progress.received, token),
    ...(progress.status === undefined ? {} : { status: progress.status }),
  };
}

function readError(error: unknown): NetworkFailure {
  if (error instanceof CutOff) return { nothingSent: false, passing: true, words: error.message };
  if (error instanceof DOMException && error.name === "TimeoutError") {
    return { nothingSent: false, passing: true, words: "no complete reply came in time" };
  }
  return readNetworkFailure(error);
}

/** A cause goes into logs. Should a fetch put the request's headers into its errors, only their words are kept. */
function withoutToken(cause: unknown, token: string | undefined): unknown {
  const all = { depth: 8, showHidden: true, maxStringLength: null, maxArrayLength: null };
  if (token === undefined || !inspect(cause, all).includes(token)) return cause;
  return new Error(blotOut(cause instanceof Error ? cause.message : String(cause), token));
}
