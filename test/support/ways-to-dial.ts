import { AIMessage, HumanMessage } from "@langchain/core/messages";
import { MemorySaver } from "@langchain/langgraph";
import { createAgent, fakeModel } from "langchain";
import { scriptedModel } from "../../examples/autonomous-caller/scripted-model.js";
import { PollyReachClient } from "../../src/client/client.js";
import { fixedPolling } from "../../src/client/polling.js";
import { createOutboundGraph } from "../../src/graphs/outbound/graph.js";
import type { GuardOptions } from "../../src/graphs/outbound/guard.js";
import { runPhoneTask } from "../../src/graphs/outbound/run-phone-task.js";
import { InvalidTaskError, type PhoneTask } from "../../src/policy/task.js";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/sandbox/index.js";
import { PollyReachToolkit, type ToolName } from "../../src/tools/toolkit.js";
import { aProcess, onThread } from "./graph-trail.js";

/** A number that somebody wants called, and the country that they mean it in. */
export interface Wish {
  number: string;
  country?: string;
}

/** A line on the sandbox, at ten in the morning where everybody is. */
export interface Line {
  sandbox: Sandbox;
  client: PollyReachClient;
  guard: GuardOptions;
}

export async function aLine(options: SandboxOptions = {}, guard: GuardOptions = {}): Promise<Line> {
  const sandbox: Sandbox = await startSandbox({ ...options, clock: undefined });
  const client = new PollyReachClient({
    ...sandbox.clientOptions(),
    polling: fixedPolling(20_000),
    random: () => 0.5,
  });
  return { sandbox, client, guard };
}

/** Whatever was handed to the service to have somebody called. */
export function messagesSent({ sandbox }: Pick<Line, "sandbox">): unknown[] {
  return sandbox.record.requests.flatMap(({ endpoint, body }) => (endpoint === "send" ? [body] : []));
}

let made = 0;

/** What a program may hand to the graph that has never heard of `parsePhoneTask`. */
export function handMade(task: Partial<PhoneTask>): PhoneTask {
  return {
    id: `task-${++made}`,
    purpose: "Ask for the opening hours",
    targets: [],
    mayFindOther: false,
    details: {},
    requiredDetails: [],
    mayAgreeTo: [],
    approval: "none",
    timeZone: "UTC",
    ...task,
  };
}

/** Runs the graph itself, without the runner's checks. @returns what each task came to, in a sentence. */
export async function throughTheGraph(line: Line, tasks: readonly Partial<PhoneTask>[]): Promise<string[]> {
  const { client, guard, sandbox } = line;
  const graph = createOutboundGraph({
    client,
    guard,
    clock: sandbox.clock,
    checkpointer: new MemorySaver(),
    ...aProcess(),
  });
  const told: string[] = [];
  for (const task of tasks.map(handMade)) {
    const { step } = await sandbox.clock.hold(() => graph.invoke({ task }, onThread(task.id)));
    told.push(step.do === "report" ? `${step.conclusion}: ${step.why}` : step.do);
  }
  return told;
}

type Args = Record<string, unknown>;

/** @returns what the tool said to an agent whose model wants all of this in one turn. */
export async function throughAnAgent(
  line: Line,
  name: ToolName,
  wishes: readonly Args[],
  country?: string,
): Promise<string[]> {
  const { client, guard, sandbox } = line;
  const { tools } = new PollyReachToolkit({
    client,
    clock: sandbox.clock,
    tools: [name],
    phoneTask: { guard },
    ...(country !== undefined && { country }),
  });
  const calls = wishes.map((args) => ({ name, args, id: `call-${++made}` }));
  const model = fakeModel().respondWithTools(calls).respond(new AIMessage("That is all."));
  const agent = createAgent({ model, tools });
  const { messages } = await agent.invoke({ messages: [new HumanMessage("Please.")] });
  return messages.filter((message) => message.getType() === "tool").map(({ text }) => text);
}

const inItsCountry = ({ country }: Wish) => (country === undefined ? {} : { country });

const PURPOSE = "Ask for the opening hours";

/** Every way through this package to a phone that rings, told to call some numbers. They tell what became of each. */
export const WAYS_TO_DIAL: Record<string, (line: Line, wishes: readonly Wish[]) => Promise<string[]>> = {
  "the graph, with a task that nobody has checked": (line, wishes) =>
    throughTheGraph(
      line,
      wishes.map((wish) => ({ targets: [{ phone: wish.number, timeZone: "UTC" }], ...inItsCountry(wish) })),
    ),

  "the graph, with the number for a name": (line, wishes) =>
    throughTheGraph(
      line,
      wishes.map((wish) => ({ targets: [{ name: wish.number }], ...inItsCountry(wish) })),
    ),

  "the graph, with the number in the purpose": (line, wishes) =>
    throughTheGraph(
      line,
      wishes.map((wish) => ({ purpose: `Call ${wish.number}`, ...inItsCountry(wish) })),
    ),

  "the graph, with the number in a detail": (line, wishes) =>
    throughTheGraph(
      line,
      wishes.map((wish) => ({
        targets: [{ name: "Roma" }],
        details: { "number to call": wish.number },
        ...inItsCountry(wish),
      })),
    ),

  "the runner": ({ client, guard, sandbox }, wishes) => {
    const deps = { client, guard, clock: sandbox.clock, ...aProcess() };
    return oneByOne(wishes, async (wish) => {
      try {
        const run = await runPhoneTask(
          { purpose: PURPOSE, targets: [{ phone: wish.number, timeZone: "UTC" }], ...inItsCountry(wish) },
          deps,
        );
        return run.status === "finished" ? JSON.stringify(run.report.conclusion) : run.status;
      } catch (error) {
        if (!(error instanceof InvalidTaskError)) throw error;
        return error.message;
      }
    });
  },

  "an agent's phone task": (line, wishes) =>
    throughAnAgent(
      line,
      "pollyreach_phone_task",
      wishes.map((wish) => ({
        purpose: PURPOSE,
        targets: [{ phone: wish.number, time_zone: "UTC" }],
        ...inItsCountry(wish),
      })),
    ),

  "an agent's phone task, with the number in the purpose": (line, wishes) =>
    throughAnAgent(
      line,
      "pollyreach_phone_task",
      wishes.map((wish) => ({ purpose: `Call ${wish.number} and ask`, ...inItsCountry(wish) })),
    ),

  "an agent's own message to Polly": (line, wishes) =>
    byCountry(wishes, (own, country) =>
      throughAnAgent(
        line,
        "pollyreach_send",
        own.map(({ number }) => ({ message: `Call ${number}` })),
        country,
      ),
    ),

  "the example, asked in plain words": ({ client, guard, sandbox }, wishes) => {
    const { tools } = new PollyReachToolkit({
      client,
      tools: ["pollyreach_phone_task"],
      clock: sandbox.clock,
      phoneTask: { guard, longestWaitMs: Number.POSITIVE_INFINITY },
    });
    return oneByOne(wishes, async ({ number }) => {
      const agent = createAgent({ model: scriptedModel(), tools });
      const { messages } = await agent.invoke({ messages: [new HumanMessage(`Please call ${number}`)] });
      return messages.map(({ text }) => text).join("\n");
    });
  },
};

async function oneByOne(wishes: readonly Wish[], make: (wish: Wish) => Promise<string>): Promise<string[]> {
  const told: string[] = [];
  for (const wish of wishes) told.push(await make(wish));
  return told;
}

/** Where the country is a setting, not part of the wish. Keeps the order. */
async function byCountry(
  wishes: readonly Wish[],
  make: (wishes: readonly Wish[], country: string | undefined) => Promise<string[]>,
): Promise<string[]> {
  const told: string[] = [];
  for (let from = 0; from < wishes.length; ) {
    const country = wishes[from]?.country;
    const change = wishes.findIndex((wish, index) => index > from && wish.country !== country);
    const to = change < 0 ? wishes.length : change;
    told.push(...(await make(wishes.slice(from, to), country)));
    from = to;
  }
  return told;
}
