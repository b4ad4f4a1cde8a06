/** The graph was run without a checkpointer, so its first question would come after a call and lose it. */
export class MissingCheckpointerError extends Error {
  override readonly name = "MissingCheckpointerError";
  readonly code = "missing_checkpointer";
  readonly retryable = false;
  constructor() {
    super(
      "The outbound graph needs a checkpointer and a thread_id before anything is dialed. " +
        "Give createOutboundGraph a checkpointer (a MemorySaver will do to try it) and invoke it with { configurable: { thread_id } }.",
    );
  }
}

/** A limit of the policy that is no limit, or that would be raised. */
export class InvalidLimitsError extends Error {
  override readonly name = "InvalidLimitsError";
  readonly code = "invalid_limits";
  readonly retryable = false;
  constructor(readonly issues: readonly { path: PropertyKey[]; message: string }[]) {
    super(
      `The limits are not valid: ${issues.map(({ path, message }) => `${path.map(String).join(".") || "limits"}: ${message}`).join("; ")}. ` +
        "Limits are whole numbers of 0 or more, and may be lowered but not raised.",
    );
  }
}

/** No task is kept under that thread. */
export class UnknownTaskError extends Error {
  override readonly name = "UnknownTaskError";
  readonly code = "unknown_task";
  readonly retryable = false;
  constructor(readonly threadId: string) {
    super(
      `No phone task is kept under the thread “${threadId}”. Check the id, and that the same checkpointer is given as when the task was started.`,
    );
  }
}

/** The same task is being run already. */
export class TaskBusyError extends Error {
  override readonly name = "TaskBusyError";
  readonly code = "task_busy";
  readonly retryable = false;
  constructor(readonly threadId: string) {
    super(
      `The phone task “${threadId}” is being carried out already. Wait for that run to end; do not start it again.`,
    );
  }
}
