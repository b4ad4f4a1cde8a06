import type { Clock } from "../clock.js";
import type { Endpoint } from "./endpoint.js";
import type { Fault } from "./fault.js";
import type { IncomingCall } from "./incoming.js";
import type { SandboxRecord } from "./record.js";
import type { VirtualClock } from "./virtual-clock.js";

/** What a client of the sandbox is made with. */
export interface SandboxClientOptions {
  token: string;
  baseUrl: string;
  fetch: typeof globalThis.fetch;
  clock: Clock;
}

/** A running simulation of the service. `C` is its kind of clock. */
export interface Sandbox<C extends Clock = VirtualClock> extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** The address that the service's paths are appended to. */
  readonly baseUrl: string;
  /** Token of the first account, ready for calls. */
  readonly token: string;
  readonly clock: C;
  /** The global fetch; on a virtual clock, time stands still while a request is on its way. */
  readonly fetch: typeof globalThis.fetch;
  readonly record: SandboxRecord;
  /** To be spread into a client's options. Default: the first account's token. */
  clientOptions(token?: string): SandboxClientOptions;
  /** How often this number rang, in any notation; without one, how often any phone rang. */
  rings(phone?: string): number;
  /** The account's credits, as the service would say now. Default: the first account. */
  balance(account?: string): number;
  /** The human pays: so many credits more. */
  topUp(credits: number, account?: string): void;
  /** The human signs in: a registered account gets its number. @returns the number, E.164. */
  activate(token: string): string;
  /** The token is no longer valid: every request with it gets a 401. */
  revoke(token: string): void;
  /** A call comes in, at once or at its time. */
  receive(call: IncomingCall): void;
  /** The prompt by which the account's calls are answered; null while none was set. */
  answeringPrompt(account?: string): string | null;
  /** The next requests to this endpoint (`times`, default 1; after `skip` others) meet this fault. */
  inject(endpoint: Endpoint, fault: Fault, options?: { times?: number; skip?: number }): void;
  /** Stops listening: every connection, from anywhere, is refused until `comeBack`. */
  goOffline(): Promise<void>;
  /** Listens again, on the same port. */
  comeBack(): Promise<void>;
  close(): Promise<void>;
}
