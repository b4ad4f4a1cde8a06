import { AIMessage, ToolMessage } from "@langchain/core/messages";
import {
  type AgentMiddleware,
  createAgent,
  createMiddleware,
  fakeModel,
  toolRetryMiddleware,
} from "langchain";
import nock from "nock";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { aLine, PATHS, service } from "./a-line.js";

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
afterAll(() => nock.restore());

interface Wish {
  name: string;
  args: Record<string, unknown>;
  id: string;
}

/** An agent whose model makes these tool calls in one turn, and then ends. */
function anAgent(wishes: Wish[], middleware: AgentMiddleware[] = []) {
  const model = fakeModel().respondWithTools(wishes).respond(new AIMessage("That is all I know."));
  return createAgent({ model, tools: aLine().tools, middleware });
}

async function answersOf(agent: ReturnType<typeof anAgent>, thread?: string): Promise<ToolMessage[]> {
  const config = thread === undefined ? {} : { configurable: { thread_id: thread } };
  const { messages } = await agent.invoke({ messages: "Please." }, config);
  expect(messages.at(-1)?.content).toBe("That is all I know.");
  return messages.filter((message) => ToolMessage.isInstance(message));
}

/** Counts the POSTs of a message. */
function counted(reply: () => [number, unknown]) {
  const seen = { posts: 0 };
  service()
    .post(PATHS.send)
    .times(9)
    .reply(() => {
      seen.posts++;
      return reply() as [number, string];
    });
  return seen;
}

const passing = createMiddleware({ name: "passing", wrapToolCall: (request, handler) => handler(request) });
const retrying = toolRetryMiddleware({ maxRetries: 3, initialDelayMs: 0, backoffFactor: 0, jitter: false });
/** Repeats whatever did not succeed, also what came back as a message. */
const stubborn = createMiddleware({
  name: "stubborn",
  wrapToolCall: async (request, handler) => {
    const first = await handler(request);
    return ToolMessage.isInstance(first) && first.status === "error" ? handler(request) : first;
  },
});
const middlewares: [string, AgentMiddleware[]][] = [
  ["no middleware", []],
  ["wrapToolCall middleware", [passing]],
  ["retry middleware", [retrying]],
  ["middleware that repeats failures told as messages", [stubborn]],
  ["all of them", [stubborn, retrying, passing]],
];

describe.each(middlewares)("in an agent with %s", (_name, middleware) => {
  it("a submission of unknown fate is POSTed once, and the agent goes on knowing that a phone may ring", async () => {
    const sent = counted(() => [502, "<html>"]);
    const wish = { name: "pollyreach_send", args: { message: "Call Ada" }, id: "w1" };
    const [answer] = await answersOf(anAgent([wish], middleware));
    expect(answer).toMatchObject({
      status: "error",
      tool_call_id: "w1",
      name: "pollyreach_send",
      artifact: { error: { code: "submission_unknown" } },
    });
    expect(sent.posts).toBe(1);
  });

  it("tools that are called at once each answer to their own call", async () => {
    service().get(PATHS.balance).reply(200, { balance: 5, amount: 800 });
    service().get(PATHS.status).times(20).reply(401, {});
    const answers = await answersOf(
      anAgent(
        [
          { name: "pollyreach_balance", args: {}, id: "a" },
          { name: "pollyreach_activation_status", args: {}, id: "b" },
          { name: "pollyreach_result", args: { wait_seconds: "soon" }, id: "c" },
        ],
        middleware,
      ),
    );
    expect(answers.map(({ tool_call_id, status }) => [tool_call_id, status])).toEqual([
      ["a", "success"],
      ["b", "error"],
      ["c", "error"],
    ]);
  });
});

describe("a tool call that is run again", () => {
  it("by the same thread after a crash sends nothing a second time, though its arguments were read back", async () => {
    const sent = counted(() => [200, { status: true, task_id: "t1" }]);
    const send = aLine().tool("pollyreach_send");
    const call = { type: "tool_call" as const, id: "w1", name: send.name, args: { message: "Call Ada" } };
    const config = { configurable: { thread_id: "chat" } };
    const first = await send.invoke(structuredClone(call), config);
    const second = await send.invoke(structuredClone(call), config);
    const elsewhere = await send.invoke(structuredClone(call), {
      configurable: { thread_id: "another chat" },
    });
    expect([first.status, second.status, elsewhere.status]).toEqual(["success", "error", "success"]);
    expect(second.artifact.error.code).toBe("submission_unknown");
    expect(sent.posts).toBe(2);
  });

  it("at the same moment sends nothing a second time", async () => {
    const sent = counted(() => [200, { status: true }]);
    const send = aLine().tool("pollyreach_send");
    const call = { type: "tool_call" as const, id: "w1", name: send.name, args: { message: "Call Ada" } };
    await Promise.all([send.invoke(call), send.invoke(call)]);
    expect(sent.posts).toBe(1);
  });
});

describe("progress", () => {
  it("goes to whoever streams the agent's custom events, while the tool listens", async () => {
    service().post(PATHS.query).twice().reply(200, { message: "", done: false });
    service().post(PATHS.query).reply(200, { message: "No answer.", done: true });
    const seen: unknown[] = [];
    const agent = anAgent([{ name: "pollyreach_result", args: {}, id: "w1" }]);
    for await (const event of await agent.stream({ messages: "How did it go?" }, { streamMode: "custom" })) {
      seen.push(event);
    }
    expect(seen).toMatchObject([
      { type: "listening", tool: "pollyreach_result", polls: 1 },
      { type: "listening", tool: "pollyreach_result", polls: 2 },
    ]);
  });
});
