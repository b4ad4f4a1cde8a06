import { Command, type LangGraphRunnableConfig } from "@langchain/langgraph";
import { PollyReachError, RateLimitError, ServiceError } from "../../../client/errors.js";
import type { SendResult } from "../../../client/replies.js";
import type { Attempt, Fact } from "../../../policy/history.js";
import type { OutboundParts } from "../deps.js";
import type { OutboundStateValue } from "../state.js";

/** An intent older than this, in milliseconds, was left lying about: whether to dial is decided anew. */
const STALE_MS = 5 * 60_000;

/**
 * Places the call: the only node with an effect on the world. Burns the attempt's fuse first; without a fuse
 * nothing is sent. Never retried, here or above.
 */
export const submit =
  ({ client, clock, fuses, guard, locks }: OutboundParts) =>
  async ({ history }: OutboundStateValue, config: LangGraphRunnableConfig) => {
    const { attempt, at: reservedAt } = lastReserved(history);
    const found = async (fact: Fact) => {
      if (fact.fact === "not_submitted") {
        locks.release(client.lineId, attempt.id);
        await guard.withdraw(client.lineId, attempt.id);
      }
      return new Command({
        update: { history: [fact] },
        goto: fact.fact === "submitted" ? "listen" : "plan",
      });
    };
    if (!fuses.burn(attempt.id)) {
      const detail =
        "The run was taken up again at the moment of the call, so it may have been placed already.";
      return found({ fact: "submission_unknown", at: clock.now(), attemptId: attempt.id, detail });
    }
    const now = clock.now();
    if (now - reservedAt > STALE_MS) {
      const detail = "The run was held up before the call was placed.";
      const held = { reason: "line_busy", detail, retryAt: now } as const;
      return found({ fact: "not_submitted", at: now, attemptId: attempt.id, ...held });
    }
    try {
      const reply = await client.send(attempt.briefing, config.signal ? { signal: config.signal } : {});
      return found(whatTheReplySays(reply, attempt, clock.now()));
    } catch (error) {
      if (config.signal?.aborted) {
        locks.release(client.lineId, attempt.id);
        throw error;
      }
      return found(whatTheFailureSays(error, attempt, clock.now()));
    }
  };

function lastReserved(history: readonly Fact[]): Extract<Fact, { fact: "reserved" }> {
  const reserved = history.findLast((fact) => fact.fact === "reserved");
  if (!reserved) throw new Error("Nothing is reserved, so nothing is submitted.");
  return reserved;
}

function whatTheReplySays(reply: SendResult, { id: attemptId }: Attempt, at: number): Fact {
  if (reply.accepted) {
    return { fact: "submitted", at, attemptId, ...(reply.taskId !== undefined && { taskId: reply.taskId }) };
  }
  const { reason, message: detail, retryAfterMs } = reply;
  return { fact: "not_submitted", at, attemptId, reason, detail, ...retry(at, retryAfterMs) };
}

/** Only what proves that nothing was sent may be tried again; all else is unknown. */
function whatTheFailureSays(error: unknown, { id: attemptId }: Attempt, at: number): Fact {
  if (!(error instanceof PollyReachError) || error.sent !== "no") {
    const detail = error instanceof Error ? error.message : "The call ended in an error of no known meaning.";
    return { fact: "submission_unknown", at, attemptId, detail };
  }
  const detail = `${error.message} ${error.nextStep}`;
  if (error instanceof RateLimitError || error instanceof ServiceError) {
    const reason = error instanceof RateLimitError ? "line_busy" : "service_unavailable";
    return { fact: "not_submitted", at, attemptId, reason, detail, ...retry(at, error.retryAfterMs) };
  }
  const reason = error.code === "connection_failed" ? "service_unavailable" : "refused";
  return { fact: "not_submitted", at, attemptId, reason, detail };
}

function retry(at: number, afterMs: number | undefined): { retryAt?: number } {
  return afterMs === undefined ? {} : { retryAt: at + afterMs };
}
