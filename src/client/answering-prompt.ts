import { ServiceError } from "./errors.js";
import type { AnsweringPromptUpdate } from "./replies.js";
import { type ReadingRules, readVerdict } from "./reply-reading.js";
import type { Verdict } from "./retry.js";
import type { Outcome } from "./transport.js";
import { updateAnsweringPromptReply } from "./wire.js";

/** Setting the same prompt twice is setting it once, so it is repeated like a read, also when the service refuses it. */
export function promptUpdateVerdict(rules: ReadingRules, outcome: Outcome): Verdict<AnsweringPromptUpdate> {
  const verdict = readVerdict(rules, outcome, updateAnsweringPromptReply, (wire) => wire);
  if (!("value" in verdict)) return verdict;
  const { status, message, task_id } = verdict.value;
  if (status) {
    const taskId = task_id === null || task_id === undefined ? {} : { taskId: String(task_id) };
    return { value: { message: message ?? "", ...taskId } };
  }
  const { endpoint } = rules;
  const error = new ServiceError(
    `${endpoint}: the service did not take the prompt: ${message ?? "no reason given"}`,
    {
      endpoint,
    },
  );
  return { again: { error } };
}
