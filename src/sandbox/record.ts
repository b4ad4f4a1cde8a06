import type { BehaviourKind } from "./behaviour.js";
import type { Endpoint } from "./endpoint.js";
import type { Fault } from "./fault.js";

/**
 * A number that was really dialed, whatever any reply said; also one that turned out to be busy, out of service
 * or unreachable.
 */
export interface Ring {
  /** Instant of dialing, in milliseconds of the sandbox's clock. */
  at: number;
  /** The number as the person was scripted with, or as the message gave it when it belongs to nobody. */
  phone: string;
  /** Null when the number belongs to nobody. */
  name: string | null;
  /** Label of the account that called, never its token. */
  account: string;
  /** 1 for the first time this number rang. */
  attempt: number;
  behaviour: BehaviourKind;
  /** The message that brought it about. */
  message: string;
}

/** A request that arrived, or that a `refused` fault kept from arriving. */
export interface RecordedRequest {
  /** Instant of arrival, in milliseconds of the sandbox's clock. */
  at: number;
  method: string;
  path: string;
  /** Null for a path that is none of the service's. */
  endpoint: Endpoint | null;
  /** Parsed JSON; the text when it is none; null without a body. */
  body: unknown;
  /** Status of the reply; null when none was sent. */
  status: number | null;
  /** Whether there was an `Authorization` header. Its value is not kept. */
  authorized: boolean;
  /** Label of the account whose token it bore; null for no token or an unknown one. */
  account: string | null;
  /** The fault it met. */
  fault: Fault["kind"] | null;
}

/** What really happened. */
export interface SandboxRecord {
  readonly rings: readonly Ring[];
  readonly requests: readonly RecordedRequest[];
  /** TCP connections that were accepted. */
  readonly connections: number;
}
