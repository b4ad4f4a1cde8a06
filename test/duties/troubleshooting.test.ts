import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MemorySaver } from "@langchain/langgraph";
import { describe, expect, onTestFinished, test } from "vitest";
import { PollyReachClient } from "../../src/client/client.js";
import { runOnboarding } from "../../src/graphs/onboarding/run-onboarding.js";
import { runPhoneTask } from "../../src/graphs/outbound/run-phone-task.js";
import { renderPlain } from "../../src/reports/index.js";
import { behaviours, type SandboxOptions, startSandbox } from "../../src/sandbox/index.js";
import { PollyReachToolkit } from "../../src/tools/toolkit.js";

async function aSandbox(options: SandboxOptions & { clock?: undefined } = {}) {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  return sandbox;
}

/** Sets a line up in an empty home folder until it would have to wait; again, as a new process, if asked to. */
async function aSetUp() {
  const { baseUrl, fetch, clock } = await aSandbox();
  const homeDir = mkdtempSync(join(tmpdir(), "polly-duties-"));
  onTestFinished(() => rmSync(homeDir, { recursive: true, force: true }));
  const credentials = { env: {}, homeDir };
  return (longestWaitMs?: number) =>
    runOnboarding({
      client: new PollyReachClient({ baseUrl, fetch, clock, credentials, random: () => 0.5 }),
      clock,
      credentials,
      registration: "allowed",
      ...(longestWaitMs !== undefined && { longestWaitMs }),
    });
}

describe("each row of the troubleshooting table as the human or the agent meets it", () => {
  test("Human didn't receive the activation link: the same link is handed out again", async () => {
    const setUp = await aSetUp();
    const [first, again] = [await setUp(0), await setUp(0)];
    if (first.status !== "activating" || again.status !== "activating") throw new Error(again.status);
    expect(first.notice.activationUrl).toMatch(/^https:\/\/agent\.pollyreach\.ai\/auth\?code=/);
    expect(again.notice.message).toContain(first.notice.activationUrl);
  });

  test("No number received after activation: it is asked for again and again, then the e-mail is asked about", async () => {
    const run = await (await aSetUp())();
    expect(run).toMatchObject({ status: "stopped", nextStep: expect.stringMatching(/e-mail/) });
  });

  test.each([
    [
      "a dead number is not called again, and the human is told why",
      behaviours.outOfService(),
      1,
      /out of service/,
    ],
    [
      "a connection that fails is tried again later",
      behaviours.connectFails(),
      4,
      /could not|did not connect/,
    ],
    ["who does not pick up is tried at another time", behaviours.ringsOut(), 5, /nobody answered/],
  ])("Call won't connect: %s", async (_, behaviour, rings, told) => {
    const sandbox = await aSandbox({
      people: [{ name: "Roma", phone: "+39 06 6982 0001", behaviours: [behaviour] }],
    });
    const run = await runPhoneTask(
      { purpose: "Book a table for four", targets: [{ name: "Roma" }] },
      {
        client: new PollyReachClient({ ...sandbox.clientOptions(), random: () => 0.5 }),
        clock: sandbox.clock,
        checkpointer: new MemorySaver(),
      },
    );
    if (run.status !== "finished") throw new Error(run.status);
    expect(sandbox.rings()).toBe(rings);
    expect(renderPlain(run.report)).toMatch(told);
  });

  test("Balance shows 0: the agent is told to send the human to top up or to share", async () => {
    const { clock, ...sandbox } = await aSandbox({ credits: { balance: 0, amount: 800 } });
    const client = new PollyReachClient({ ...sandbox.clientOptions(), clock });
    const [balance] = new PollyReachToolkit({ client, clock, tools: ["pollyreach_balance"] }).getTools();
    const told = String(await balance?.invoke({}));
    expect(told).toMatch(/https:\/\/agent\.pollyreach\.ai\//);
    expect(told).toMatch(/shar|invit/i);
  });

  test("No incoming call notifications: the agent sees whether the number is active, and the calls that came", async () => {
    const { clock, ...sandbox } = await aSandbox();
    sandbox.receive({ from: "+12025550143", content: "Please call back." });
    const client = new PollyReachClient({ ...sandbox.clientOptions(), clock });
    const tools = new PollyReachToolkit({
      client,
      clock,
      tools: ["pollyreach_activation_status", "pollyreach_inbound"],
    }).getTools();
    const [status, inbound] = await Promise.all(tools.map(async (tool) => String(await tool.invoke({}))));
    expect(status).toMatch(/\+14155550160/);
    expect(inbound).toMatch(/\+12025550143/);
  });
});
