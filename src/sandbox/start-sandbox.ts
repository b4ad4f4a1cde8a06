import type { Clock } from "../clock.js";
import { checkCount, checkOptions } from "./check-options.js";
import { PREFIXES } from "./endpoint.js";
import { FaultPlan } from "./fault-plan.js";
import { HeldRequests } from "./held-requests.js";
import { HttpEdge } from "./http-edge.js";
import type { SandboxOptions } from "./options.js";
import type { RecordedRequest } from "./record.js";
import type { Sandbox } from "./sandbox.js";
import { createSandboxFetch } from "./sandbox-fetch.js";
import { SandboxService } from "./service.js";
import { createVirtualClock } from "./virtual-clock.js";

const KEEP_ALIVE_MS = 75_000;

/**
 * Starts a simulation of the PollyReach service: a real HTTP server on the loopback interface, with scripted
 * people to call, on a virtual clock unless another one is given. Close it when done.
 * @throws SandboxOptionError for an option that makes no sense.
 */
export function startSandbox(options?: SandboxOptions & { clock?: undefined }): Promise<Sandbox>;
export function startSandbox<C extends Clock>(options: SandboxOptions & { clock: C }): Promise<Sandbox<C>>;
export function startSandbox(options: SandboxOptions): Promise<Sandbox<Clock>>;
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox<Clock>> {
  checkOptions(options);
  const clock = options.clock ?? createVirtualClock();
  const service = new SandboxService(options, clock.now());
  const plan = new FaultPlan(options.faults);
  const held = new HeldRequests();
  const requests: RecordedRequest[] = [];
  const keepAliveMs = options.keepAliveMs ?? KEEP_ALIVE_MS;
  const edge = new HttpEdge({ service, clock, plan, held, requests, keepAliveMs });
  await edge.listen();
  const { url } = edge;
  const baseUrl = `${url}${PREFIXES[0]}`;
  const { token } = service.account();
  const fetch = createSandboxFetch({ origin: url, clock, plan, held, requests });
  const close = () => edge.close();
  return {
    url,
    baseUrl,
    token,
    clock,
    fetch,
    record: {
      rings: service.switchboard.rings,
      requests,
      get connections() {
        return edge.connections;
      },
    },
    clientOptions: (of = token) => ({ token: of, baseUrl, fetch, clock }),
    rings: (phone) => service.switchboard.count(phone),
    balance: (account) => service.account(account).credits(clock.now()).balance,
    topUp(credits, account) {
      checkCount("credits", credits);
      service.account(account).topUp(credits);
    },
    activate: (of) => service.activate(of),
    revoke(of) {
      service.account(of).revoked = true;
    },
    receive: (call) => service.receive(call, clock.now()),
    answeringPrompt: (account) => service.account(account).prompt,
    inject: (endpoint, fault, rule) => plan.add({ endpoint, fault, ...rule }),
    goOffline: () => edge.refuse(),
    comeBack: () => edge.listen(),
    close,
    [Symbol.asyncDispose]: close,
  };
}
