import { request as httpRequest } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { behaviours, type Fault, faults, type Sandbox, startSandbox } from "../../src/sandbox/index.js";
import { ask, json, query, result, send } from "./support.js";

const BRIEFING = "Call: Bistro, 555 0100 100";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({
    people: [{ name: "Bistro", phone: "5550100100", behaviours: [behaviours.agrees()] }],
  });
});
afterEach(() => sandbox.close());

const causeOf = (error: unknown) =>
  error instanceof Error ? (error.cause as { code?: string }).code : undefined;

describe("what the API says, and what rings:", () => {
  it.each<[string, Fault, string, number]>([
    ["a refused connection", faults.refused(), "ECONNREFUSED", 0],
    ["a reset before accepting", faults.resetBeforeAccepting(), "ECONNRESET|UND_ERR_SOCKET", 0],
    ["a reset after accepting", faults.resetAfterAccepting(), "ECONNRESET|UND_ERR_SOCKET", 1],
    ["no reply", faults.hang(), "ECONNRESET|UND_ERR_SOCKET", 0],
    ["no reply although accepted", faults.hang({ accepted: true }), "ECONNRESET|UND_ERR_SOCKET", 1],
  ])("%s", async (_, fault, code, rings) => {
    sandbox.inject("send", fault);
    const error: unknown = await send(sandbox, BRIEFING).catch((reason: unknown) => reason);
    expect(causeOf(error)).toMatch(new RegExp(`^(${code})$`));
    expect(sandbox.rings("5550100100")).toBe(rings);
    expect(sandbox.record.requests).toMatchObject([{ endpoint: "send", status: null, fault: fault.kind }]);
    expect((await query(sandbox)).status).toBe(200);
  });

  it.each<[string, Fault, number, RegExp, number]>([
    ["a bad gateway", faults.status(502), 502, /^\{"detail":"Bad Gateway"\}$/, 0],
    ["a bad gateway, accepted", faults.status(502, { accepted: true }), 502, /Bad Gateway/, 1],
    ["a status with a body", faults.status(400, { body: { detail: "no" } }), 400, /^\{"detail":"no"\}$/, 0],
    ["a gateway's page", faults.html(), 502, /^<!doctype html>/, 0],
    ["a page with status 200, accepted", faults.html({ status: 200, accepted: true }), 200, /^<!doctype/, 1],
    ["JSON that breaks off", faults.truncatedJson(), 200, /^\{"status":true,"t?a?s?k?$/, 1],
    ["JSON that breaks off, not accepted", faults.truncatedJson({ accepted: false }), 200, /^\{$/, 0],
    ["wrong types", faults.wrongTypes(), 200, /^\{"status":"maybe","task_id":\{"text":"task-1"\}\}$/, 1],
    ["a detail with status 200", faults.detail200("Out of order"), 200, /^\{"detail":"Out of order"\}$/, 0],
    ["a redirect", faults.redirect("https://example.org/"), 307, /^$/, 0],
  ])("%s", async (_, fault, status, text, rings) => {
    sandbox.inject("send", fault);
    const reply = await send(sandbox, BRIEFING);
    expect(reply.status).toBe(status);
    expect(reply.text).toMatch(text);
    expect(sandbox.rings()).toBe(rings);
    expect(sandbox.record.requests).toMatchObject([{ status, fault: fault.kind }]);
  });

  it("too many requests, with the time to wait", async () => {
    sandbox.inject("query", faults.status(429, { retryAfter: 7 }), { times: 2 });
    const replies = [await query(sandbox), await query(sandbox), await query(sandbox)];
    expect(replies.map(({ status, headers }) => [status, headers.get("retry-after")])).toEqual([
      [429, "7"],
      [429, "7"],
      [200, null],
    ]);
  });

  it("a slow reply takes time on the clock, and the phone rings at once", async () => {
    const start = sandbox.clock.now();
    sandbox.inject("send", faults.slow(45_000));
    await send(sandbox, BRIEFING);
    expect(sandbox.clock.now()).toBe(start + 45_000);
    expect(sandbox.record.rings).toMatchObject([{ at: start }]);
  });

  it("a client with a time limit on the clock gives up on a reply that never comes", async () => {
    sandbox.inject("send", faults.hang({ accepted: true }));
    const limit = new AbortController();
    void sandbox.clock.sleep(30_000).then(() => limit.abort(new Error("30 s are over")));
    const start = sandbox.clock.now();
    const sent = sandbox.fetch(`${sandbox.baseUrl}/chat/openclaw/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${sandbox.token}` },
      body: JSON.stringify({ message: BRIEFING }),
      signal: limit.signal,
    });
    await expect(sent).rejects.toThrow("30 s are over");
    expect(sandbox.clock.now()).toBe(start + 30_000);
    expect(sandbox.rings()).toBe(1);
    expect(await result(sandbox)).toContain("Bistro");
  });

  it("a result that is lost on the way is lost for good where it is served once", async () => {
    await using once = await startSandbox({
      people: [{ name: "Bistro", phone: "5550100100", behaviours: [behaviours.agrees()] }],
      variants: { result: "once" },
      faults: (request) =>
        request.endpoint === "query" && request.ordinal === 2 ? faults.resetAfterAccepting() : undefined,
    });
    await send(once, BRIEFING);
    expect(await json(query(once))).toMatchObject({ done: false });
    await once.clock.advance(600_000);
    await expect(query(once)).rejects.toThrow();
    expect(await json(query(once))).toEqual({ message: "", done: false });
  });

  it("a redirect within the service can be followed, and is one fault only", async () => {
    sandbox.inject("balance", faults.redirect("/platform/v1/credits/balance"));
    const response = await sandbox.fetch(`${sandbox.baseUrl}/credits/balance`, {
      headers: { authorization: `Bearer ${sandbox.token}` },
    });
    expect([response.status, response.redirected]).toEqual([200, true]);
    expect(await response.json()).toEqual({ balance: 800, amount: 800 });
    expect(sandbox.record.requests.map(({ status }) => status)).toEqual([307, 200]);
  });

  it("a plan of faults, each with its place", async () => {
    await using planned = await startSandbox({
      faults: [
        { endpoint: "balance", fault: faults.status(500), skip: 1, times: 2 },
        { fault: faults.status(503) },
        { endpoint: "query", fault: faults.status(504), times: Number.POSITIVE_INFINITY },
      ],
    });
    const statuses: number[] = [];
    for (let n = 0; n < 5; n++) statuses.push((await ask(planned, "GET", "/credits/balance")).status);
    expect(statuses).toEqual([503, 500, 500, 200, 200]);
  });
});

describe("a sandbox that is offline", () => {
  it("refuses every connection, from anywhere, and comes back on the same port", async () => {
    const outside = () =>
      new Promise<number | string | undefined>((resolve) => {
        httpRequest(`${sandbox.baseUrl}/credits/balance`, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on("error", (error: NodeJS.ErrnoException) => resolve(error.code))
          .end();
      });
    expect(await outside()).toBe(401);
    await sandbox.goOffline();
    expect(await outside()).toBe("ECONNREFUSED");
    expect(causeOf(await query(sandbox).catch((reason: unknown) => reason))).toBe("ECONNREFUSED");
    await sandbox.comeBack();
    expect(await outside()).toBe(401);
    expect((await query(sandbox)).status).toBe(200);
  });

  it("lets go of everybody when it closes, also of those it kept waiting", async () => {
    const manual = await startSandbox({ faults: () => faults.hang() });
    const waiting = manual.clock
      .hold(() => fetch(`${manual.baseUrl}/credits/balance`))
      .catch((error) => error);
    while (manual.record.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await manual.close();
    expect(await waiting).toBeInstanceOf(Error);
    await manual.close();
  });
});
