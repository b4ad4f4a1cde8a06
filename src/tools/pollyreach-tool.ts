import type { CallbackManagerForToolRun } from "@langchain/core/callbacks/manager";
import type { ToolMessage } from "@langchain/core/messages";
import { StructuredTool, type ToolRunnableConfig } from "@langchain/core/tools";
import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import type { z } from "zod";
import { type FailureArtifact, failureMessage } from "./tool-errors.js";

/** What a tool says to the model, and what it keeps for programs. */
export type ToolReply<ArtifactT> = readonly [content: string, artifact: ArtifactT];

/**
 * What comes with one call of a tool: the signal, the model's own call where there is one, and, inside LangGraph, the
 * `writer` that is there while somebody streams the graph with `streamMode: "custom"`.
 */
export type ToolConfig = LangGraphRunnableConfig & Pick<ToolRunnableConfig, "toolCall">;

/**
 * The base of every tool here. Invoked directly it gives its text, or throws; with a tool call, as agents do, it gives a
 * `ToolMessage` with an artifact, whose `status` is "error" where something went wrong that was to be expected.
 *
 * What goes to LangChain's constructor is kept in `lc_kwargs` and may be serialised: only the name does.
 */
export abstract class PollyReachTool<SchemaT extends z.ZodObject, ArtifactT = unknown> extends StructuredTool<
  SchemaT,
  z.output<SchemaT>,
  z.input<SchemaT>,
  string
> {
  override readonly name: string;
  abstract override readonly description: string;
  abstract override readonly schema: SchemaT;
  /** Whether the tool can make a phone ring. */
  readonly dials: boolean;

  constructor(name: string, { dials = false }: { dials?: boolean } = {}) {
    // Without a run name, the tool would be traced and streamed under the name of its class.
    super({ defaultConfig: { runName: name }, responseFormat: "content_and_artifact" });
    this.name = name;
    this.dials = dials;
  }

  /** Does what the tool is for. Expected errors are thrown; the base turns them into what the caller can use. */
  protected abstract answer(
    input: z.output<SchemaT>,
    config: ToolConfig,
    runManager?: CallbackManagerForToolRun,
  ): Promise<ToolReply<ArtifactT>>;

  protected override async _call(
    input: z.output<SchemaT>,
    runManager?: CallbackManagerForToolRun,
    config: ToolConfig = {},
  ): Promise<string> {
    const reply = await this.#reply(input, config, runManager);
    // LangChain takes the pair apart: whoever invokes the tool gets the text, as the type says.
    return reply as unknown as string;
  }

  async #reply(
    input: z.output<SchemaT>,
    config: ToolConfig,
    runManager: CallbackManagerForToolRun | undefined,
  ): Promise<ToolReply<ArtifactT> | readonly [ToolMessage, FailureArtifact]> {
    try {
      return await this.answer(input, config, runManager);
    } catch (error) {
      const message = failureMessage(error, this, config);
      return [message, message.artifact];
    }
  }
}
