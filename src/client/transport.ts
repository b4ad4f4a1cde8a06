import { inspect } from "node:util";
import { systemClock } from "../clock.js";
import { Connection, type Timeouts } from "./connection.js";
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
  token: string | undefined;
  body: object | undefined;
  signal: AbortSignal | undefined;
}

/** No reply of this service is near as long; more is a mistake or an attack. */
export const LONGEST_REPLY_BYTES = 10 * 1024 * 1024;

const LONGEST_REDIRECT_CHAIN = 3;

class TooLong extends Error {}
const ENDED = new Error("The exchange has ended.");

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
    const outcome = await this.#withinTime(exchange);
    this.#report(exchange, outcome, performance.now() - startedAt);
    return outcome;
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  async #withinTime(exchange: Exchange): Promise<Outcome> {
    const { signal } = exchange;
    const ending = new AbortController();
    const cancel = () => ending.abort(signal?.reason);
    const watch = new AbortController();
    const progress = { sending: false, received: "", status: undefined as number | undefined };
    try {
      signal?.throwIfAborted();
      signal?.addEventListener("abort", cancel, { once: true });
      systemClock.sleep(this.#options.timeouts.totalMs, watch.signal).then(
        () => ending.abort(new DOMException("The exchange took too long.", "TimeoutError")),
        () => undefined,
      );
      return await this.#follow(exchange, ending.signal, progress);
    } catch (error) {
      const aborted = signal?.aborted === true;
      const failure = aborted
        ? { nothingSent: !progress.sending, passing: false, words: "it was cancelled" }
        : readFailure(error, ending.signal);
      return {
        kind: "failure",
        ...failure,
        aborted,
        cause: withoutToken(error, exchange.token),
        received: blotOut(progress.received, exchange.token),
        ...(progress.status === undefined ? {} : { status: progress.status }),
      };
    } finally {
      signal?.removeEventListener("abort", cancel);
      watch.abort(ENDED);
    }
  }

  async #follow(exchange: Exchange, signal: AbortSignal, progress: Progress): Promise<Reply> {
    const { method, path } = ENDPOINTS[exchange.endpoint];
    let url = `${this.#options.baseUrl}${path}`;
    for (let hops = 0; ; hops++) {
      const response = await this.#fetch(url, exchange, signal, progress);
      progress.status = response.status;
      const next =
        method === "GET" && hops < LONGEST_REDIRECT_CHAIN ? sameOriginTarget(url, response) : undefined;
      if (next === undefined) {
        const text = await readText(response, progress);
        if (this.#options.fetch === undefined) await this.#connection.freed();
        return {
          kind: "reply",
          status: response.status,
          headers: response.headers,
          text: blotOut(text, exchange.token),
        };
      }
      await response.body?.cancel();
      url = next;
    }
  }

  async #fetch(url: string, exchange: Exchange, signal: AbortSignal, progress: Progress): Promise<Response> {
    const { method } = ENDPOINTS[exchange.endpoint];
    const { token, body, endpoint } = exchange;
    const init: RequestInit = { method, redirect: "manual", signal, headers: headersOf(token, body) };
    if (body !== undefined) init.body = JSON.stringify(body);
    if (this.#options.fetch !== undefined) {
      progress.sending = true;
      return this.#options.fetch(url, init);
    }
    const acts = endpoint === "send" || endpoint === "register";
    const dispatcher = await (acts ? this.#connection.singleShot() : this.#connection.shared());
    signal.throwIfAborted();
    progress.sending = true;
    return globalThis.fetch(url, Object.assign(init, { dispatcher }));
  }

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

function headersOf(token: string | undefined, body: object | undefined): Record<string, string> {
  const headers: Record<string, string> = {
    accept: "application/json",
    "user-agent": "langchain-pollyreach",
  };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
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
async function readText(response: Response, progress: Progress): Promise<string> {
  if (response.body === null) return "";
  const decoder = new TextDecoder();
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    progress.received += decoder.decode(chunk, { stream: true });
    if (bytes > LONGEST_REPLY_BYTES) throw new TooLong("The reply is too long.");
  }
  progress.received += decoder.decode();
  return progress.received;
}

function readFailure(error: unknown, ending: AbortSignal): NetworkFailure {
  if (error instanceof TooLong) return { nothingSent: false, passing: false, words: "the reply is too long" };
  if (ending.aborted) return { nothingSent: false, passing: true, words: "no complete reply came in time" };
  return readNetworkFailure(error);
}

/** A cause goes into logs. Should a fetch put the request's headers into its errors, only their words are kept. */
function withoutToken(cause: unknown, token: string | undefined): unknown {
  if (
    token === undefined ||
    !inspect(cause, { depth: 8, showHidden: true, maxStringLength: null, maxArrayLength: null }).includes(
      token,
    )
  )
    return cause;
  return new Error(blotOut(cause instanceof Error ? cause.message : String(cause), token));
}
