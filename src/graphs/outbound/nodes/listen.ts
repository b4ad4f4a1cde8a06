import { Command, type LangGraphRunnableConfig } from "@langchain/langgraph";
import { PollyReachError } from "../../../client/errors.js";
import type { WaitResult } from "../../../client/replies.js";
import type { Attempt, Fact } from "../../../policy/history.js";
import { standing } from "../../../policy/standing.js";
import type { OutboundParts } from "../deps.js";
import { holdLine } from "../hold-line.js";
import { tell } from "../progress.js";
import { type OutboundStateValue, resultsOf } from "../state.js";
import { turnstile } from "../turnstile.js";
import { isClearlyItsResult, isItsResult, type Sighting } from "../whose-result.js";

/** How a node that waits for a result goes about it. */
interface Listening {
  /** Whether a finished result is this attempt's. */
  accept: (message: string, attempt: Attempt, sighting: Sighting) => boolean;
  /** What to say when none has come. */
  nothing: (attempt: Attempt, listenedMs: number) => string;
}

/** Waits for the result of a call that was placed. */
export const listen = (parts: OutboundParts) => listening(parts, { accept: isItsResult, nothing: notYet });

/** Looks for a trace of a call that may not have been placed; only a result that is clearly its own settles it. */
export const reconcile = (parts: OutboundParts) =>
  listening(parts, { accept: isClearlyItsResult, nothing: noTrace });

/** No call is over so soon after it was submitted, in milliseconds. */
const TOO_SOON_MS = 2_000;

function listening(parts: OutboundParts, { accept, nothing }: Listening) {
  const { client, clock, locks, onUnclaimedResult } = parts;
  return async (state: OutboundStateValue, config: LangGraphRunnableConfig) => {
    const { task, history } = state;
    const call = standing(task, history).last;
    if (!call) throw new Error("No call is under way, so there is nothing to listen for.");
    const { attempt } = call;
    const attemptId = attempt.id;
    const own = resultsOf(state, attemptId);
    if (own.some(({ outcome }) => !outcome)) return new Command({ goto: "read" });
    const reserved = history.find((fact) => fact.fact === "reserved" && fact.attempt.id === attemptId);
    const sighting: Sighting = {
      sawPending: false,
      tooSoon: clock.now() - (reserved?.at ?? 0) < TOO_SOON_MS,
      earlier: state.results.filter((result) => result.attemptId !== attemptId).map(({ message }) => message),
    };
    const strays = new Set<string>();
    const wait = (limitMs?: number) =>
      client.waitForResult({
        since: call.at,
        ...(limitMs !== undefined && { limitMs }),
        ...(config.signal && { signal: config.signal }),
        isOurs: (message, { sawPending }) => {
          if (own.some((known) => known.message === message)) return false;
          sighting.sawPending ||= sawPending;
          const ours = accept(message, attempt, sighting);
          if (!ours) strays.add(message);
          return ours;
        },
        onPoll: ({ elapsedMs, polls }) =>
          tell(config, { type: "listening", at: clock.now(), taskId: task.id, attemptId, elapsedMs, polls }),
      });
    try {
      await holdLine(parts, attemptId, config.signal);
      let result: WaitResult | undefined;
      if (sighting.tooSoon) {
        // What is served this early is of the call before, and what is served later can be told from it.
        result = await wait(0);
        sighting.tooSoon = false;
        if (!result.done && result.turnedDown !== undefined) sighting.atFirst = result.turnedDown;
        sighting.sawPending = result.sawPending;
      }
      if (!result?.done) result = await wait();
      // Many calls may end in the same moment.
      await turnstile();
      if (result.done) {
        const found = [{ attemptId, message: result.message }];
        return new Command({ update: { results: found, unclaimed: unclaimed() }, goto: "read" });
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
      return new Command({ update: { history: [fact], unclaimed: unclaimed() }, goto: "plan" });
    }

    /** Results that came and are not known to be anybody's: the service may not tell of them again. */
    function unclaimed(): string[] {
      const kept = [...sighting.earlier, ...state.unclaimed];
      const fresh = [...strays].filter((message) => message !== "" && !kept.includes(message));
      for (const message of fresh) onUnclaimedResult(message);
      return fresh;
    }
  };
}

function notYet(_attempt: Attempt, listenedMs: number): string {
  return `No result came in ${Math.round(listenedMs / 60_000)} minutes. The call may still be going on.`;
}

function noTrace(): string {
  return "No result was found that is clearly this call's.";
}
