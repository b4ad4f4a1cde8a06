import { InMemoryStore } from "@langchain/langgraph";
import { describe, expect, it } from "vitest";
import type { Clock } from "../../../src/clock.js";
import type { IncomingCall } from "../../../src/graphs/inbound/incoming-call.js";
import type { InboundTrouble } from "../../../src/graphs/inbound/state.js";
import { UnstoredMessagesError, WatchEndedError } from "../../../src/graphs/inbound/watch-errors.js";
import { type WatchOptions, watchInbound } from "../../../src/graphs/inbound/watch-inbound.js";
import { CallHistory } from "../../../src/history/call-history.js";
import { faults, startSandbox } from "../../../src/sandbox/index.js";
import { aCall, clientOf, nameIn, ProcessStore } from "./support.js";

const MINUTE = 60_000;

/** A watch over a line, on a clock that the test moves. */
async function aWatch(options: Partial<WatchOptions> = {}) {
  const sandbox = await startSandbox();
  const started = sandbox.clock.now();
  const store = new ProcessStore(new InMemoryStore());
  const stop = new AbortController();
  const heard: string[] = [];
  const troubles: InboundTrouble[] = [];
  const watch = () =>
    watchInbound({
      client: clientOf(sandbox),
      store,
      clock: sandbox.clock,
      signal: stop.signal,
      random: () => 0.5,
      onMessage: async (call: IncomingCall) => {
        heard.push(nameIn(call));
      },
      onTrouble: (trouble) => troubles.push(trouble),
      ...options,
    });
  /** Minutes after the start at which the service was asked. */
  const asked = () => {
    const looks = sandbox.record.requests.filter(({ endpoint }) => endpoint === "unreadInbound");
    return looks.map(({ at }) => Math.round(((at - started) / MINUTE) * 10) / 10);
  };
  return {
    sandbox,
    store,
    stop,
    heard,
    troubles,
    watch,
    asked,
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}

describe("seed: the number is looked at every 5 to 10 minutes, so that no call is missed", () => {
  it.each([
    [undefined, [0, 5, 10, 15]],
    [10 * MINUTE, [0, 10]],
  ])("every %s milliseconds", async (everyMs, minutes) => {
    await using line = await aWatch({ everyMs });
    line.sandbox.receive(aCall("Ada", { at: line.sandbox.clock.now() + 7 * MINUTE }));
    const watching = line.watch();
    await line.sandbox.clock.advance(16 * MINUTE);
    line.stop.abort();
    await watching;
    expect(line.asked()).toEqual(minutes);
    expect(line.heard).toEqual(["Ada"]);
  });

  it.each([0, 1_000, 24 * 60 * MINUTE, Number.NaN])("but not every %s milliseconds", async (everyMs) => {
    await using line = await aWatch({ everyMs });
    await expect(line.watch()).rejects.toThrow(RangeError);
  });
});

it("trouble makes it ask less often, and a good reply as often as before", async () => {
  await using line = await aWatch();
  line.sandbox.inject("unreadInbound", faults.status(500), { times: 3 });
  line.sandbox.receive(aCall("Ada"));
  const watching = line.watch();
  await line.sandbox.clock.advance(60 * MINUTE);
  line.stop.abort();
  await watching;
  expect(line.asked().slice(0, 6)).toEqual([0, 5, 15, 35, 40, 45]);
  expect(line.heard).toEqual(["Ada"]);
  expect(line.troubles.map(({ code }) => code)).toHaveLength(3);
});

it("a token that was revoked ends it, with a word on what to do", async () => {
  await using line = await aWatch();
  const watching = line.watch();
  await line.sandbox.clock.advance(MINUTE);
  line.sandbox.revoke(line.sandbox.token);
  const ended = expect(watching).rejects.toThrow(/no longer looked for.*token/s);
  await line.sandbox.clock.advance(5 * MINUTE);
  await ended;
  await expect(watching).rejects.toBeInstanceOf(WatchEndedError);
  expect(line.asked()).toEqual([0, 5]);
});

describe("a full disk while a message is being stored", () => {
  it("loses nothing: it is kept in memory, nothing more is fetched, and it is told once there is room", async () => {
    await using line = await aWatch();
    line.sandbox.receive(aCall("Ada"));
    line.store.full = true;
    const watching = line.watch();
    await line.sandbox.clock.advance(2 * MINUTE);
    expect(line.asked()).toEqual([0]);
    expect(line.troubles[0]).toMatchObject({
      code: "store_failed",
      nextStep: expect.stringMatching(/disk space/),
    });
    expect(line.heard).toEqual([]);
    line.store.full = false;
    await line.sandbox.clock.advance(10 * MINUTE);
    line.stop.abort();
    await watching;
    expect(line.heard).toEqual(["Ada"]);
  });

  it("and whoever stops the watch before gets the messages themselves", async () => {
    await using line = await aWatch();
    line.sandbox.receive(aCall("Ada"));
    line.store.full = true;
    const watching = line.watch();
    await line.sandbox.clock.advance(MINUTE);
    line.stop.abort();
    const error = await watching.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnstoredMessagesError);
    expect(error instanceof UnstoredMessagesError && error.messages[0]).toContain("This is Ada.");
    expect(JSON.stringify(error)).not.toContain("Ada");
  });
});

describe("a clock that jumps", () => {
  /** The sandbox's clock, as seen by a machine whose own was set wrong and then right, or that was asleep. */
  const shifted = (clock: Clock, shift: { by: number }): Clock => ({
    now: () => clock.now() + shift.by,
    sleep: (ms, signal) => clock.sleep(ms, signal),
  });

  it.each([
    ["an hour ahead", 60 * MINUTE],
    ["a day back", -24 * 60 * MINUTE],
  ])("%s: nothing is lost, nothing told twice, and it does not ask in a rush", async (_, by) => {
    await using sandbox = await startSandbox({ variants: { unread: "kept" } });
    const shift = { by: 0 };
    await using line = await aWatch({ client: clientOf(sandbox), clock: shifted(sandbox.clock, shift) });
    sandbox.receive(aCall("Ada"));
    const watching = line.watch();
    await sandbox.clock.advance(6 * MINUTE);
    shift.by = by;
    sandbox.receive(aCall("Ben"));
    await sandbox.clock.advance(15 * MINUTE);
    line.stop.abort();
    await watching;
    expect(line.heard).toEqual(["Ada", "Ben"]);
    expect(
      sandbox.record.requests.filter(({ endpoint }) => endpoint === "unreadInbound").length,
    ).toBeLessThanOrEqual(6);
  });
});

it("what its listeners are told of: spam that was filtered, and what was possibly told before", async () => {
  const disk = new InMemoryStore();
  const listed: string[] = [];
  const list = (what: string) => (calls: readonly IncomingCall[]) => {
    for (const { report } of calls) listed.push(`${what}: ${report.summary}`);
  };
  await using line = await aWatch({ onFiltered: list("spam"), onPossiblyTold: list("possibly told") });
  const dying = new ProcessStore(disk);
  line.sandbox.receive({ from: "+12025550143", content: "Ada here." });
  const died = line.sandbox.clock;
  await watchInbound({
    client: clientOf(line.sandbox),
    store: dying,
    clock: died,
    onMessage: async () => {
      dying.dead = true;
      line.stop.abort();
    },
    signal: line.stop.signal,
  });
  line.sandbox.receive({
    from: "+12025550144",
    content: "You have won a free cruise. Press 1 to claim your prize.",
  });
  const stop = new AbortController();
  const onFiltered = list("spam");
  const onPossiblyTold = list("possibly told");
  const onMessage = async () => {};
  const store = new ProcessStore(disk);
  const watching = watchInbound({
    client: clientOf(line.sandbox),
    store,
    clock: died,
    onMessage,
    onFiltered,
    onPossiblyTold,
    signal: stop.signal,
  });
  await died.advance(11 * MINUTE);
  stop.abort();
  await watching;
  expect(listed).toEqual([
    "possibly told: Ada here.",
    "spam: You have won a free cruise. Press 1 to claim your prize.",
  ]);
  expect(await new CallHistory({ store }).search({ telling: "possibly_told" })).toHaveLength(1);
});
