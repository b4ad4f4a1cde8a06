import { describe, expect, it } from "vitest";
import { PollyReachClient, type PollyReachClientOptions } from "../../src/client/client.js";
import { fixedPolling, LISTEN_LIMIT_MS } from "../../src/client/polling.js";
import { instantClock } from "./instant-clock.js";

const pending = { message: "", done: false };
const finished = (message: string) => ({ message, done: true });
const status = (code: number, headers: Record<string, string> = {}) =>
  new Response("{}", { status: code, headers });

/** A line that answers each question with the next of `answers`, and the last for ever. */
function aLine(answers: readonly (object | Response | Error)[], options: PollyReachClientOptions = {}) {
  const clock = instantClock();
  const askedAt: number[] = [];
  const start = clock.now();
  const client = new PollyReachClient({
    token: "line-token-0123456789",
    clock,
    polling: fixedPolling(2_000),
    fetch: async () => {
      const answer = answers[Math.min(askedAt.length, answers.length - 1)];
      askedAt.push(clock.now() - start);
      if (answer instanceof Error) throw answer;
      return answer instanceof Response ? answer.clone() : Response.json(answer);
    },
    ...options,
  });
  return { client, clock, askedAt, start };
}

describe("listening for a result", () => {
  it("asks on the schedule and tells what it saw", async () => {
    const { client, askedAt } = aLine([pending, pending, finished("Booked.")]);
    const polls: unknown[] = [];
    const result = await client.waitForResult({ onPoll: (info) => polls.push(info) });
    expect(result).toEqual({ done: true, message: "Booked.", elapsedMs: 6_000, polls: 3, sawPending: true });
    expect(askedAt).toEqual([2_000, 4_000, 6_000]);
    expect(polls).toEqual([
      { elapsedMs: 2_000, polls: 1 },
      { elapsedMs: 4_000, polls: 2 },
    ]);
  });

  it("goes on at once for a call that was submitted before", async () => {
    const { client, askedAt, start } = aLine([finished("Booked.")]);
    const result = await client.waitForResult({ since: start - 600_000 });
    expect(result).toMatchObject({ done: true, elapsedMs: 600_000 });
    expect(askedAt).toEqual([0]);
  });

  it("says at the limit that the call goes on, and can be called again", async () => {
    const { client, askedAt, start } = aLine([pending], { polling: fixedPolling(70_000) });
    const first = await client.waitForResult();
    expect(first).toEqual({ done: false, elapsedMs: LISTEN_LIMIT_MS, polls: 13, sawPending: true });
    expect(askedAt.at(-1)).toBe(LISTEN_LIMIT_MS);
    const second = await client.waitForResult({ since: start, limitMs: 5_000 });
    expect(second).toMatchObject({ done: false, elapsedMs: LISTEN_LIMIT_MS + 5_000, polls: 2 });
  });

  it("passes over the result of another call, and says so if no other comes", async () => {
    const isOurs = (message: string, { sawPending }: { sawPending: boolean }) =>
      sawPending || message !== "Old.";
    const ours = aLine([finished("Old."), pending, finished("New.")]);
    expect(await ours.client.waitForResult({ isOurs })).toMatchObject({ done: true, message: "New." });
    const stale = aLine([finished("Old.")]);
    expect(await stale.client.waitForResult({ isOurs, limitMs: 10_000 })).toEqual({
      done: false,
      elapsedMs: 10_000,
      polls: 5,
      sawPending: false,
      turnedDown: "Old.",
    });
  });

  it("outlasts failures that may pass, asking less often meanwhile", async () => {
    const reset = new TypeError("fetch failed", {
      cause: Object.assign(new Error("r"), { code: "ECONNRESET" }),
    });
    const page = new Response("<html>", { status: 200 });
    const trouble = [reset, status(502), page, status(429, { "retry-after": "20" }), finished("Booked.")];
    const { client, askedAt } = aLine(trouble);
    expect(await client.waitForResult()).toMatchObject({ done: true, message: "Booked.", polls: 5 });
    expect(askedAt).toEqual([2_000, 4_000, 6_000, 10_000, 30_000]);
  });

  it("ends when the token is no longer accepted, and when the endpoint is not there", async () => {
    const revoked = aLine([pending, status(401)]);
    await expect(revoked.client.waitForResult()).rejects.toMatchObject({
      code: "authentication",
      status: 401,
    });
    expect(revoked.askedAt).toHaveLength(2);
    const nowhere = aLine([status(404)]);
    await expect(nowhere.client.waitForResult()).rejects.toMatchObject({
      code: "request_rejected",
      status: 404,
    });
    expect(nowhere.askedAt).toHaveLength(3);
  });

  it("ends when it is cancelled, asleep or asking", async () => {
    const stop = new AbortController();
    const { client, askedAt } = aLine([pending]);
    const onPoll = ({ polls }: { polls: number }) => polls === 2 && stop.abort(new Error("enough"));
    await expect(
      client.waitForResult({ signal: stop.signal, onPoll: (info) => void onPoll(info) }),
    ).rejects.toMatchObject({ code: "aborted", name: "AbortError" });
    expect(askedAt).toHaveLength(2);
  });
});
