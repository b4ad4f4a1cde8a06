import type { Clock } from "../clock.js";
import { AbortedError, PollyReachError, RateLimitError, ServiceError } from "./errors.js";
import { LISTEN_LIMIT_MS, type PollingSchedule } from "./polling.js";
import type { QueryResult, WaitResult } from "./replies.js";

export interface WaitOptions {
  /** When the call was submitted, in milliseconds since the epoch: where the polling schedule begins. Default: now. */
  since?: number | undefined;
  /** How long to listen from now on, in milliseconds. Default: `LISTEN_LIMIT_MS`. */
  limitMs?: number | undefined;
  signal?: AbortSignal | undefined;
  /** After each question that found no result yet. */
  onPoll?: ((info: { elapsedMs: number; polls: number }) => void) | undefined;
  /**
   * Whether a finished result is that of this call. The service tells results apart by token only, and may still serve
   * the one before. `sawPending`: this wait has seen the call unfinished, so what is finished now ended since.
   * Default: every result is.
   */
  isOurs?: ((message: string, info: { sawPending: boolean }) => boolean) | undefined;
}

export interface WaitSeams {
  clock: Clock;
  polling: PollingSchedule;
  /** One question, without repetitions of its own. */
  ask: (signal: AbortSignal | undefined) => Promise<QueryResult>;
}

/** Questions in trouble are spaced up to this far apart, in milliseconds. */
const LONGEST_GAP_IN_TROUBLE_MS = 30_000;

/** A failure that will not pass by itself is believed when it comes this often in a row. */
const FAILURES_BELIEVED = 3;

/** Asks on the schedule until there is a result or the limit is reached. Failures that may pass do not end it. */
export async function waitForResult(
  options: WaitOptions,
  { clock, polling, ask }: WaitSeams,
): Promise<WaitResult> {
  const { signal } = options;
  const from = clock.now();
  const since = options.since ?? from;
  const end = from + (options.limitMs ?? LISTEN_LIMIT_MS);
  const seen = { polls: 0, sawPending: false };
  let turnedDown: string | undefined;
  let trouble: PollyReachError[] = [];
  for (;;) {
    const elapsed = clock.now() - since;
    const planned =
      seen.polls === 0 ? polling.delayMs(0, 0) - Math.max(elapsed, 0) : polling.delayMs(elapsed, seen.polls);
    const gap = trouble.length === 0 ? planned : Math.max(planned, gapInTrouble(trouble));
    const left = end - clock.now();
    if (left <= 0 && seen.polls > 0) {
      const rest = turnedDown === undefined ? {} : { turnedDown };
      return { done: false, elapsedMs: clock.now() - since, ...seen, ...rest };
    }
    await sleep(clock, Math.min(Math.max(gap, 0), Math.max(left, 0)), signal);
    seen.polls++;
    try {
      const { done, message } = await ask(signal);
      trouble = [];
      if (done && (options.isOurs?.(message, { sawPending: seen.sawPending }) ?? true)) {
        return { done: true, message, elapsedMs: clock.now() - since, ...seen };
      }
      if (done) turnedDown = message;
      else seen.sawPending = true;
    } catch (error) {
      if (!(error instanceof PollyReachError) || endsTheWait(error)) throw error;
      trouble = [...trouble, error];
      const lasting = trouble.slice(-FAILURES_BELIEVED).filter((failure) => !failure.retryable);
      if (lasting.length === FAILURES_BELIEVED) throw error;
    }
    options.onPoll?.({ elapsedMs: clock.now() - since, polls: seen.polls });
  }
}

function endsTheWait(error: PollyReachError): boolean {
  return ["aborted", "authentication", "credentials", "configuration"].includes(error.code);
}

function gapInTrouble(trouble: readonly PollyReachError[]): number {
  const last = trouble.at(-1);
  const asked = last instanceof RateLimitError || last instanceof ServiceError ? (last.retryAfterMs ?? 0) : 0;
  return Math.min(Math.max(asked, 1_000 * 2 ** (trouble.length - 1)), LONGEST_GAP_IN_TROUBLE_MS);
}

async function sleep(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch (cause) {
    if (signal?.aborted !== true) throw cause;
    throw new AbortedError("query: cancelled while listening for a result.", { endpoint: "query", cause });
  }
}
