import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Clock } from "../clock.js";
import type { Fault } from "./fault.js";
import type { Reply } from "./service.js";
import type { Hold } from "./virtual-clock.js";
import { withWrongTypes } from "./wrong-types.js";

/** A reply on its way out. */
export interface Delivery {
  request: IncomingMessage;
  response: ServerResponse;
  clock: Clock;
  /** The hold of the request's sender, let go while the reply is kept back. */
  hold: Hold | undefined;
  /** Aborted when the sandbox closes. */
  closing: AbortSignal;
}

/** Sends the reply, or what the fault makes of it. @returns the status that was sent, null for none. */
export async function deliver(
  reply: Reply,
  fault: Fault | undefined,
  delivery: Delivery,
): Promise<number | null> {
  switch (fault?.kind) {
    case undefined:
      return write(delivery, reply.status, JSON.stringify(reply.body));
    case "refused":
    case "reset":
      return reset(delivery);
    case "slow":
      if (await hasLeft(delivery, fault.ms)) return null;
      return write(delivery, reply.status, JSON.stringify(reply.body));
    case "hang":
      await hasLeft(delivery, fault.ms);
      return reset(delivery);
    case "status": {
      const body = fault.body ?? { detail: STATUS_CODES[fault.status] ?? "Error" };
      const headers = fault.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) };
      return write(delivery, fault.status, typeof body === "string" ? body : JSON.stringify(body), headers);
    }
    case "html":
      return write(delivery, fault.status, HTML_PAGE, { "content-type": "text/html" });
    case "truncated_json": {
      const text = JSON.stringify(reply.body);
      return write(delivery, reply.status, text.slice(0, Math.ceil(text.length / 2)));
    }
    case "wrong_types":
      return write(delivery, reply.status, JSON.stringify(withWrongTypes(reply.body)));
    case "redirect":
      return write(delivery, fault.status, "", { location: fault.to });
    case "detail":
      return write(delivery, 200, JSON.stringify({ detail: fault.detail }));
  }
}

const HTML_PAGE =
  "<!doctype html><html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>";

function write(
  { response }: Delivery,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): number {
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
  return status;
}

function reset({ request }: Delivery): null {
  request.socket.resetAndDestroy();
  return null;
}

/** Keeps the reply back. @returns whether the client has gone, or the sandbox closed, meanwhile. */
async function hasLeft({ response, clock, hold, closing }: Delivery, ms: number): Promise<boolean> {
  const left = new AbortController();
  response.once("close", () => left.abort());
  const sleep = () => clock.sleep(ms, AbortSignal.any([left.signal, closing]));
  await (hold ? hold.suspend(sleep) : sleep()).catch(() => undefined);
  return left.signal.aborted || closing.aborted;
}
