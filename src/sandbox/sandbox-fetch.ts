import { createServer } from "node:net";
import type { Clock } from "../clock.js";
import { routeOf } from "./endpoint.js";
import type { FaultPlan } from "./fault-plan.js";
import { type HeldRequests, TICKET_HEADER } from "./held-requests.js";
import type { RecordedRequest } from "./record.js";
import type { Hold, VirtualClock } from "./virtual-clock.js";

/** What the sandbox's fetch works with. */
export interface FetchSetting {
  origin: string;
  clock: Clock;
  plan: FaultPlan;
  held: HeldRequests;
  requests: RecordedRequest[];
}

/** The global fetch, which keeps virtual time still while a request is on its way, and can be refused. */
export function createSandboxFetch(setting: FetchSetting): typeof globalThis.fetch {
  return (input, init) => {
    const request = (hold?: Hold) => dispatch(setting, input, init, hold);
    return isVirtual(setting.clock) ? setting.clock.hold((hold) => whole(request(hold))) : request();
  };
}

export function isVirtual(clock: Clock): clock is VirtualClock {
  return "hold" in clock;
}

async function dispatch(
  setting: FetchSetting,
  input: Parameters<typeof globalThis.fetch>[0],
  init: Parameters<typeof globalThis.fetch>[1],
  hold: Hold | undefined,
): Promise<Response> {
  const url = new URL(input instanceof Request ? input.url : input);
  if (url.origin !== setting.origin) return globalThis.fetch(input, init);
  const method = (init?.method ?? (input instanceof Request ? input.method : "GET")).toUpperCase();
  const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
  const { endpoint } = routeOf(method, url.pathname);
  const fault = setting.plan.choose({ endpoint, method, path: url.pathname });
  if (fault?.kind === "refused") {
    setting.requests.push({
      at: setting.clock.now(),
      method,
      path: url.pathname,
      endpoint,
      body: null,
      status: null,
      authorized: headers.has("authorization"),
      account: null,
      fault: "refused",
    });
    url.port = String(await closedPort());
    return globalThis.fetch(input instanceof Request ? new Request(url, input) : url, init);
  }
  headers.set(TICKET_HEADER, setting.held.issue({ fault, hold }));
  return globalThis.fetch(input, { ...init, headers });
}

/** Waits for the body too: what the caller then reads is there already, and takes no time on the clock. */
async function whole(pending: Promise<Response>): Promise<Response> {
  const response = await pending;
  await response
    .clone()
    .arrayBuffer()
    .catch(() => undefined); // The caller's own reading fails in the same way.
  return response;
}

/** A port of this machine on which nobody listens: it was free a moment ago. */
function closedPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
