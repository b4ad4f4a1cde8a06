import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Clock } from "../clock.js";
import { deliver } from "./deliver.js";
import { routeOf } from "./endpoint.js";
import type { FaultPlan } from "./fault-plan.js";
import { type HeldRequests, TICKET_HEADER } from "./held-requests.js";
import type { RecordedRequest } from "./record.js";
import type { Reply, SandboxService } from "./service.js";

/** What the HTTP server works with. */
export interface EdgeSetting {
  service: SandboxService;
  clock: Clock;
  plan: FaultPlan;
  held: HeldRequests;
  requests: RecordedRequest[];
  keepAliveMs: number;
}

const LARGEST_BODY_BYTES = 1_000_000;

/** The sandbox's HTTP server on a port of the loopback interface that it keeps over `goOffline`. */
export class HttpEdge {
  readonly #setting: EdgeSetting;
  readonly #server: Server;
  readonly #closing = new AbortController();
  #port = 0;
  #connections = 0;

  constructor(setting: EdgeSetting) {
    this.#setting = setting;
    this.#server = createServer({ keepAliveTimeout: setting.keepAliveMs }, (request, response) => {
      this.#answer(request, response).catch(() => request.socket.destroy());
    });
    this.#server.on("connection", () => {
      this.#connections += 1;
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get connections(): number {
    return this.#connections;
  }

  async listen(): Promise<void> {
    if (this.#server.listening) return;
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(this.#port, "127.0.0.1", () => {
        this.#server.off("error", reject);
        resolve();
      });
    });
    const address = this.#server.address();
    if (typeof address === "object" && address !== null) this.#port = address.port;
  }

  /** Ends the listener and every connection. */
  async refuse(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
    // Clients in this process learn of it in the next turns; until then their pools would reuse a dead connection.
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.refuse();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { clock, plan, held, requests } = this.#setting;
    const method = request.method ?? "GET";
    const [path = "/"] = (request.url ?? "/").split("?");
    const { endpoint } = routeOf(method, path);
    const ticket = held.redeem(request.headers[TICKET_HEADER]);
    const fault = ticket ? ticket.fault : plan.choose({ endpoint, method, path });
    const text = await bodyOf(request);
    const body = text === null ? null : parsed(text);
    const token = tokenIn(request);
    const entry: RecordedRequest = {
      at: clock.now(),
      method,
      path,
      endpoint,
      body,
      status: null,
      authorized: request.headers.authorization !== undefined,
      account: this.#setting.service.labelOf(token),
      fault: fault?.kind ?? null,
    };
    requests.push(entry);
    const isAccepted = fault === undefined || (fault.kind !== "refused" && fault.accepted);
    const reply = isAccepted ? this.#process(method, path, token, body) : NOTHING;
    entry.status = await deliver(reply, fault, {
      request,
      response,
      clock,
      hold: ticket?.hold,
      closing: this.#closing.signal,
    });
  }

  #process(method: string, path: string, token: string | null, body: unknown): Reply {
    const route = routeOf(method, path);
    if (!route.found) {
      const detail = route.status === 404 ? "Not Found" : "Method Not Allowed";
      return { status: route.status, body: { detail } };
    }
    if (method === "POST" && (typeof body !== "object" || body === null)) {
      return { status: 422, body: { detail: "The body is not a JSON object" } };
    }
    const { service, clock } = this.#setting;
    return service.handle({ endpoint: route.endpoint, token, body, now: clock.now() });
  }
}

/** The reply to a request that the service never saw. */
const NOTHING: Reply = { status: 200, body: {} };

function tokenIn({ headers }: IncomingMessage): string | null {
  return /^Bearer\s+(\S+)$/i.exec(headers.authorization ?? "")?.[1] ?? null;
}

/** @throws Error when the client leaves or sends too much. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > LARGEST_BODY_BYTES) throw new Error("The request is too large.");
    chunks.push(chunk);
  }
  return size === 0 ? null : Buffer.concat(chunks).toString("utf8");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
