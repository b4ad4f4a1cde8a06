import { Command, type LangGraphRunnableConfig } from "@langchain/langgraph";
import { PollyReachError } from "../../../client/errors.js";
import type { Attempt, Fact } from "../../../policy/history.js";
import { belongsTo } from "../../../policy/reference.js";
import { standing } from "../../../policy/standing.js";
import type { OutboundParts } from "../deps.js";
import { holdLine } from "../hold-line.js";
import { tell } from "../progress.js";
import { fingerprint } from "../results-before.js";
import { type OutboundStateValue, resultsOf } from "../state.js";

/** How a node that waits for a result goes about it. */
interface Listening {
  /** Whether a finished result is this attempt's. */
  accept: (message: string, attempt: Attempt, seen: { sawPending: boolean }) => boolean;
  /** What to say when none has come. */
  nothing: (attempt: Attempt, listenedMs: number) => string;
}

/** Waits for the result of a call that was placed. */
export const listen = (parts: OutboundParts) => listening(parts, { accept: isItsResult, nothing: notYet });

/** Looks for a trace of a call that may not have been placed; only a result that is clearly its own settles it. */
export const reconcile = (parts: OutboundParts) =>
  listening(parts, { accept: isClearlyItsResult, nothing: noTrace });

function listening(parts: OutboundParts, { accept, nothing }: Listening) {
  const { client, clock, locks } = parts;
  return async (state: OutboundStateValue, config: LangGraphRunnableConfig) => {
    const { task, history } = state;
    const call = standing(task, history).last;
    if (!call) throw new Error("No call is under way, so there is nothing to listen for.");
    const { attempt } = call;
    const attemptId = attempt.id;
    const known = new Set(resultsOf(state, attemptId).map(({ message }) => message));
    try {
      await holdLine(parts, attemptId, config.signal);
      const result = await client.waitForResult({
        since: call.at,
        ...(config.signal && { signal: config.signal }),
        isOurs: (message, seen) => !known.has(message) && accept(message, attempt, seen),
        onPoll: ({ elapsedMs, polls }) =>
          tell(config, { type: "listening", at: clock.now(), taskId: task.id, attemptId, elapsedMs, polls }),
      });
      if (result.done) {
        return new Command({ update: { results: [{ attemptId, message: result.message }] }, goto: "read" });
      }
      locks.release(client.lineId, attemptId);
      return without(nothing(attempt, result.elapsedMs));
    } catch (error) {
      locks.release(client.lineId, attemptId);
      if (!(error instanceof PollyReachError) || config.signal?.aborted) throw error;
      return without(`${error.message} ${error.nextStep}`);
    }

    function without(detail: string) {
      const fact: Fact = { fact: "nothing_heard", at: clock.now(), attemptId, detail };
      return new Command({ update: { history: [fact] }, goto: "plan" });
    }
  };
}

/** An old result may still be served right after a new call, so one that says nothing of whose it is must be new. */
function isItsResult(message: string, attempt: Attempt, { sawPending }: { sawPending: boolean }): boolean {
  const belongs = belongsTo(message, attempt);
  if (belongs === "yes" || belongs === "no") return belongs === "yes";
  return sawPending || (attempt.resultBefore !== undefined && fingerprint(message) !== attempt.resultBefore);
}

function isClearlyItsResult(message: string, attempt: Attempt): boolean {
  const belongs = belongsTo(message, attempt);
  if (belongs === "likely") {
    return attempt.resultBefore !== undefined && fingerprint(message) !== attempt.resultBefore;
  }
  return belongs === "yes";
}

function notYet(_attempt: Attempt, listenedMs: number): string {
  return `No result came in ${Math.round(listenedMs / 60_000)} minutes. The call may still be going on.`;
}

function noTrace(): string {
  return "No result was found that is clearly this call's.";
}
