import { InMemoryStore } from "@langchain/langgraph";
import { afterEach, expect, test } from "vitest";
import { PollyReachClient } from "../../src/client/client.js";
import { behaviours, type Sandbox, startSandbox } from "../../src/sandbox/index.js";
import { PollyReachToolkit, type ToolName } from "../../src/tools/toolkit.js";

let sandbox: Sandbox;
afterEach(() => sandbox.close());

async function aToolkit(store?: InMemoryStore) {
  sandbox = await startSandbox({
    people: [{ name: "Roma", phone: "+442079460101", behaviours: [behaviours.agrees()] }],
    variants: { unread: "consumed" },
  });
  const client = new PollyReachClient(sandbox.clientOptions());
  const toolkit = new PollyReachToolkit({ client, clock: sandbox.clock, store });
  return (name: ToolName) => {
    const tool = toolkit.getTools().find((each) => each.name === name);
    if (!tool) throw new Error(`The toolkit does not give ${name}.`);
    return tool;
  };
}

test("given a store, a message is told once, and stays in the history", async () => {
  const tool = await aToolkit(new InMemoryStore());
  sandbox.receive({
    from: "+442079460199",
    content: "This is Dr Webb's practice about your appointment on Friday.",
  });
  expect(await tool("pollyreach_inbound").invoke({})).toContain("Dr Webb's practice");
  expect(await tool("pollyreach_inbound").invoke({})).toBe("Nothing new.");
  expect(await tool("pollyreach_call_history").invoke({ number: "+442079460199" })).toContain(
    "+442079460199",
  );
});

test("given a store, a finished phone task is in the history", async () => {
  const tool = await aToolkit(new InMemoryStore());
  await tool("pollyreach_phone_task").invoke({
    purpose: "Book a table for four",
    targets: [{ name: "Roma" }],
  });
  expect(await tool("pollyreach_call_history").invoke({})).toContain("Roma");
});

test("given none, there is no history to look in", async () => {
  const tool = await aToolkit();
  expect(() => tool("pollyreach_call_history")).toThrow("does not give");
});
