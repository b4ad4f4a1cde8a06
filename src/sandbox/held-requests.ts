import type { Fault } from "./fault.js";
import type { Hold } from "./virtual-clock.js";

/** The header by which the server recognises a request that `sandbox.fetch` has prepared. */
export const TICKET_HEADER = "x-sandbox-ticket";

/** What `sandbox.fetch` settled about a request before it went out. */
export interface Ticket {
  /** Chosen already, since a refusal has to happen before the request is sent. */
  fault: Fault | undefined;
  /** The hold on virtual time; undefined in real time. */
  hold: Hold | undefined;
}

/** Requests between `sandbox.fetch` and the server. Each ticket is good for one request. */
export class HeldRequests {
  readonly #open = new Map<string, Ticket>();
  #issued = 0;

  issue(ticket: Ticket): string {
    this.#issued += 1;
    const id = String(this.#issued);
    this.#open.set(id, ticket);
    return id;
  }

  redeem(id: string | string[] | undefined): Ticket | undefined {
    if (typeof id !== "string") return undefined;
    const ticket = this.#open.get(id);
    this.#open.delete(id);
    return ticket;
  }
}
