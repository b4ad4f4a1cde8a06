import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { PollyReachClient } from "../../src/client/client.js";
import type { RequestReport } from "../../src/client/transport.js";
import { instantClock } from "./instant-clock.js";

const TOKEN = "canary-token-0123456789";
const echo =
  (status: number, contentType = "application/json") =>
  async (_url: string, init: RequestInit) => {
    const sent = JSON.stringify(init.headers);
    const body = JSON.stringify({ detail: `you sent ${sent}`, message: `you sent ${sent}`, status: false });
    return new Response(body, {
      status,
      headers: { "content-type": contentType, location: `https://x/?${TOKEN}` },
    });
  };

/** Ways in which a service, or a fetch, could hand the token back. */
const channels: Record<string, (url: string, init: RequestInit) => Promise<Response>> = {
  "200": echo(200),
  "302": echo(302),
  "400": echo(400),
  "401": echo(401),
  "402": echo(402),
  "409": echo(409),
  "429": echo(429),
  "500": echo(500),
  garbled: async () => new Response(`<html>${TOKEN}`),
  "cut off": async () => {
    const pieces = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(`{"messages":["${TOKEN}`));
      },
      pull(controller) {
        controller.error(new Error(`lost ${TOKEN}`));
      },
    });
    return new Response(pieces);
  },
  "a fetch that tells all": async (_url, init) => {
    const config = { request: { headers: init.headers }, list: [[[TOKEN]]] };
    throw Object.assign(new Error(`request failed: Bearer ${TOKEN}`), { config, code: "ECONNRESET" });
  },
  "a fetch that throws no error": async () => Promise.reject(`Bearer ${TOKEN}`),
};

describe("the token", () => {
  it.each(Object.keys(channels))(
    "is in no error, value or report when the service plays %s",
    async (name) => {
      const reports: RequestReport[] = [];
      const client = new PollyReachClient({
        token: TOKEN,
        clock: instantClock(),
        random: () => 0.5,
        onRequest: (report) => reports.push(report),
        ...(channels[name] === undefined ? {} : { fetch: channels[name] }),
      });
      const ends = await Promise.allSettled([
        client.register({ name: "Ada", again: true }),
        client.activationStatus(),
        client.send("Call Ada"),
        client.query(),
        client.balance(),
        client.unreadInbound(),
        client.updateAnsweringPrompt("You answer."),
        client.waitForResult({ limitMs: 10_000 }),
      ]);
      expect(ends).toHaveLength(8);
      expect(reports.length).toBeGreaterThanOrEqual(7);
      const received = ends.map((end) => (end.status === "rejected" ? end.reason.received : undefined));
      const everything = [client, ends, reports, received];
      expect(inspect(everything, { depth: 20, showHidden: true, maxStringLength: null })).not.toContain(
        TOKEN,
      );
      const stacks = ends.map((end) =>
        end.status === "rejected" ? `${end.reason.stack} ${end.reason}` : "",
      );
      expect(JSON.stringify([client, ends, reports, stacks])).not.toContain(TOKEN);
    },
  );

  it("does go out in the header, and a listener that throws does no harm", async () => {
    const seen: unknown[] = [];
    const client = new PollyReachClient({
      token: TOKEN,
      fetch: async (_url, init) => {
        seen.push(new Headers(init.headers).get("authorization"));
        return Response.json({ balance: 1, amount: 2 });
      },
      onRequest: () => {
        throw new Error("listener");
      },
    });
    expect(await client.balance()).toEqual({ balance: 1, amount: 2 });
    expect(seen).toEqual([`Bearer ${TOKEN}`]);
  });
});
