import type { ToolConfig } from "./pollyreach-tool.js";

/** How many tool calls are remembered; far more than are under way at once. */
const REMEMBERED = 10_000;

/**
 * The tool calls whose message was handed to the service. Retry middleware, or a LangGraph thread resumed after a
 * crash, runs the same tool call again; this is how the second run is told from a new wish. Known within one process
 * only.
 */
export class SubmittedCalls {
  readonly #inThreads = new Set<string>();
  readonly #unthreaded = new WeakSet<object>();

  /** @returns false if this tool call was begun before. A direct invocation is its caller's own affair: always true. */
  begin(config: ToolConfig, message: string): boolean {
    const { key, args } = identify(config, message);
    if (key !== undefined) {
      if (this.#inThreads.has(key)) return false;
      const [oldest] = this.#inThreads;
      if (this.#inThreads.size >= REMEMBERED && oldest !== undefined) this.#inThreads.delete(oldest);
      this.#inThreads.add(key);
    } else if (args !== undefined) {
      if (this.#unthreaded.has(args)) return false;
      this.#unthreaded.add(args);
    }
    return true;
  }

  /** Forgets a tool call for which it is proven that nothing was sent. */
  undo(config: ToolConfig, message: string): void {
    const { key, args } = identify(config, message);
    if (key !== undefined) this.#inThreads.delete(key);
    else if (args !== undefined) this.#unthreaded.delete(args);
  }
}

/** Some models number their tool calls anew in every run, so an id counts only within a thread. */
function identify({ toolCall, configurable }: ToolConfig, message: string): { key?: string; args?: object } {
  if (toolCall === undefined) return {};
  const threadId: unknown = configurable?.thread_id;
  if (typeof threadId === "string" && toolCall.id !== undefined) {
    return { key: JSON.stringify([threadId, toolCall.id, message]) };
  }
  return { args: toolCall.args };
}
