import type { StructuredToolInterface } from "@langchain/core/tools";
import { InMemoryStore } from "@langchain/langgraph";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { PollyReachClient } from "../../src/client/client.js";
import { behaviours, type Sandbox, startSandbox } from "../../src/sandbox/index.js";
import { PollyReachToolkit } from "../../src/tools/toolkit.js";

let sandbox: Sandbox;
let tools: StructuredToolInterface[];

/** What an agent reads when it uses a tool that it has without asking for more. */
async function use(name: string, args: Record<string, unknown> = {}): Promise<string> {
  const tool = tools.find((each) => each.name === name);
  if (!tool) throw new Error(`A toolkit does not give ${name}.`);
  return String(await tool.invoke(args));
}

const book = () =>
  use("pollyreach_phone_task", {
    purpose: "Book a table for four tomorrow at 19:00",
    targets: [{ name: "Roma" }],
  });

beforeEach(async () => {
  sandbox = await startSandbox({
    people: [{ name: "Roma", phone: "+39 06 6982 0001", behaviours: [behaviours.agrees()] }],
  });
  onTestFinished(() => sandbox.close());
  const client = new PollyReachClient({ ...sandbox.clientOptions(), random: () => 0.5 });
  tools = new PollyReachToolkit({ client, clock: sandbox.clock, store: new InMemoryStore() }).getTools();
});

test("Outbound Calls: an agent gets something done by phone", async () => {
  expect(await book()).toMatch(/Success: Polly got it done/);
  expect(sandbox.rings("+39 06 6982 0001")).toBe(1);
});

test("Incoming Call Answering: an agent tells the human of a call that Polly answered", async () => {
  sandbox.receive({ from: "+12025550143", content: "Mika Oda asks for a call back." });
  expect(await use("pollyreach_inbound")).toMatch(/\+12025550143[\s\S]*Mika Oda asks for a call back/);
});

test("Customize Inbound Prompt: an agent sets how Polly answers", async () => {
  await use("pollyreach_answering_prompt", { prompt: "Answer as the front desk of Northwind." });
  expect(sandbox.answeringPrompt()).toMatch(/^Answer as the front desk of Northwind\./);
});

test("View Call History: an agent finds a call with its recording and what was said", async () => {
  await book();
  const list = await use("pollyreach_call_history", { name: "Roma" });
  const whole = await use("pollyreach_call_history", { id: /id (\S+)$/m.exec(list)?.[1] });
  expect(whole).toMatch(/that is confirmed/);
  expect(whole).toMatch(/https:\/\/pollyreach\.ai\/recordings\//);
});

test("Check Balance: an agent sees the credits that are left", async () => {
  await book();
  expect(await use("pollyreach_balance")).toMatch(/780/);
});

test("Check Number Status: an agent sees that the number is active", async () => {
  expect(await use("pollyreach_activation_status")).toMatch(/\+14155550160/);
});
