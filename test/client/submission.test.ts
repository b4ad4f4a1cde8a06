import nock from "nock";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { PollyReachClient } from "../../src/client/client.js";
import { SubmissionUnknownError } from "../../src/client/errors.js";
import { instantClock } from "./instant-clock.js";

const ORIGIN = "https://api.pollyreach.ai";
const PATH = "/platform/v1/chat/openclaw/completions";
const clock = instantClock();
const client = new PollyReachClient({ token: "line-token-0123456789", clock, random: () => 0.5 });
const post = () => nock(ORIGIN).post(PATH);

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
  clock.slept.length = 0;
});
afterAll(() => nock.restore());

describe("a message that was turned away", () => {
  it.each([
    ["A call is in progress, please wait.", "line_busy"],
    ["Your current task is not finished", "line_busy"],
    ["Insufficient credits", "insufficient_credits"],
    ["Your balance is 0, please top up", "insufficient_credits"],
    ["We do not place such calls.", "refused"],
  ])("reads %j as %s", async (message, reason) => {
    post().reply(200, { status: false, message, task_id: "t9" });
    expect(await client.send("Call Ada")).toEqual({ accepted: false, reason, message, taskId: "t9" });
  });

  it.each([
    [402, { detail: "pay first" }, "insufficient_credits"],
    [403, { detail: "insufficient credits" }, "insufficient_credits"],
    [409, { detail: "another call is in progress" }, "line_busy"],
    [400, { message: "A call is in progress" }, "line_busy"],
  ])("reads status %d with %j as %s", async (status, body, reason) => {
    post().reply(status, body);
    expect(await client.send("Call Ada")).toMatchObject({ accepted: false, reason });
  });

  it("waits as long as a 429 asks, and reports a busy line when it is still turned away", async () => {
    post().reply(429, {}, { "retry-after": "2" });
    post().reply(200, { status: true, task_id: "t" });
    expect(await client.send("Call Ada")).toEqual({ accepted: true, taskId: "t" });
    expect(clock.slept).toEqual([2_000]);

    post().reply(429, { message: "Slow down" }, { "retry-after": "120" });
    expect(await client.send("Call Ada")).toEqual({
      accepted: false,
      reason: "line_busy",
      message: "Slow down",
      retryAfterMs: 120_000,
    });
    expect(clock.slept).toEqual([2_000]);
  });

  it.each([400, 401, 403, 404, 405, 413, 422])("knows from a %d that no phone rings", async (status) => {
    post().reply(status, { detail: "no" });
    await expect(client.send("Call Ada")).rejects.toMatchObject({ status, sent: "no", retryable: false });
  });
});

describe("a message that may have been taken on", () => {
  it.each<[string, number, string | object]>([
    ["a gateway's error page", 502, "<html>Bad gateway</html>"],
    ["an overloaded service", 503, { message: "A call is in progress" }],
    ["a timeout status", 408, ""],
    ["a conflict without words", 409, {}],
    ["a web page", 200, "<!doctype html><title>Sign in</title>"],
    ["JSON cut off", 200, '{"status":tru'],
    ["an empty reply", 200, ""],
    ["no content", 204, ""],
    ["wrong types", 200, { status: "true", task_id: "t" }],
    ["a detail instead of a status", 200, { detail: "Internal error" }],
    ["a redirect", 302, ""],
  ])("does not send it again after %s", async (_what, status, body) => {
    post().reply(status, body, { location: `${ORIGIN}${PATH}`, "retry-after": "1" });
    const error = await client.send("Call Ada").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SubmissionUnknownError);
    expect(error).toMatchObject({
      code: "submission_unknown",
      retryable: false,
      sent: "maybe",
      replyStatus: status,
    });
    expect(error).not.toHaveProperty("status");
  });
});

describe("a message that never left", () => {
  const failing = (failure: Error) => {
    let requests = 0;
    const broken = new PollyReachClient({
      token: "line-token-0123456789",
      clock,
      random: () => 0.5,
      fetch: async () => {
        requests++;
        throw new TypeError("fetch failed", { cause: failure });
      },
    });
    return { broken, count: () => requests };
  };
  const coded = (code: string, syscall = "read") => Object.assign(new Error(code), { code, syscall });

  it.each([
    ["a refused connection", coded("ECONNREFUSED", "connect")],
    ["both addresses refused", new AggregateError([coded("ECONNREFUSED"), coded("ECONNREFUSED")])],
    ["a host name not found", coded("ENOTFOUND", "getaddrinfo")],
    ["no connection in time", coded("UND_ERR_CONNECT_TIMEOUT", "")],
    ["an unreachable network", coded("ENETUNREACH", "connect")],
  ])("tries again after %s, then says that nothing was sent", async (_what, failure) => {
    const { broken, count } = failing(failure);
    await expect(broken.send("Call Ada")).rejects.toMatchObject({
      code: "connection_failed",
      sent: "no",
      retryable: false,
    });
    expect(count()).toBe(4);
    expect(clock.slept).toEqual([250, 500, 1_000]);
  });

  it("does not try again while the certificate is wrong", async () => {
    const { broken, count } = failing(coded("CERT_HAS_EXPIRED", ""));
    await expect(broken.send("Call Ada")).rejects.toMatchObject({ code: "connection_failed", sent: "no" });
    expect(count()).toBe(1);
  });

  it.each([
    ["a reset", coded("ECONNRESET")],
    ["a timeout of an established connection", coded("ETIMEDOUT")],
    ["a route lost on the way", coded("EHOSTUNREACH")],
    [
      "one address refused and the other reset",
      new AggregateError([coded("ECONNREFUSED"), coded("ECONNRESET")]),
    ],
    ["a timeout for the reply", coded("UND_ERR_HEADERS_TIMEOUT")],
    ["a failure without a code", new Error("something")],
  ])("takes nothing for granted after %s", async (_what, failure) => {
    const { broken, count } = failing(failure);
    await expect(broken.send("Call Ada")).rejects.toBeInstanceOf(SubmissionUnknownError);
    expect(count()).toBe(1);
  });

  it("knows a cancelled message that was not sent from one that was", async () => {
    const early = AbortSignal.abort(new Error("stop"));
    await expect(client.send("Call Ada", { signal: early })).rejects.toMatchObject({
      name: "AbortError",
      code: "aborted",
      sent: "no",
    });
    const late = new AbortController();
    const deaf = new PollyReachClient({
      token: "line-token-0123456789",
      clock,
      fetch: () => {
        late.abort(new Error("stop"));
        return new Promise<Response>(() => undefined);
      },
    });
    await expect(deaf.send("Call Ada", { signal: late.signal })).rejects.toBeInstanceOf(
      SubmissionUnknownError,
    );
  });
});
