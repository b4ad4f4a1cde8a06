import type { Endpoint } from "./endpoint.js";

/** Whether the service acts on a request whose reply goes wrong: an accepted `send` makes the phone ring. */
interface Acceptance {
  accepted: boolean;
}

/** Something that goes wrong with one request. Made by the functions of `faults`. */
export type Fault =
  | { kind: "refused" }
  | ({ kind: "reset" } & Acceptance)
  | ({ kind: "slow"; ms: number } & Acceptance)
  | ({ kind: "hang"; ms: number } & Acceptance)
  | ({ kind: "status"; status: number; retryAfter?: number | string; body?: unknown } & Acceptance)
  | ({ kind: "html"; status: number } & Acceptance)
  | ({ kind: "truncated_json" } & Acceptance)
  | ({ kind: "wrong_types" } & Acceptance)
  | ({ kind: "redirect"; to: string; status: number } & Acceptance)
  | ({ kind: "detail"; detail: string } & Acceptance);

/** What a fault is chosen by. */
export interface FaultableRequest {
  endpoint: Endpoint | null;
  method: string;
  path: string;
  /** 1 for the first request to this endpoint. */
  ordinal: number;
}

/** A fault for some of the requests to one endpoint, or to any. */
export interface FaultRule {
  /** Default: any endpoint. */
  endpoint?: Endpoint;
  fault: Fault;
  /** How many requests it meets. Default 1. */
  times?: number;
  /** How many matching requests pass unharmed before. Default 0. */
  skip?: number;
}

/** Chooses the fault of each request; undefined for none. */
export type FaultChooser = (request: FaultableRequest) => Fault | undefined;

type AcceptedOption = Partial<Acceptance>;

const AN_HOUR_MS = 3_600_000;

/**
 * What can go wrong with a request. Each takes `accepted` where it may go either way; the default is the one
 * that is stated.
 */
export const faults = {
  /**
   * Nobody listens: a real ECONNREFUSED, from a port that is closed. It takes `sandbox.fetch`; a request that
   * comes another way has reached the server already and is reset before it is accepted. To refuse connections
   * from other processes use `sandbox.goOffline()`.
   */
  refused: (): Fault => ({ kind: "refused" }),
  /** The connection is reset before the service acts on the request. */
  resetBeforeAccepting: (): Fault => ({ kind: "reset", accepted: false }),
  /** The service acts on the request, then the connection is reset. */
  resetAfterAccepting: (): Fault => ({ kind: "reset", accepted: true }),
  /** Accepted at once; the reply takes `ms` milliseconds of the sandbox's clock. */
  slow: (ms: number, { accepted = true }: AcceptedOption = {}): Fault => ({ kind: "slow", ms, accepted }),
  /** No reply at all. Not accepted. After `ms` milliseconds of the clock (an hour) the connection is reset. */
  hang: ({ accepted = false, ms = AN_HOUR_MS }: AcceptedOption & { ms?: number } = {}): Fault => ({
    kind: "hang",
    ms,
    accepted,
  }),
  /** A reply with this status. Not accepted. `retryAfter` in seconds, or an HTTP date. */
  status: (
    status: number,
    { accepted = false, ...rest }: AcceptedOption & { retryAfter?: number | string; body?: unknown } = {},
  ): Fault => ({ kind: "status", status, accepted, ...rest }),
  /** A gateway's HTML page instead of JSON. Not accepted, status 502. */
  html: ({ accepted = false, status = 502 }: AcceptedOption & { status?: number } = {}): Fault => ({
    kind: "html",
    status,
    accepted,
  }),
  /** A reply that breaks off half-way, although HTTP is content. Accepted. */
  truncatedJson: ({ accepted = true }: AcceptedOption = {}): Fault => ({ kind: "truncated_json", accepted }),
  /** A reply whose fields have other types than agreed. Accepted. */
  wrongTypes: ({ accepted = true }: AcceptedOption = {}): Fault => ({ kind: "wrong_types", accepted }),
  /** A redirect to another address. Not accepted, status 307. */
  redirect: (
    to: string,
    { accepted = false, status = 307 }: AcceptedOption & { status?: number } = {},
  ): Fault => ({
    kind: "redirect",
    to,
    status,
    accepted,
  }),
  /** Status 200 with `{"detail": …}`. Not accepted. */
  detail200: (detail = "Internal service error", { accepted = false }: AcceptedOption = {}): Fault => ({
    kind: "detail",
    detail,
    accepted,
  }),
};
