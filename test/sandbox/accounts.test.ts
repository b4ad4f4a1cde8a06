import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { behaviours, startSandbox } from "../../src/sandbox/index.js";
import { ask, json, send } from "./support.js";

const REGISTRATION = { name: "Otter", source: "openclaw", description: "what are you" };
const STATUS_PATH = "/auths/signin/device/activation-status";
const people = [{ name: "Bistro", phone: "5550100", behaviours: [behaviours.agrees()] }];

async function register(sandbox: Parameters<typeof ask>[0]): Promise<string> {
  const reply = await json(ask(sandbox, "POST", "/auths/signin/device", REGISTRATION, ""));
  expect(reply).toEqual({
    agent: { token: expect.any(String), activation_url: expect.stringMatching(/^https:.*\?code=.+/) },
    important: expect.any(String),
  });
  return (reply.agent as { token: string }).token;
}

describe("an account", () => {
  it("has no number and makes no call until its human has signed in", async () => {
    await using sandbox = await startSandbox({ people });
    const token = await register(sandbox);
    expect(await json(ask(sandbox, "GET", STATUS_PATH, undefined, token))).toEqual({
      status: "active",
      ai_virtual_phone: null,
    });
    expect((await send(sandbox, "Call: Bistro", token)).status).toBe(403);
    const number = sandbox.activate(token);
    expect(number).toMatch(/^\+1\d{10}$/);
    expect(await json(ask(sandbox, "GET", STATUS_PATH, undefined, token))).toMatchObject({
      ai_virtual_phone: number,
    });
    expect(await json(send(sandbox, "Call: Bistro", token))).toMatchObject({ status: true });
    expect(sandbox.record.rings).toMatchObject([{ account: "line-2" }]);
  });

  it.each([
    [{ afterPolls: 3 }, 2, 0],
    [{ afterMs: 60_000 }, 0, 60_000],
  ])("can be activated by itself: %j", async (activation, pollsBefore, msBefore) => {
    await using sandbox = await startSandbox({ people, activation });
    const token = await register(sandbox);
    const status = () => json(ask(sandbox, "GET", STATUS_PATH, undefined, token));
    for (let poll = 0; poll < pollsBefore; poll++) expect((await status()).ai_virtual_phone).toBeNull();
    await sandbox.clock.advance(msBefore);
    expect((await status()).ai_virtual_phone).toMatch(/^\+1/);
  });

  it("is closed to strangers and to a token that was revoked", async () => {
    await using sandbox = await startSandbox({ people });
    const paths = [STATUS_PATH, "/credits/balance", "/sms_messages/unread"];
    for (const path of paths)
      expect((await ask(sandbox, "GET", path, undefined, "stranger")).status).toBe(401);
    sandbox.revoke(sandbox.token);
    for (const path of paths) expect((await ask(sandbox, "GET", path)).status).toBe(401);
    expect((await send(sandbox, "Call: Bistro")).status).toBe(401);
    expect(sandbox.rings()).toBe(0);
  });

  it("is recorded by its label, never by its token", async () => {
    await using sandbox = await startSandbox({ people, token: "very-secret" });
    await send(sandbox, "Call: Bistro");
    await ask(sandbox, "GET", "/credits/balance", undefined, "unheard-of");
    expect(JSON.stringify(sandbox.record)).not.toMatch(/very-secret|unheard-of/);
    expect(sandbox.record.requests).toMatchObject([
      {
        method: "POST",
        endpoint: "send",
        authorized: true,
        account: "line-1",
        body: { message: "Call: Bistro" },
      },
      { method: "GET", endpoint: "balance", authorized: true, account: null, status: 401 },
    ]);
  });

  it("answers calls by the prompt that was set last", async () => {
    await using sandbox = await startSandbox({ people });
    const path = "/users/phone/pollyreach/update";
    expect(sandbox.answeringPrompt()).toBeNull();
    expect(await json(ask(sandbox, "POST", path, { prompt: "Take messages." }))).toMatchObject({
      status: true,
    });
    expect((await ask(sandbox, "POST", path, { prompt: " " })).status).toBe(422);
    expect(sandbox.answeringPrompt()).toBe("Take messages.");
    const token = await register(sandbox);
    expect(await json(ask(sandbox, "POST", path, { prompt: "Hello." }, token))).toEqual({
      detail: expect.any(String),
    });
  });
});

describe("virtual time", () => {
  it("stands still until a reply is there to its last byte", async () => {
    await using sandbox = await startSandbox();
    const halting = createServer(async (_, response) => {
      response.write("first half, ");
      for (let turn = 0; turn < 300; turn++) await new Promise((resolve) => setImmediate(resolve));
      response.end("second half");
    }).listen(0, "127.0.0.1");
    await once(halting, "listening");
    const start = sandbox.clock.now();
    void sandbox.clock.sleep(1000);
    const response = await sandbox.fetch(`http://127.0.0.1:${(halting.address() as AddressInfo).port}/`);
    expect([await response.text(), sandbox.clock.now()]).toEqual(["first half, second half", start]);
    halting.close();
  });
});

describe("a request that makes no sense", () => {
  it.each([
    ["no such path", "GET", "/nowhere", undefined, 404],
    ["the wrong method", "GET", "/chat/openclaw/query", undefined, 405],
    ["no body", "POST", "/chat/openclaw/completions", undefined, 422],
    ["no object", "POST", "/chat/openclaw/completions", "Call: Bistro", 422],
    ["no message", "POST", "/chat/openclaw/completions", { text: "Call: Bistro" }, 422],
    ["a message that is no text", "POST", "/chat/openclaw/completions", { message: 7 }, 422],
    ["a registration without a name", "POST", "/auths/signin/device", { ...REGISTRATION, name: "" }, 422],
  ] as const)("is turned down: %s", async (_, method, path, body, status) => {
    await using sandbox = await startSandbox({ people });
    const reply = await ask(sandbox, method, path, body);
    expect([reply.status, JSON.parse(reply.text)]).toEqual([status, { detail: expect.any(String) }]);
    expect(sandbox.rings()).toBe(0);
  });
});
