import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import type { Attempt } from "../../policy/history.js";
import type { Outcome } from "../../policy/outcome.js";
import type { Step } from "../../policy/step.js";

/** What happens while a task is carried out, as it happens. `at` is in milliseconds since the Unix epoch. */
export type Progress = { at: number; taskId: string } & (
  | { type: "decided"; step: Step }
  | { type: "dialing"; attempt: Attempt; of: number }
  | { type: "listening"; attemptId: string; elapsedMs: number; polls: number }
  | { type: "heard"; attemptId: string; outcome: Outcome }
);

/** Sends progress to whoever streams the graph with `streamMode: "custom"`. */
export function tell(config: LangGraphRunnableConfig, progress: Progress): void {
  config.writer?.(progress);
}
