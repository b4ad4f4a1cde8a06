import { getEventListeners } from "node:events";
import type net from "node:net";
import { Agent } from "undici";
import { describe, expect, it } from "vitest";
import { PollyReachClient, type PollyReachClientOptions } from "../../src/client/client.js";
import { SubmissionUnknownError } from "../../src/client/errors.js";
import { instantClock } from "./instant-clock.js";
import { httpReply, type RawRequest, withRawService } from "./raw-service.js";

const TOKEN = "line-token-0123456789";
const ACCEPTED = httpReply("200 OK", '{"status":true,"task_id":"t1"}');
const PENDING = '{"message":"","done":false}';

async function withClient<T>(
  options: PollyReachClientOptions,
  use: (client: PollyReachClient) => Promise<T>,
) {
  const client = new PollyReachClient({ token: TOKEN, clock: instantClock(), ...options });
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

describe("one message is one POST on the wire", () => {
  const misfortunes: Record<string, (socket: net.Socket) => void> = {
    "a reset instead of a reply": (socket) => socket.resetAndDestroy(),
    "a hang-up instead of a reply": (socket) => socket.end(),
    "a reply cut off in its headers": (socket) => socket.end(ACCEPTED.slice(0, 30)),
    "a reply cut off in its body": (socket) => socket.end(ACCEPTED.slice(0, -4)),
    "bytes that are no HTTP": (socket) => socket.end("SSH-2.0-OpenSSH_9\r\n"),
    "421, after which fetch itself repeats a request": (socket) =>
      socket.write(httpReply("421 Misdirected", "{}")),
    "a proxy asking for a password": (socket) => socket.write(httpReply("407 Proxy", "{}")),
    "a redirect that would repeat the POST": (socket) =>
      socket.write(httpReply("307 Temporary", "{}", { location: "/elsewhere" })),
    "a hint to retry": (socket) => socket.write(httpReply("503 Busy", "{}", { "retry-after": "0" })),
    "headers that never come": () => undefined,
    "a body that never ends": (socket) => socket.write(ACCEPTED.slice(0, -4)),
  };

  it.each(Object.keys(misfortunes))("under %s", async (name) => {
    await withRawService(
      ({ socket }) => misfortunes[name]?.(socket),
      async (service) => {
        const timeouts = { headersMs: 300, bodyMs: 300 };
        await withClient({ baseUrl: service.baseUrl, timeouts }, async (client) => {
          await expect(client.send("Call Ada")).rejects.toBeInstanceOf(SubmissionUnknownError);
        });
        expect(service.requests.map(({ line }) => line)).toEqual([
          "POST /chat/openclaw/completions HTTP/1.1",
        ]);
      },
    );
  });

  it("although a bare fetch over an Agent does repeat it after a 421", async () => {
    await withRawService(
      ({ socket }) => socket.write(httpReply("421 Misdirected", "{}")),
      async (service) => {
        const dispatcher = new Agent();
        const init = Object.assign<RequestInit, object>({ method: "POST", body: "{}" }, { dispatcher });
        await fetch(service.baseUrl, init).then((reply) => reply.text());
        await dispatcher.close();
        expect(service.requests).toHaveLength(2);
      },
    );
  });

  it("also over a kept connection that breaks at that moment", async () => {
    await withRawService(
      ({ socket, number }) =>
        number === 1 ? socket.write(httpReply("200 OK", PENDING)) : socket.resetAndDestroy(),
      async (service) => {
        await withClient({ baseUrl: service.baseUrl }, async (client) => {
          await client.query();
          await expect(client.send("Call Ada")).rejects.toBeInstanceOf(SubmissionUnknownError);
        });
        expect(service.requests).toHaveLength(2);
        expect(service.connections).toBe(1);
      },
    );
  });

  it("also for a registration", async () => {
    await withRawService(
      ({ socket }) => socket.write(httpReply("421 Misdirected", "{}")),
      async (service) => {
        await withClient({ baseUrl: service.baseUrl }, async (client) => {
          await expect(client.register({ name: "Ada", again: true })).rejects.toMatchObject({
            code: "registration_unknown",
            retryable: false,
          });
        });
        expect(service.requests).toHaveLength(1);
      },
    );
  });
});

describe("a whole call", () => {
  const answer = (polls: number) => {
    return ({ line, socket, number }: RawRequest) => {
      const hint = { "keep-alive": "timeout=2", connection: "keep-alive" };
      if (line.includes("completions")) return socket.write(httpReply("200 OK", '{"status":true}', hint));
      const reply = number > polls ? '{"message":"Booked.","done":true}' : PENDING;
      return socket.write(httpReply("200 OK", reply, hint));
    };
  };

  it("goes over one connection, also where the service hints at closing it after 2 s", async () => {
    await withRawService(answer(40), async (service) => {
      await withClient({ baseUrl: service.baseUrl }, async (client) => {
        await client.send("Call Ada");
        expect(await client.waitForResult()).toMatchObject({ done: true, message: "Booked.", polls: 40 });
        await client.query();
      });
      expect(service.requests).toHaveLength(42);
      expect(service.connections).toBe(1);
    });
  });

  it("which an Agent with its defaults would not do", async () => {
    await withRawService(answer(5), async (service) => {
      const dispatcher = new Agent();
      const borrowed = (url: string, init: RequestInit) => fetch(url, Object.assign(init, { dispatcher }));
      await withClient({ baseUrl: service.baseUrl, fetch: borrowed }, async (client) => {
        await client.waitForResult();
      });
      await dispatcher.close();
      expect(service.connections).toBe(service.requests.length);
    });
  });
});

describe("a signal that outlives many requests", () => {
  it("gathers no listeners, and still cancels the request under way", async () => {
    const stop = new AbortController();
    await withRawService(
      ({ socket, number }) => {
        if (number <= 20) socket.write(httpReply("200 OK", PENDING));
        else stop.abort(new Error("enough"));
      },
      async (service) => {
        await withClient({ baseUrl: service.baseUrl }, async (client) => {
          for (let read = 0; read < 20; read++) await client.query({ signal: stop.signal });
          expect(getEventListeners(stop.signal, "abort")).toEqual([]);
          await expect(client.query({ signal: stop.signal })).rejects.toMatchObject({ code: "aborted" });
        });
      },
    );
  });
});

describe("redirects", () => {
  it("are followed by a read within its origin, with the token", async () => {
    await withRawService(
      ({ socket, number }) =>
        socket.write(
          number === 1
            ? httpReply("301 Moved", "", { location: "/v2/credits/balance" })
            : httpReply("200 OK", '{"balance":1,"amount":2}'),
        ),
      async (service) => {
        await withClient({ baseUrl: service.baseUrl }, async (client) => {
          expect(await client.balance()).toEqual({ balance: 1, amount: 2 });
        });
        expect(service.requests[1]?.line).toBe("GET /v2/credits/balance HTTP/1.1");
        expect(service.requests[1]?.text).toContain(`Bearer ${TOKEN}`);
      },
    );
  });

  it("never reach another origin, nor go round for ever", async () => {
    await withRawService(
      ({ socket }) => socket.write(httpReply("200 OK", "{}")),
      async (elsewhere) => {
        for (const location of [`${elsewhere.baseUrl}/steal`, "/credits/balance", "http://%"]) {
          await withRawService(
            ({ socket }) => socket.write(httpReply("302 Found", "", { location })),
            async (service) => {
              await withClient({ baseUrl: service.baseUrl }, async (client) => {
                await expect(client.balance()).rejects.toMatchObject({ code: "redirected", status: 302 });
              });
              expect(service.requests.length).toBeLessThanOrEqual(4);
            },
          );
        }
        expect(elsewhere.requests).toEqual([]);
      },
    );
  });
});

describe("replies without end", () => {
  it("are cut off at 10 MB, packed or not", async () => {
    const { gzipSync } = await import("node:zlib");
    const packed = gzipSync(Buffer.alloc(11 * 1024 * 1024, " "));
    await withRawService(
      ({ socket }) => {
        const head = `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${packed.length}\r\n\r\n`;
        socket.write(Buffer.concat([Buffer.from(head), packed]));
      },
      async (service) => {
        await withClient({ baseUrl: service.baseUrl }, async (client) => {
          await expect(client.unreadInbound()).rejects.toMatchObject({
            code: "invalid_reply",
            message: expect.stringContaining("too long"),
          });
        });
      },
    );
  });

  it("do not hold an injected fetch up for ever", async () => {
    const stuck = () => new Promise<Response>(() => undefined);
    await withClient({ fetch: stuck, timeouts: { totalMs: 20 } }, async (client) => {
      await expect(client.balance()).rejects.toMatchObject({ code: "connection_failed", retryable: true });
    });
  });
});

describe("unread messages cut off half-way", () => {
  it("are not asked for again, and what arrived is kept", async () => {
    const reply = httpReply(
      "200 OK",
      '{"success":true,"messages":[{"content":"Ring me","from_phone":"+1"},{"con"}]}',
    );
    await withRawService(
      ({ socket }) => socket.end(reply.slice(0, -8)),
      async (service) => {
        await withClient({ baseUrl: service.baseUrl }, async (client) => {
          const error = await client.unreadInbound().catch((thrown: unknown) => thrown);
          expect(error).toMatchObject({ code: "invalid_reply", retryable: false });
          expect(error).toHaveProperty("received", expect.stringContaining('{"content":"Ring me"'));
          expect(JSON.stringify(error)).not.toContain("Ring me");
        });
        expect(service.requests).toHaveLength(1);
      },
    );
  });
});
