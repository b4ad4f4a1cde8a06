import { AIMessage, HumanMessage } from "@langchain/core/messages";
import { BaseTracer, type Run } from "@langchain/core/tracers/base";
import { Command, InMemoryStore, MemorySaver } from "@langchain/langgraph";
import { createAgent, fakeModel } from "langchain";
import { describe, expect, it } from "vitest";
import { PollyReachClient } from "../../src/client/client.js";
import { fixedPolling } from "../../src/client/polling.js";
import { createOutboundGraph } from "../../src/graphs/outbound/graph.js";
import {
  type PhoneTaskDeps,
  resumePhoneTask,
  runPhoneTask,
} from "../../src/graphs/outbound/run-phone-task.js";
import type { Answer } from "../../src/policy/answer.js";
import { explain, explainInWords } from "../../src/policy/explain.js";
import type { PhoneTaskInput } from "../../src/policy/task.js";
import { renderMarkdown } from "../../src/reports/render-markdown.js";
import { renderPlain } from "../../src/reports/render-plain.js";
import { renderTerminal } from "../../src/reports/render-terminal.js";
import { behaviours, type Sandbox, startSandbox } from "../../src/sandbox/index.js";
import { PollyReachToolkit } from "../../src/tools/toolkit.js";
import { aProcess, onThread } from "../support/graph-trail.js";
import { handMade } from "../support/ways-to-dial.js";

const TOKEN = "canary-token-0123456789abcdef";
/** One card, as people and models write it. */
const DISGUISES = [
  "4111111111111111",
  "4111 1111 1111 1111",
  "4111-1111-1111-1111",
  "4111.1111.1111.1111",
  "4111\u00a01111\u00a01111\u00a01111",
  "４１１１ １１１１ １１１１ １１１１",
  "٤١١١ ١١١١ ١١١١ ١١١١",
  "41\u200b11 1111 1111 11\u200b11",
  "4111, 1111, 1111, 1111",
  "four one one one, one one one one, one one one one, one one one one",
];
const IBAN = "DE89 3704 0044 0532 0130 00";
const ROMA = "+442079460018";

/** Every text within something, however deep: names and values, of objects, maps, sets and errors, hidden or not. */
function textsIn(root: unknown): string {
  const texts: string[] = [];
  const seen = new Set<unknown>();
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value === "string" || typeof value === "number") texts.push(String(value));
    if (typeof value !== "object" && typeof value !== "function") continue;
    if (value === null || seen.has(value)) continue;
    seen.add(value);
    if (value instanceof Uint8Array) texts.push(new TextDecoder().decode(value));
    else {
      if (value instanceof Map) open.push(...value.keys(), ...value.values());
      if (value instanceof Set) open.push(...value);
      for (const [name, { value: each }] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
        open.push(name, each);
      }
    }
  }
  return texts.join("\n");
}

/** Whether a card, in whatever form, or the token is to be found in something. */
function leaks(where: unknown): string[] {
  const text = textsIn(where);
  const plain = text
    .normalize("NFKC")
    .replace(/\p{Nd}/gu, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replace(/\\u200b|\\u00a0/g, " ");
  const letters = text.replace(/[^\p{L}\d\n]/gu, "").toLowerCase();
  const found: string[] = [];
  if (text.includes(TOKEN)) found.push("the token");
  if (/4(?:[^\d\n]{0,3}1){15}/.test(plain)) found.push("the card");
  if (letters.includes("oneoneoneoneoneone")) found.push("the card, read out");
  if (letters.includes(IBAN.replace(/\s/g, "").toLowerCase())) found.push("the IBAN");
  return found;
}

it("the canaries would be heard", () => {
  for (const secret of [...DISGUISES, IBAN, TOKEN]) {
    for (const where of [
      secret,
      [{ a: new Map([["b", `x ${secret}`]]) }],
      new Error(secret),
      { [secret]: 1 },
    ]) {
      expect(leaks(where)).toHaveLength(1);
    }
    expect(leaks(new TextEncoder().encode(JSON.stringify({ secret })))).toHaveLength(1);
  }
});

/** Keeps every run whole, as a tracing service would be sent it. */
class Recorder extends BaseTracer {
  override name = "recorder";
  readonly runs: Run[] = [];
  protected override async persistRun(run: Run): Promise<void> {
    this.runs.push(run);
  }
}

/** A line whose every request is seen from outside, and everything that is kept or told of it. */
async function aWatchedLine(...script: Parameters<typeof says>[]) {
  const sandbox: Sandbox = await startSandbox({
    token: TOKEN,
    clock: undefined,
    people: [
      {
        name: "Roma",
        phone: ROMA,
        behaviours: script.length > 0 ? script.map((s) => says(...s)) : [behaviours.agrees()],
      },
    ],
  });
  const headers: unknown[] = [];
  const fetch: typeof globalThis.fetch = (url, init) => {
    headers.push(
      [...new Headers(init?.headers)].filter(([name]) => name !== "authorization"),
      String(url),
    );
    return sandbox.fetch(url, init);
  };
  const client = new PollyReachClient({
    ...sandbox.clientOptions(),
    fetch,
    polling: fixedPolling(20_000),
    random: () => 0.5,
  });
  const saver = new MemorySaver();
  const store = new InMemoryStore();
  const progress: unknown[] = [];
  const deps: PhoneTaskDeps = {
    client,
    clock: sandbox.clock,
    checkpointer: saver,
    guard: { store },
    onProgress: (event) => progress.push(event),
    ...aProcess(),
  };
  return {
    sandbox,
    client,
    deps,
    /** Everything that left this process, or stays in it. */
    traces: () => ({
      requests: sandbox.record.requests.map(({ method, path, body }) => ({ method, path, body })),
      headers,
      checkpoints: [saver.storage, saver.writes],
      store: (store as unknown as { data: unknown }).data,
      progress,
    }),
  };
}

const says = (text: string) => behaviours.says(text);

const task: PhoneTaskInput = {
  id: "task",
  purpose: "Book a table for four",
  targets: [{ name: "Roma", phone: ROMA, timeZone: "UTC" }],
};
const inEveryField = (secret: string): Record<string, Partial<PhoneTaskInput>> => ({
  purpose: { purpose: `Book a table with ${secret}` },
  "a detail": { details: { "card to use": secret } },
  "a detail's name": { details: { [secret]: "to use" } },
  "a permission": { mayAgreeTo: [`charge ${secret}`] },
  "a name": { targets: [{ name: `Roma ${secret}`, phone: ROMA, timeZone: "UTC" }] },
  "a number": { targets: [{ phone: secret, timeZone: "UTC" }] },
  "the principal": { onBehalfOf: secret },
  "the language": { language: secret },
  "the zone": { timeZone: secret },
  "a required detail": { requiredDetails: [secret] },
});

describe.each([...DISGUISES, IBAN])("with the secret written %s", (secret) => {
  it("a task that holds it in any field is refused, and nothing keeps it", async () => {
    for (const [field, more] of Object.entries(inEveryField(secret))) {
      const line = await aWatchedLine();
      const error = await runPhoneTask({ ...task, ...more }, line.deps).catch((thrown: unknown) => thrown);
      expect(error, field).toBeInstanceOf(Error);
      expect(leaks([error, line.traces()]), field).toEqual([]);
      expect(line.sandbox.rings()).toBe(0);
      await line.sandbox.close();
    }
  });

  it("a task that nobody has checked is not sent with it", async () => {
    for (const [field, more] of Object.entries(inEveryField(secret))) {
      if (["a required detail", "the zone", "a number"].includes(field)) continue;
      const line = await aWatchedLine();
      const graph = createOutboundGraph({ ...line.deps, checkpointer: new MemorySaver() });
      const hand = handMade({ ...task, ...more } as never);
      await line.sandbox.clock.hold(() => graph.invoke({ task: hand }, onThread("hand")));
      expect(leaks(line.sandbox.record.requests), field).toEqual([]);
      expect(line.sandbox.rings(), field).toBe(0);
      await line.sandbox.close();
    }
  });

  const asks = "Question: Before I can go on, what should I say to them?";
  it.each<[string, (secret: string) => Answer]>([
    ["plain words", (words) => ({ answer: `Use ${words}` })],
    ["a bare string", (words) => words],
    [
      "an agent interface's edit",
      (words) => ({ decisions: [{ type: "edit", editedAction: { name: "x", args: { answer: words } } }] }),
    ],
    ["an agent interface's rejection", (words) => ({ decisions: [{ type: "reject", message: words }] })],
  ])("an answer that holds it is not kept or sent: %s", async (_, answer) => {
    for (const invalidAnswers of ["throw", "ask_again"] as const) {
      const line = await aWatchedLine([asks]);
      const run = await runPhoneTask(task, line.deps);
      expect(run.status).toBe("asking");
      const rings = line.sandbox.rings();
      const told = await resumePhoneTask("task", { ...line.deps, invalidAnswers }, answer(secret)).catch(
        (thrown: unknown) => thrown,
      );
      expect(leaks([told, line.traces()])).toEqual([]);
      expect(line.sandbox.rings()).toBe(rings);
      await line.sandbox.close();
    }
  });

  it("a missing detail that is answered with it is asked for again", async () => {
    const line = await aWatchedLine();
    const wanting = { ...task, requiredDetails: ["number to give"] };
    const error = await runPhoneTask(wanting, {
      ...line.deps,
      onQuestion: () => ({ details: { "number to give": secret } }),
    }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "invalid_answer" });
    expect(leaks([error, line.traces()])).toEqual([]);
    await line.sandbox.close();
  });

  it("what was said of it on a call is told and kept without it", async () => {
    const line = await aWatchedLine([
      `Success: the table is booked. They have ${secret} on file.

Transcript:
AI: Hello, I am an AI assistant and I would like to book a table. The card is ${secret}.
Callee: So that is ${secret}. Yes, the table is booked.
AI: ${secret}, thank you. Goodbye.`,
    ]);
    const recorder = new Recorder();
    const toolkit = new PollyReachToolkit({
      client: line.client,
      clock: line.sandbox.clock,
      tools: ["pollyreach_phone_task", "pollyreach_result"],
      phoneTask: line.deps,
    });
    const args = { purpose: task.purpose, targets: [{ name: "Roma", phone: ROMA, time_zone: "UTC" }] };
    const model = fakeModel()
      .respondWithTools([{ name: "pollyreach_phone_task", args, id: "c1" }])
      .respondWithTools([{ name: "pollyreach_result", args: { wait_seconds: 0 }, id: "c2" }])
      .respond(new AIMessage("Done."));
    const agent = createAgent({ model, tools: toolkit.getTools(), checkpointer: new MemorySaver() });
    const { messages } = await agent.invoke(
      { messages: [new HumanMessage("Please.")] },
      { configurable: { thread_id: "chat" }, callbacks: [recorder] },
    );
    expect(line.sandbox.rings()).toBe(1);
    expect(leaks([messages, recorder.runs, line.traces()])).toEqual([]);
    const run = messages.find((message) => message.getType() === "tool" && "artifact" in message);
    const { report, history } = (run as unknown as { artifact: { report: never; history: never } }).artifact;
    expect(
      leaks([renderPlain(report), renderMarkdown(report), renderTerminal(report, { color: false })]),
    ).toEqual([]);
    expect(
      leaks([explain(handMade(task as never), history), explainInWords(handMade(task as never), history)]),
    ).toEqual([]);
    // That the AI said it stands in the report, without it.
    expect(renderPlain(report)).toMatch(/\[(card number ending 1111|IBAN ending 3000)\]/);
    expect((report as { saidBeyond: string[] }).saidBeyond).toHaveLength(1);
    await line.sandbox.close();
  });

  it("no tool sends it on, or tells it", async () => {
    const line = await aWatchedLine();
    line.sandbox.receive({ from: "+442079460777", content: `My card is ${secret}` } as never);
    const { tools } = new PollyReachToolkit({
      client: line.client,
      clock: line.sandbox.clock,
      tools: "all",
      phoneTask: line.deps,
    });
    const wishes: Record<string, Record<string, unknown>> = {
      pollyreach_send: { message: `Call Roma and pay with ${secret}` },
      pollyreach_answering_prompt: { prompt: `Say that the card is ${secret}` },
      pollyreach_register: { name: secret, description: secret },
      pollyreach_inbound: {},
    };
    for (const [name, args] of Object.entries(wishes)) {
      const tool = tools.find((each) => each.name === name);
      const told = await tool
        ?.invoke({ type: "tool_call", id: `w-${name}`, name, args })
        .catch((thrown: unknown) => thrown);
      expect(leaks([told, line.traces()]), name).toEqual([]);
    }
    expect(line.sandbox.rings()).toBe(0);
    await line.sandbox.close();
  });
});

it("the token is in no request beyond its header, no trace, checkpoint, report or error, through a task of every step", async () => {
  const line = await aWatchedLine(
    ["The line was busy. They did not pick up: line busy."],
    ["Question: Which room should I book?"],
    [`Success, confirmed. The service says your token is ${TOKEN}.`],
  );
  const recorder = new Recorder();
  const { tools } = new PollyReachToolkit({
    client: line.client,
    clock: line.sandbox.clock,
    tools: "all",
    phoneTask: {
      ...line.deps,
      checkpointer: new MemorySaver(),
      longestWaitMs: 86_400_000,
      approval: "first_dial",
    },
  });
  const model = fakeModel()
    .respondWithTools([
      {
        name: "pollyreach_phone_task",
        args: { purpose: task.purpose, targets: [{ name: "Roma", phone: ROMA, time_zone: "UTC" }] },
        id: "c1",
      },
    ])
    .respond(new AIMessage("Done."));
  const saver = new MemorySaver();
  const agent = createAgent({ model, tools, checkpointer: saver });
  const config = { configurable: { thread_id: "chat" }, callbacks: [recorder] };
  let state = await agent.invoke({ messages: [new HumanMessage("Please.")] }, config);
  for (const resume of [{ choice: "approve" }, { answer: "the blue one" }]) {
    state = await agent.invoke(new Command({ resume }) as never, config);
  }
  expect(line.sandbox.rings()).toBeGreaterThan(1);
  expect(
    leaks([state, recorder.runs, saver.storage, saver.writes, line.traces(), tools, line.client]),
  ).toEqual([]);
  expect(
    leaks(
      JSON.stringify([tools, line.client, recorder.runs.map(({ inputs, outputs }) => [inputs, outputs])]),
    ),
  ).toEqual([]);
  await line.sandbox.close();
});
