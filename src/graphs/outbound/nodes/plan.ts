import { Command, type LangGraphRunnableConfig } from "@langchain/langgraph";
import { decide } from "../../../policy/decide.js";
import { standing } from "../../../policy/standing.js";
import type { OutboundParts } from "../deps.js";
import { MissingCheckpointerError } from "../graph-errors.js";
import { tell } from "../progress.js";
import type { OutboundStateValue } from "../state.js";
import { turnstile } from "../turnstile.js";

/** The hub: asks the policy what is next, and goes there. */
export const plan =
  ({ client, clock, limits, locks }: OutboundParts) =>
  async ({ task, history }: OutboundStateValue, config: LangGraphRunnableConfig) => {
    requireCheckpointer(config);
    await turnstile();
    const at = clock.now();
    const step = decide(task, history, at, limits);
    const { last } = standing(task, history);
    // The line is held for a call that is listened for, and for nothing else.
    if (last && step.do !== "listen" && step.do !== "reconcile")
      locks.release(client.lineId, last.attempt.id);
    tell(config, { type: "decided", at, taskId: task.id, step });
    return new Command({ update: { step }, goto: step.do });
  };

/** The key that LangGraph's own `interrupt` looks for. */
const CHECKPOINTER = "__pregel_checkpointer";

function requireCheckpointer({ configurable }: LangGraphRunnableConfig): void {
  if (!configurable?.[CHECKPOINTER] || configurable.thread_id === undefined)
    throw new MissingCheckpointerError();
}
