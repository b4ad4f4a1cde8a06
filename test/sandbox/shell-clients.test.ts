import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { behaviours, createVirtualClock, type Sandbox, startSandbox } from "../../src/sandbox/index.js";

/**
 * What a shell script with curl, grep and sed asks of the service: the older prefix, only these headers, and
 * replies in one line of compact JSON.
 */
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    clock: createVirtualClock("2026-03-16T09:00:00Z", { manual: true }),
    people: [{ name: "Bistro", phone: "5550100", behaviours: [behaviours.agrees('the "window" table')] }],
    inbound: [{ from: "+14155550199", content: "Call me back." }],
    credits: { balance: 690, amount: 800 },
  });
});
afterAll(() => sandbox.close());

function curl(method: string, path: string, body?: string): Promise<{ status: number; line: string }> {
  const headers = {
    authorization: `Bearer ${sandbox.token}`,
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${sandbox.url}/api/v1${path}`, { method, headers, agent: false }, (response) => {
      let line = "";
      response.setEncoding("utf8").on("data", (text: string) => {
        line += text;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, line }));
    });
    sent.on("error", reject).end(body);
  });
}

describe("a shell script without a JSON parser", () => {
  it("registers nothing new, and sees its number", async () => {
    const { line } = await curl("GET", "/auths/signin/device/activation-status");
    expect(/.*"ai_virtual_phone" *: *"([^"]*)".*/.exec(line)?.[1]).toMatch(/^\+1415555\d{4}$/);
  });

  it("sees that there are credits", async () => {
    expect((await curl("GET", "/credits/balance")).line).toBe('{"balance":690,"amount":800}');
  });

  it("sends a message, waits, and finds the end of the call in one line", async () => {
    const sent = await curl(
      "POST",
      "/chat/openclaw/completions",
      '{"message": "Call Bistro and book a table"}',
    );
    expect([sent.status, sent.line]).toEqual([200, '{"status":true,"task_id":"task-1"}']);
    const again = await curl("POST", "/chat/openclaw/completions", '{"message": "Call Bistro"}');
    expect(again.line).toMatch(/^\{"status":false,"message":"[^"]+"\}$/);
    expect((await curl("POST", "/chat/openclaw/query", "{}")).line).toBe('{"message":"","done":false}');
    await sandbox.clock.advance(120_000);
    const { line } = await curl("POST", "/chat/openclaw/query", "{}");
    expect(line).toMatch(/"done"\s*:\s*true/);
    expect(line).not.toContain("\n");
    expect(sandbox.rings("555 0100")).toBe(1);
  });

  it("that puts a quote into its JSON gets an error each time it sends it, and no phone rings", async () => {
    const before = sandbox.rings();
    const body = '{"message": "Ask for the "window" table at Bistro"}';
    for (let n = 0; n < 3; n++)
      expect((await curl("POST", "/chat/openclaw/completions", body)).status).toBe(422);
    expect(sandbox.rings()).toBe(before);
  });

  it("reads what came in, and sets how calls are answered", async () => {
    const { line } = await curl("GET", "/sms_messages/unread");
    expect(JSON.parse(line)).toMatchObject({
      success: true,
      messages: [{ content: "Call me back.", from_phone: "+14155550199" }],
    });
    const updated = await curl("POST", "/users/phone/pollyreach/update", '{"prompt": "Take messages."}');
    expect(updated.line).toMatch(/"status"\s*:\s*true.*"task_id"\s*:\s*"[^"]*"/);
  });
});
