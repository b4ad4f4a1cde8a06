import { BaseToolkit, type StructuredToolInterface } from "@langchain/core/tools";
import type { BaseStore } from "@langchain/langgraph";
import type { PollyReachClient } from "../client/client.js";
import { ConfigurationError } from "../client/errors.js";
import type { Clock } from "../clock.js";
import type { LineLocks } from "../graphs/outbound/line-locks.js";
import { CallHistory } from "../history/call-history.js";
import type { OutcomeReader } from "../outcome/reader.js";
import { PollyReachActivationStatusTool } from "./activation-status-tool.js";
import { PollyReachAnsweringPromptTool } from "./answering-prompt-tool.js";
import { PollyReachBalanceTool } from "./balance-tool.js";
import { PollyReachCallHistoryTool } from "./call-history-tool.js";
import { PollyReachInboundTool } from "./inbound-tool.js";
import { LatestCall } from "./latest-call.js";
import { type PhoneTaskToolOptions, PollyReachPhoneTaskTool } from "./phone-task-tool.js";
import { PollyReachRegisterTool } from "./register-tool.js";
import { PollyReachResultTool } from "./result-tool.js";
import { PollyReachSendTool } from "./send-tool.js";
import { PollyReachStoredInboundTool } from "./stored-inbound-tool.js";

export interface PollyReachToolkitOptions {
  /** The line that the tools work with. Its token stays in it. */
  client: PollyReachClient;
  /** Which tools to give, in this order; "all" for every one. Default: `DEFAULT_TOOLS`. */
  tools?: "all" | readonly ToolName[] | undefined;
  /** ISO 3166-1 alpha-2 country that numbers without `+` are read in, where numbers are checked. */
  country?: string | undefined;
  /** Reads results. Default: the rules reader. */
  reader?: OutcomeReader | undefined;
  /** Default: the machine's clock. Give the client the same. */
  clock?: Clock | undefined;
  /** Default: the locks of this process. */
  locks?: LineLocks | undefined;
  /**
   * Any LangGraph store. With it, incoming messages are kept before they are told, phone tasks go into the history, and
   * `pollyreach_call_history` can be given.
   */
  store?: BaseStore | undefined;
  /** What the phone task takes beyond the client, reader, clock and locks above: who is asked, guard, limits … */
  phoneTask?: Omit<PhoneTaskToolOptions, "client" | "reader" | "clock" | "locks"> | undefined;
}

type Parts = PollyReachToolkitOptions & { latest: LatestCall };

/** How each tool is made, by its name. */
const MAKERS = {
  pollyreach_phone_task: ({ client, reader, clock, locks, phoneTask, store }: Parts) =>
    new PollyReachPhoneTaskTool({
      ...(store && { history: new CallHistory({ store }) }),
      ...phoneTask,
      client,
      ...(reader && { reader }),
      ...(clock && { clock }),
      ...(locks && { locks }),
    }),
  pollyreach_register: (parts: Parts) => new PollyReachRegisterTool(parts),
  pollyreach_activation_status: (parts: Parts) => new PollyReachActivationStatusTool(parts),
  pollyreach_send: (parts: Parts) => new PollyReachSendTool({ ...parts, guard: parts.phoneTask?.guard }),
  pollyreach_result: (parts: Parts) => new PollyReachResultTool({ ...parts, guard: parts.phoneTask?.guard }),
  pollyreach_balance: (parts: Parts) => new PollyReachBalanceTool(parts),
  pollyreach_inbound: ({ client, store, clock }: Parts) =>
    store ? new PollyReachStoredInboundTool({ client, store, clock }) : new PollyReachInboundTool({ client }),
  pollyreach_call_history: ({ store }: Parts) => {
    if (store) return new PollyReachCallHistoryTool({ history: new CallHistory({ store }) });
    throw new ConfigurationError("pollyreach_call_history needs a store to look in.", {
      nextStep: "Give the toolkit a LangGraph store, such as new InMemoryStore().",
    });
  },
  pollyreach_answering_prompt: (parts: Parts) => new PollyReachAnsweringPromptTool(parts),
};

export type ToolName = keyof typeof MAKERS;

export const TOOL_NAMES = Object.keys(MAKERS) as readonly ToolName[];

/**
 * What a toolkit gives unless it is asked for more: nothing that makes an account, and nothing that dials without the
 * policy of the phone task around it. `pollyreach_result` belongs to `pollyreach_send` and comes with it only.
 */
export const DEFAULT_TOOLS: readonly ToolName[] = [
  "pollyreach_phone_task",
  "pollyreach_activation_status",
  "pollyreach_balance",
  "pollyreach_inbound",
  "pollyreach_answering_prompt",
];

/** What a toolkit gives besides where it has a store. */
const STORE_TOOLS: readonly ToolName[] = ["pollyreach_call_history"];

function available({ store }: PollyReachToolkitOptions): (name: ToolName) => boolean {
  return (name) => store !== undefined || !STORE_TOOLS.includes(name);
}

/** The tools of one phone line, for an agent: `tools: new PollyReachToolkit({ client }).getTools()`. */
export class PollyReachToolkit extends BaseToolkit {
  override readonly tools: StructuredToolInterface[];

  /** @throws ConfigurationError for a tool that does not exist */
  constructor(options: PollyReachToolkitOptions) {
    super();
    const parts = { ...options, latest: new LatestCall() };
    const chosen = options.tools === "all" ? TOOL_NAMES.filter(available(options)) : options.tools;
    this.tools = [...new Set(chosen ?? [...DEFAULT_TOOLS, ...STORE_TOOLS].filter(available(options)))].map(
      (name) => {
        if (!Object.hasOwn(MAKERS, name)) {
          throw new ConfigurationError(`There is no tool ${JSON.stringify(name)}.`, {
            nextStep: `Choose from: ${TOOL_NAMES.join(", ")}.`,
          });
        }
        return MAKERS[name](parts);
      },
    );
  }
}
