import { describe, expect, it } from "vitest";
import { behaviours, startSandbox, type Variants } from "../../src/sandbox/index.js";
import { call, json, query, result, send, unread } from "./support.js";

const NOTHING_YET = { message: "", done: false };

const play = (variants: Partial<Variants>, balance = 800) =>
  startSandbox({
    people: [{ name: "Bistro", phone: "5550100", behaviours: [behaviours.busy(), behaviours.agrees()] }],
    credits: { balance, amount: 800 },
    variants,
  });

describe("what is not known of the service can be played either way:", () => {
  it("a result that is served once", async () => {
    await using sandbox = await play({ result: "once" });
    await call(sandbox, "Call: Bistro");
    expect(await json(query(sandbox))).toEqual(NOTHING_YET);
  });

  it("a result that is served until the next call", async () => {
    await using sandbox = await play({ result: "sticky" });
    const text = await call(sandbox, "Call: Bistro");
    expect(await json(query(sandbox))).toEqual({ message: text, done: true });
    await send(sandbox, "Call: Bistro");
    expect(await json(query(sandbox))).toEqual(NOTHING_YET);
  });

  it.each(["once", "sticky"] as const)(
    "an old result, %s, that is still served after a new send",
    async (kind) => {
      await using sandbox = await play({ result: kind, staleResultMs: 5000 });
      const old = await call(sandbox, "Call: Bistro");
      await send(sandbox, "Call: Bistro");
      expect(await json(query(sandbox))).toEqual({ message: old, done: true });
      await sandbox.clock.advance(5000);
      expect(await json(query(sandbox))).toEqual(NOTHING_YET);
      expect(await result(sandbox)).not.toBe(old);
      expect(sandbox.rings()).toBe(2);
    },
  );

  it.each([
    ["status_false", 200, { status: false, message: expect.stringMatching(/credits/i) }],
    ["402", 402, { detail: expect.stringMatching(/credits/i) }],
  ] as const)("no credits, as %s: nothing rings", async (noCredits, status, body) => {
    await using sandbox = await play({ noCredits }, 0);
    const reply = await send(sandbox, "Call: Bistro");
    expect([reply.status, JSON.parse(reply.text)]).toEqual([status, body]);
    expect(sandbox.rings()).toBe(0);
  });

  it.each([
    ["status_false", 200, { status: false, message: expect.stringMatching(/in progress/) }],
    ["409", 409, { detail: expect.stringMatching(/in progress/) }],
  ] as const)("a call in progress, as %s: nothing else rings", async (inProgress, status, body) => {
    await using sandbox = await play({ inProgress });
    await send(sandbox, "Call: Bistro");
    const reply = await send(sandbox, "Call: Bistro");
    expect([reply.status, JSON.parse(reply.text)]).toEqual([status, body]);
    expect(sandbox.rings()).toBe(1);
  });

  it.each([true, false])("a task id: %s", async (taskId) => {
    await using sandbox = await play({ taskId });
    expect("task_id" in (await json(send(sandbox, "Call: Bistro")))).toBe(taskId);
  });

  it.each([true, false])("a reference that comes back: %s", async (echoesReference) => {
    await using sandbox = await play({ echoesReference });
    const text = await call(sandbox, "Call: Bistro\nReference: PR-123456");
    expect(text.includes("PR-123456")).toBe(echoesReference);
  });

  describe("unread calls", () => {
    const from = "+1 415 555 0199";
    const transcript = [
      { speaker: "ai", text: "Hello, who is calling?" },
      { speaker: "caller", text: "Anna. Please call me back." },
    ] as const;
    const receiveTwo = async (variants: Partial<Variants>) => {
      const sandbox = await play(variants);
      sandbox.receive({ from, name: "Anna", transcript, cost: 7 });
      sandbox.receive({
        from: "+1 415 555 0198",
        content: "Wrong number.",
        at: sandbox.clock.now() + 60_000,
      });
      return sandbox;
    };
    const said = "Anna said: Anna. Please call me back.";

    it("come in at their time and take credits", async () => {
      await using sandbox = await receiveTwo({ unread: "kept" });
      expect(await json(unread(sandbox))).toMatchObject({ success: true, messages: [{ content: said }] });
      await sandbox.clock.advance(60_000);
      expect(await json(unread(sandbox))).toMatchObject({
        messages: [{ from_phone: from }, { content: "Wrong number." }],
      });
      expect(sandbox.balance()).toBe(793);
    });

    it.each([
      ["consumed", 0],
      ["kept", 1],
    ] as const)("are %s by reading", async (kind, left) => {
      await using sandbox = await receiveTwo({ unread: kind });
      await unread(sandbox);
      expect((await json(unread(sandbox))).messages).toHaveLength(left);
    });

    it("can be call records", async () => {
      await using sandbox = await receiveTwo({ unreadShape: "call_record" });
      expect(await json(unread(sandbox))).toMatchObject({
        messages: [
          {
            from,
            status: "completed",
            transcript: "AI: Hello, who is calling?\nCaller: Anna. Please call me back.",
          },
        ],
      });
    });

    it("can be one bare record at a time", async () => {
      await using sandbox = await receiveTwo({ unreadShape: "bare_record" });
      await sandbox.clock.advance(60_000);
      expect(await json(unread(sandbox))).toMatchObject({ from, summary: said });
      expect(await json(unread(sandbox))).toMatchObject({ summary: "Wrong number." });
      expect(await json(unread(sandbox))).toEqual({ success: true, messages: [] });
    });
  });
});
