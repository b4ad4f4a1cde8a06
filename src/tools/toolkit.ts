import { BaseToolkit, type StructuredToolInterface } from "@langchain/core/tools";
import type { PollyReachClient } from "../client/client.js";
import { ConfigurationError } from "../client/errors.js";
import { PollyReachBalanceTool } from "./balance-tool.js";

export interface PollyReachToolkitOptions {
  /** The line that the tools work with. Its token stays in it. */
  client: PollyReachClient;
  /** Which tools to give, in this order; "all" for every one. Default: `DEFAULT_TOOLS`. */
  tools?: "all" | readonly ToolName[];
}

/** How each tool is made, by its name. */
const MAKERS = {
  pollyreach_balance: ({ client }: PollyReachToolkitOptions) => new PollyReachBalanceTool({ client }),
} satisfies Record<string, (options: PollyReachToolkitOptions) => StructuredToolInterface>;

export type ToolName = keyof typeof MAKERS;

export const TOOL_NAMES = Object.keys(MAKERS) as readonly ToolName[];

/** The tools of one phone line, for an agent: `tools: new PollyReachToolkit({ client }).getTools()`. */
export class PollyReachToolkit extends BaseToolkit {
  override readonly tools: StructuredToolInterface[];

  /** @throws ConfigurationError for a tool that does not exist */
  constructor(options: PollyReachToolkitOptions) {
    super();
    const names = options.tools === "all" ? TOOL_NAMES : (options.tools ?? TOOL_NAMES);
    this.tools = [...new Set(names)].map((name) => {
      if (!Object.hasOwn(MAKERS, name)) {
        throw new ConfigurationError(`There is no tool ${JSON.stringify(name)}.`, {
          nextStep: `Choose from: ${TOOL_NAMES.join(", ")}.`,
        });
      }
      return MAKERS[name](options);
    });
  }
}
