import { systemClock } from "../../clock.js";
import { type CheckDeps, type InboundRound, roundOf } from "./check-inbound.js";
import type { InboundAction } from "./choices.js";
import type { IncomingCall } from "./incoming-call.js";
import { memoryOf } from "./line-memory.js";
import type { InboundTrouble } from "./state.js";
import { UnstoredMessagesError, WatchEndedError } from "./watch-errors.js";

export interface WatchOptions extends CheckDeps {
  onMessage: NonNullable<CheckDeps["onMessage"]>;
  /** How often to look, in milliseconds: from 1 minute to 1 hour. Default: 5 minutes, as the service advises. */
  everyMs?: number | undefined;
  /** What follows from a choice that `onMessage` returned, such as a task for `runPhoneTask`. */
  onAction?: ((action: InboundAction) => Promise<void> | void) | undefined;
  /** Messages that may or may not have been told before the process last ended. Not told again. */
  onPossiblyTold?: ((calls: readonly IncomingCall[]) => Promise<void> | void) | undefined;
  /** Spam that was kept from the human, for a list. */
  onFiltered?: ((calls: readonly IncomingCall[]) => Promise<void> | void) | undefined;
  /** A look that failed, with what to do about it. The watch goes on. */
  onTrouble?: ((trouble: InboundTrouble) => void) | undefined;
  /** Numbers in [0, 1), so that many watchers do not ask at the same moment. Default: Math.random. */
  random?: (() => number) | undefined;
}

/** How often the service is asked, in milliseconds. */
export const WATCH_LIMITS = {
  everyMs: 5 * 60_000,
  shortestMs: 60_000,
  longestMs: 60 * 60_000,
  /** Trouble doubles the time to the next look, up to this. */
  longestInTroubleMs: 60 * 60_000,
  /** A reply that could not be stored is tried again after this, doubling up to `everyMs`: it is in memory only. */
  firstStoreRetryMs: 5_000,
  /** Each time is varied by so much of it either way. */
  jitter: 0.1,
  /** A clock that is so far from where sleeping should have brought it has jumped. */
  jumpMs: 60_000,
  /** After a jump the network may be gone, and many machines wake at once: the next look comes within this. */
  afterJumpMs: 30_000,
} as const;

/**
 * Looks for incoming messages every few minutes until the signal is aborted, and tells each once. Failures are
 * reported and make it ask less often; nothing that was stored is forgotten.
 *
 * @throws {RangeError} for an `everyMs` out of range
 * @throws {WatchEndedError} when only the human can help, as with a token that was revoked
 * @throws {UnstoredMessagesError} when it is stopped with messages that could not be stored; it carries them
 */
export async function watchInbound(options: WatchOptions): Promise<void> {
  const { signal, random = Math.random, everyMs = WATCH_LIMITS.everyMs } = options;
  const clock = options.clock ?? systemClock;
  const { shortestMs, longestMs, jitter, jumpMs, afterJumpMs } = WATCH_LIMITS;
  if (!(everyMs >= shortestMs && everyMs <= longestMs)) {
    throw new RangeError(`everyMs is ${everyMs}; look every ${shortestMs} to ${longestMs} milliseconds.`);
  }
  const round = roundOf(options);
  let inARow = 0;
  while (!signal?.aborted) {
    const trouble = await look(options, round);
    inARow = trouble === undefined ? 0 : inARow + 1;
    if (trouble !== undefined) {
      options.onTrouble?.(trouble);
      if (trouble.final) throw new WatchEndedError(trouble);
    }
    const gap = gapAfter(trouble, inARow, everyMs) * (1 - jitter + 2 * jitter * random());
    const due = clock.now() + gap;
    if (await sleptOut(clock, gap, signal)) {
      const jumped = Math.abs(clock.now() - due) > jumpMs;
      if (jumped) await sleptOut(clock, random() * afterJumpMs, signal);
    }
  }
  const { unstored } = memoryOf(options.store, options.client.lineId, options.namespace);
  if (unstored) throw new UnstoredMessagesError(unstored);
}

/** One look; what the store throws is trouble as well, and passes when the store works again. */
async function look(
  { onAction, onPossiblyTold, onFiltered, signal }: WatchOptions,
  round: () => Promise<InboundRound>,
): Promise<InboundTrouble | undefined> {
  let done: InboundRound;
  try {
    done = await round();
  } catch (error) {
    return signal?.aborted ? undefined : storeTrouble(error);
  }
  const { possiblyTold, filtered, actions, untold, trouble } = done;
  try {
    if (possiblyTold.length > 0) await onPossiblyTold?.(possiblyTold);
    if (filtered.length > 0) await onFiltered?.(filtered);
    for (const action of actions) await onAction?.(action);
  } catch (error) {
    const message = `A listener of the watch failed: ${error instanceof Error ? error.message : String(error)}`;
    return {
      code: "listener_failed",
      message,
      nextStep: "What it was to be told of is in the history.",
      final: false,
    };
  }
  if (trouble || untold === 0) return trouble;
  return {
    code: "telling_failed",
    message: `${untold} ${untold === 1 ? "message" : "messages"} could not be told.`,
    nextStep: "See why onMessage failed. They are told again with the next look.",
    final: false,
  };
}

function storeTrouble(error: unknown): InboundTrouble {
  return {
    code: "store_failed",
    message: `The store failed: ${error instanceof Error ? error.message : String(error)}`,
    nextStep:
      "Make the store work again, for instance by freeing disk space, and keep this process running: what was fetched and not stored is in its memory, and is stored as soon as possible.",
    final: false,
  };
}

function gapAfter(trouble: InboundTrouble | undefined, inARow: number, everyMs: number): number {
  if (trouble === undefined) return everyMs;
  const doubled = 2 ** Math.min(inARow - 1, 20);
  if (trouble.code === "store_failed") return Math.min(WATCH_LIMITS.firstStoreRetryMs * doubled, everyMs);
  if (trouble.code === "telling_failed" || trouble.code === "listener_failed") return everyMs;
  const gap = Math.min(everyMs * doubled, Math.max(WATCH_LIMITS.longestInTroubleMs, everyMs));
  return Math.max(gap, Math.min(trouble.retryAfterMs ?? 0, WATCH_LIMITS.longestInTroubleMs));
}

/** @returns false if the sleep was ended by the signal. */
async function sleptOut(
  clock: { sleep(ms: number, signal?: AbortSignal): Promise<void> },
  ms: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    await clock.sleep(ms, signal);
    return true;
  } catch (error) {
    if (signal?.aborted) return false;
    throw error;
  }
}
