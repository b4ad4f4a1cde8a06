import fc from "fast-check";
import nock from "nock";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { PollyReachClient } from "../../src/client/client.js";
import { parseRetryAfter } from "../../src/client/retry.js";
import { instantClock } from "./instant-clock.js";

const ORIGIN = "https://api.pollyreach.ai";
const BASE = "/platform/v1";
const clock = instantClock();
const client = new PollyReachClient({ token: "line-token-0123456789", clock, random: () => 0.5 });
const balance = () => nock(ORIGIN).get(`${BASE}/credits/balance`);

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  clock.slept.length = 0;
});
afterAll(() => nock.restore());

describe("a read", () => {
  it("is tried again with growing, jittered waits while failures may pass", async () => {
    balance().replyWithError(Object.assign(new Error("reset"), { code: "ECONNRESET" }));
    balance().reply(502, "<html>");
    balance().reply(200, '{"balance":');
    balance().reply(200, { balance: 1, amount: 2 });
    expect(await client.balance()).toEqual({ balance: 1, amount: 2 });
    expect(clock.slept).toEqual([250, 500, 1_000]);
  });

  it("waits at least as long as the service asks, in seconds or until a date", async () => {
    balance().reply(503, {}, { "retry-after": "7" });
    const inTwelveSeconds = Math.ceil(clock.now() / 1_000) * 1_000 + 12_000;
    balance().reply(429, {}, { "retry-after": new Date(inTwelveSeconds).toUTCString() });
    balance().reply(200, { balance: 1, amount: 2 });
    await client.balance();
    expect(clock.slept[0]).toBe(7_000);
    expect(clock.now()).toBe(inTwelveSeconds);
  });

  it("reports a wait that is too long instead of waiting", async () => {
    balance().reply(429, {}, { "retry-after": "3600" });
    await expect(client.balance()).rejects.toMatchObject({ code: "rate_limited", retryAfterMs: 3_600_000 });
    expect(clock.slept).toEqual([]);
  });

  it.each<[number, string | object, string]>([
    [401, {}, "authentication"],
    [403, {}, "authentication"],
    [402, { detail: "No credits" }, "request_rejected"],
    [404, { detail: "Not Found" }, "request_rejected"],
  ])("is not tried again after a %d", async (status, body, code) => {
    balance().reply(status, body);
    await expect(client.balance()).rejects.toMatchObject({
      code,
      status,
      endpoint: "balance",
      retryable: false,
    });
  });

  it.each<[string, string | object, string, string]>([
    ["a web page", "<html>Sign in</html>", "invalid_reply", "web page"],
    ["wrong types", { balance: "690", amount: 800 }, "invalid_reply", "`balance`"],
    ["nothing", "", "invalid_reply", "empty"],
    ["a failure in its own words", { detail: "Account\nlocked" }, "service_error", "Account locked"],
  ])("gives up on %s in the end, and says what came", async (_what, body, code, words) => {
    balance().times(4).reply(200, body);
    await expect(client.balance()).rejects.toMatchObject({ code, message: expect.stringContaining(words) });
  });

  it("stops waiting when it is cancelled", async () => {
    const stop = new AbortController();
    balance().reply(() => {
      stop.abort(new Error("enough"));
      return [500, "{}"];
    });
    await expect(client.balance({ signal: stop.signal })).rejects.toMatchObject({
      code: "aborted",
      name: "AbortError",
    });
  });
});

describe("registering", () => {
  const register = () => nock(ORIGIN).post(`${BASE}/auths/signin/device`);
  const anew = () => client.register({ name: "Ada", again: true });

  it("is repeated after a 429 only, and says so where an account may have been made", async () => {
    register().reply(429, {}, { "retry-after": "1" });
    register().reply(200, { agent: { token: "brand-new-token-77" } });
    expect((await anew()).token).toBe("brand-new-token-77");
    for (const [status, body] of [
      [500, "{}"],
      [200, '{"agent":{"token":"brand-new'],
      [200, '{"agent":{}}'],
      [307, ""],
    ] as const) {
      register().reply(status, body);
      await expect(anew()).rejects.toMatchObject({ code: "registration_unknown", retryable: false });
    }
    register().reply(422, { detail: "name is taken" });
    await expect(anew()).rejects.toMatchObject({ code: "request_rejected", status: 422 });
  });
});

describe("unread messages", () => {
  const unread = () => nock(ORIGIN).get(`${BASE}/sms_messages/unread`);

  it("come whole in either known shape, also beside odd ones", async () => {
    const text = { content: "Ring me", from_phone: "+12025550123", id: 9, received_at: "2026-03-17" };
    const odd = [null, "a bare text", 42, { content: 7, from_phone: ["+1"] }];
    unread().reply(200, { success: true, messages: [text, ...odd], next: "x" });
    const messages = await client.unreadInbound();
    expect(messages.map(({ raw }) => raw)).toEqual([text, ...odd]);
    expect(messages[0]).toEqual({ content: "Ring me", from: "+12025550123", raw: text });
    expect(messages[2]).toEqual({ content: "a bare text", raw: "a bare text" });

    const call = {
      call_id: "c1",
      from: "+12025550123",
      to: "+12025550199",
      status: "completed",
      summary: "Asked for prices.",
      transcript: "Caller: Hi",
      recording_url: "https://pollyreach.ai/recordings/c1.mp3",
      detail_url: "https://pollyreach.ai/calls/c1",
      duration: 31,
    };
    unread().reply(200, call);
    expect(await client.unreadInbound()).toEqual([
      {
        callId: "c1",
        from: "+12025550123",
        to: "+12025550199",
        status: "completed",
        summary: "Asked for prices.",
        transcript: "Caller: Hi",
        recordingUrl: "https://pollyreach.ai/recordings/c1.mp3",
        detailUrl: "https://pollyreach.ai/calls/c1",
        raw: call,
      },
    ]);
    for (const nothing of ["", "null", "[]", "{}", '{"success":true,"messages":[]}', '{"messages":null}']) {
      unread().reply(200, nothing);
      expect(await client.unreadInbound()).toEqual([]);
    }
  });

  it.each<[number, string]>([
    [200, '{"success":false,"message":"not yet"}'],
    [200, '{"calls":[{"who":"+1"}]}'],
    [200, "<html>"],
    [500, '{"messages":[{"content":"x"}]}'],
  ])(
    "that may have been consumed unseen are a loud error that keeps all of it: %d %s",
    async (status, body) => {
      unread().reply(status, body);
      await expect(client.unreadInbound()).rejects.toMatchObject({ received: body, retryable: false });
    },
  );

  it("are asked for again where none were served", async () => {
    unread().reply(429, {}, { "retry-after": "1" });
    unread().reply(503, {});
    unread().reply(200, { success: true, messages: [] });
    expect(await client.unreadInbound()).toEqual([]);
  });
});

describe("Retry-After", () => {
  const now = Date.UTC(2026, 2, 17);

  it("is seconds or an HTTP date, and anything else is none", () => {
    fc.assert(
      fc.property(fc.nat({ max: 80_000 }), (seconds) => {
        expect(parseRetryAfter(String(seconds), now)).toBe(seconds * 1_000);
        expect(parseRetryAfter(new Date(now + seconds * 1_000).toUTCString(), now)).toBe(seconds * 1_000);
        expect(parseRetryAfter(new Date(now - seconds * 1_000).toUTCString(), now)).toBe(0);
      }),
    );
    for (const nonsense of [null, "", "-1", "1.5", "soon", "2026-03-17", "1e9", "Infinity", "Mon, what"]) {
      expect(parseRetryAfter(nonsense, now)).toBeUndefined();
    }
  });

  it("is never negative, nor longer than a day, whatever the header says", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.bigInt({ min: 0n }).map(String)), (text) => {
        const ms = parseRetryAfter(text, now);
        expect(ms === undefined || (ms >= 0 && ms <= 86_400_000)).toBe(true);
      }),
    );
  });
});
