import { AIMessage, HumanMessage, type ToolMessage } from "@langchain/core/messages";
import { fakeModel } from "@langchain/core/testing";
import { Command, MemorySaver } from "@langchain/langgraph";
import { createAgent, createMiddleware } from "langchain";
import { afterEach, describe, expect, test } from "vitest";
import type { OutcomeReader } from "../../src/outcome/reader.js";
import { behaviours, type Sandbox, type ScriptedPerson, startSandbox } from "../../src/sandbox/index.js";
import { type PhoneTaskToolOptions, PollyReachPhoneTaskTool } from "../../src/tools/phone-task-tool.js";
import { jobDeps } from "../support/phone-job.js";
import { truthReader } from "../support/truth-reader.js";

const { agrees, asksQuestion, busy, closedUntil, asksForCard } = behaviours;

let sandbox: Sandbox;
afterEach(() => sandbox.close());

/** An agent whose model asks for one phone task to Roma, and then repeats what the tool said. */
async function anAgent(
  person: Pick<ScriptedPerson, "behaviours">,
  { checkpointer, args = {}, ...options }: Partial<PhoneTaskToolOptions> & { args?: object } = {},
) {
  sandbox = await startSandbox({ people: [{ name: "Roma", phone: "+442079460101", ...person }] });
  const truth = truthReader(sandbox, { reopensAt: Date.parse("2026-03-16T17:00:00Z") });
  const reader: OutcomeReader = {
    async read(message, call) {
      const question = /Question for you:\** (.+)/.exec(message)?.[1];
      return { ...(await truth.read(message, call)), ...(question !== undefined && { question }) };
    },
  };
  const { checkpointer: _, ...deps } = jobDeps(sandbox, { reader });
  const tool = () => new PollyReachPhoneTaskTool({ ...deps, ...options });
  const model = () =>
    fakeModel()
      .respondWithTools([
        {
          name: "pollyreach_phone_task",
          id: "call_1",
          args: { purpose: "Book a table for four", targets: [{ name: "Roma" }], ...args },
        },
      ])
      .respond((messages) => new AIMessage(messages.at(-1)?.text ?? ""));
  const agent = (chatModel = model()) =>
    createAgent({ model: chatModel, tools: [tool()], ...(checkpointer && { checkpointer }) });
  return { agent, model, tool };
}

const input = { messages: [new HumanMessage("Book a table at Roma, please")] };
const thread = { configurable: { thread_id: "chat" } };

function toolMessages({ messages }: { messages: unknown[] }): ToolMessage[] {
  return messages.filter((message): message is ToolMessage => (message as ToolMessage).getType() === "tool");
}

describe("in an agent that keeps nothing", () => {
  test("the whole task is one tool call, and its report comes back fenced", async () => {
    const { agent } = await anAgent({ behaviours: [busy(), agrees()] });
    const [message] = toolMessages(await agent().invoke(input));
    expect(message?.text).toContain("The phone task has ended.");
    expect(message?.text).toContain("| 📞 Polly's call report");
    expect(message?.artifact).toMatchObject({ status: "finished", conclusion: "settled" });
    expect(sandbox.rings()).toBe(2);
  });

  test("a question comes back as text, and the human's answer takes the task up", async () => {
    const { tool } = await anAgent({
      behaviours: [asksQuestion("Inside or outside?", { answeredBy: /outside/ }), agrees()],
    });
    const phone = tool();
    const asked = await phone.invoke({ purpose: "Book a table for four", targets: [{ name: "Roma" }] });
    expect(asked).toContain("NOT FINISHED");
    const id = /task_id "([^"]+)"/.exec(asked)?.[1];
    const told = await phone.invoke({ task_id: id, answer: "outside, please" });
    expect(told).toContain("The phone task has ended.");
    expect(sandbox.rings()).toBe(2);
  });

  test("a decision is the human's: the model's answer to it is turned down, and nothing is dialed", async () => {
    const { tool } = await anAgent({ behaviours: [asksForCard(), agrees()] });
    const phone = tool();
    const asked = await phone.invoke({ purpose: "Book a table for four", targets: [{ name: "Roma" }] });
    expect(asked).toContain("for the human alone to decide");
    const id = /task (\S+) waits/.exec(asked)?.[1];
    const again = await phone.invoke({ task_id: id, answer: "approve" });
    expect(again).toContain("NOT FINISHED");
    expect(again).toContain("choose one of");
    expect(sandbox.rings()).toBe(1);
  });

  test("a long wait comes back with the time to take the task up, and taking it up dials", async () => {
    const { tool } = await anAgent({ behaviours: [closedUntil("2026-03-16T17:00:00Z"), agrees()] });
    const phone = tool();
    const told = await phone.invoke({ purpose: "Book a table for four", targets: [{ name: "Roma" }] });
    expect(told).toMatch(/NOT FINISHED: .* 2026-03-16T17:00:00/);
    await sandbox.clock.advanceTo("2026-03-16T17:00:00Z");
    const id = /task_id "([^"]+)"/.exec(told)?.[1];
    expect(await phone.invoke({ task_id: id })).toContain("The phone task has ended.");
    expect(sandbox.rings()).toBe(2);
  });

  test("bad input is a message that the model can act on, before anything is dialed", async () => {
    const { agent } = await anAgent({ behaviours: [agrees()] }, { args: { deadline: "yesterday" } });
    const [message] = toolMessages(await agent().invoke(input));
    expect(message).toMatchObject({ status: "error" });
    expect(message?.text).toMatch(/deadline .*ISO 8601/);
    expect(sandbox.rings()).toBe(0);
  });
});

describe("in an agent with a checkpointer", () => {
  const twoQuestions = {
    behaviours: [
      asksQuestion("Inside or outside?", { answeredBy: /outside/ }),
      asksQuestion("Any allergies?", { answeredBy: /nuts/ }),
      agrees(),
    ],
  };

  test("each question interrupts the agent, and each answer goes to its own question", async () => {
    const { agent } = await anAgent(twoQuestions, { checkpointer: new MemorySaver() });
    const running = agent();
    const first = await running.invoke(input, thread);
    const [one] = first.__interrupt__ ?? [];
    expect(one?.value).toMatchObject({
      text: "Inside or outside?",
      actionRequests: [{ name: "pollyreach_information" }],
    });
    const second = await running.invoke(new Command({ resume: { answer: "outside" } }), thread);
    expect(second.__interrupt__?.[0]?.value).toMatchObject({ text: "Any allergies?" });
    const decision = {
      type: "edit",
      editedAction: { name: "pollyreach_information", args: { answer: "nuts" } },
    };
    const end = await running.invoke(new Command({ resume: { decisions: [decision] } }), thread);
    expect(toolMessages(end)[0]?.text).toContain("The phone task has ended.");
    expect(sandbox.rings()).toBe(3);
  });

  test("an answer that cannot be taken is asked for again, with what was wrong", async () => {
    const { agent } = await anAgent(
      { behaviours: [asksForCard(), agrees()] },
      { checkpointer: new MemorySaver() },
    );
    const running = agent();
    await running.invoke(input, thread);
    const again = await running.invoke(new Command({ resume: { choice: "pay" } }), thread);
    expect(again.__interrupt__?.[0]?.value).toMatchObject({
      problem: expect.stringContaining("choose one of"),
    });
    const end = await running.invoke(new Command({ resume: { choice: "stop" } }), thread);
    expect(toolMessages(end)[0]?.artifact).toMatchObject({ conclusion: "stopped_by_human" });
    expect(sandbox.rings()).toBe(1);
  });

  test("an agent that crashed after the call takes the task up in a new process, and does not dial anew", async () => {
    const checkpointer = new MemorySaver();
    const { agent, model } = await anAgent(twoQuestions, { checkpointer });
    await agent().invoke(input, thread);
    const reborn = agent(model().respond(new AIMessage("unused")));
    const next = await reborn.invoke(new Command({ resume: { answer: "outside" } }), thread);
    expect(next.__interrupt__?.[0]?.value).toMatchObject({ text: "Any allergies?" });
    expect(sandbox.rings()).toBe(2);
  });

  test("middleware that wraps tool calls sees neither exceptions nor a second dial", async () => {
    const { tool, model } = await anAgent({ behaviours: [agrees()] });
    const passing = createMiddleware({
      name: "passing",
      wrapToolCall: (request, handler) => handler(request),
    });
    const agent = createAgent({
      model: model(),
      tools: [tool()],
      middleware: [passing],
      checkpointer: new MemorySaver(),
    });
    const end = await agent.invoke(input, thread);
    expect(toolMessages(end)[0]?.text).toContain("The phone task has ended.");
    expect(sandbox.rings()).toBe(1);
  });
});
