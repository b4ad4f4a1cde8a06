import type { ToolMessage } from "@langchain/core/messages";
import type { StructuredToolInterface } from "@langchain/core/tools";
import nock from "nock";
import { PollyReachClient, type PollyReachClientOptions } from "../../src/client/client.js";
import type { Clock } from "../../src/clock.js";
import { LineLocks } from "../../src/graphs/outbound/line-locks.js";
import { PollyReachToolkit, type PollyReachToolkitOptions, type ToolName } from "../../src/tools/toolkit.js";
import { instantClock } from "../client/instant-clock.js";

export const TOKEN = "canary-token-0123456789";
const ORIGIN = "https://api.pollyreach.ai";
export const PATHS = {
  register: "/platform/v1/auths/signin/device",
  status: "/platform/v1/auths/signin/device/activation-status",
  send: "/platform/v1/chat/openclaw/completions",
  query: "/platform/v1/chat/openclaw/query",
  balance: "/platform/v1/credits/balance",
  unread: "/platform/v1/sms_messages/unread",
  prompt: "/platform/v1/users/phone/pollyreach/update",
};

/** All but the phone task, which is a workflow and no endpoint. */
export const ENDPOINT_TOOLS: ToolName[] = [
  "pollyreach_register",
  "pollyreach_activation_status",
  "pollyreach_send",
  "pollyreach_result",
  "pollyreach_balance",
  "pollyreach_inbound",
  "pollyreach_answering_prompt",
];

export const service = () => nock(ORIGIN);

export interface ALine {
  client: PollyReachClient;
  clock: Clock;
  locks: LineLocks;
  tool: (name: ToolName) => StructuredToolInterface;
  tools: StructuredToolInterface[];
}

/** A phone line with the tool of each endpoint, on a clock whose sleeps pass at once. */
export function aLine(
  options: PollyReachClientOptions = {},
  more: Partial<PollyReachToolkitOptions> = {},
): ALine {
  const clock = options.clock ?? instantClock();
  const client = new PollyReachClient({ token: TOKEN, clock, random: () => 0.5, ...options });
  const locks = new LineLocks();
  const { tools } = new PollyReachToolkit({ client, clock, locks, tools: ENDPOINT_TOOLS, ...more });
  const tool = (name: ToolName) => {
    const found = tools.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`no ${name}`);
    return found;
  };
  return { client, clock, locks, tool, tools };
}

let calls = 0;

/** A model's call of a tool, each with an id of its own. */
export const modelCall = (name: string, args: Record<string, unknown> = {}) => ({
  type: "tool_call" as const,
  id: `call_${++calls}`,
  name,
  args,
});

/** Invokes a tool as an agent does. */
export async function asked(
  tool: StructuredToolInterface,
  args: Record<string, unknown> = {},
): Promise<ToolMessage> {
  return await tool.invoke(modelCall(tool.name, args));
}
