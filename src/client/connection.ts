import type { Agent, Dispatcher } from "undici";

/** In milliseconds. They apply to the default fetch; an injected one brings its own, but for `totalMs`. */
export interface Timeouts {
  /** Until a connection stands, TLS included. */
  connectMs: number;
  /** From the request to the first byte of its reply. */
  headersMs: number;
  /** Between two pieces of a reply. */
  bodyMs: number;
  /** For a request and its reply in all. */
  totalMs: number;
}

export const DEFAULT_TIMEOUTS: Timeouts = {
  connectMs: 10_000,
  headersMs: 45_000,
  bodyMs: 20_000,
  totalMs: 90_000,
};

/** Longer than any gap between two questions about a call, shorter than what load balancers cut (60 s and more). */
const KEEP_ALIVE_MS = 55_000;

/**
 * Taken off a server's own `Keep-Alive: timeout` hint. undici's default of 2 s closes the connection after every
 * reply of a server that hints at 2 s or less.
 */
const KEEP_ALIVE_MARGIN_MS = 500;

/** A connection unused for longer may be dead without a sign, so nothing that dials is sent over it. */
const TRUSTED_IDLE_MS = 4_000;

/** The client's connections: an undici Agent, made when first needed. */
export class Connection {
  readonly #timeouts: Timeouts;
  readonly #maxBytes: number;
  #agent: Promise<Agent> | undefined;
  #freed: Promise<void> | undefined;
  #lastUsed = 0;

  constructor(timeouts: Timeouts, maxBytes: number) {
    this.#timeouts = timeouts;
    this.#maxBytes = maxBytes;
  }

  /** For requests that may be repeated. */
  async shared(): Promise<Dispatcher> {
    await this.#freed;
    this.#lastUsed = performance.now();
    this.#agent ??= this.#open();
    return this.#agent;
  }

  /**
   * For one request that must reach the wire at most once: over a connection that is fresh or was just in use, and
   * through a dispatcher that passes one request only. fetch itself repeats a POST after a 421.
   */
  async singleShot(): Promise<Dispatcher> {
    if (performance.now() - this.#lastUsed > TRUSTED_IDLE_MS) this.#retire();
    const agent = await this.shared();
    let passed = false;
    return agent.compose((dispatch) => (options, handler) => {
      if (passed) throw new Error("A second transmission of the same request was held back.");
      passed = true;
      return dispatch(options, handler);
    });
  }

  /** To be called after a reply: undici frees the connection a turn later, and opens a second one before that. */
  replied(): void {
    this.#freed = new Promise((resolve) => setImmediate(resolve));
  }

  async close(): Promise<void> {
    const agent = this.#agent;
    this.#agent = undefined;
    await (await agent)?.close();
  }

  async #open(): Promise<Agent> {
    const { Agent } = await import("undici");
    return new Agent({
      connect: { timeout: this.#timeouts.connectMs },
      headersTimeout: this.#timeouts.headersMs,
      bodyTimeout: this.#timeouts.bodyMs,
      maxResponseSize: this.#maxBytes,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveTimeoutThreshold: KEEP_ALIVE_MARGIN_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      pipelining: 1,
    });
  }

  /** Requests under way on the old connections still end well. */
  #retire(): void {
    void this.close().catch(() => undefined);
  }
}
