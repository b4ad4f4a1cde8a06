import type { Clock } from "../clock.js";
import { AbortedError, type PollyReachError } from "./errors.js";

/** How often and how long a request is repeated, where repeating is harmless. Times in milliseconds. */
export const RETRY_LIMITS = {
  /** Requests in all, the first included. */
  attempts: 4,
  /** The first wait is at most this, and each further one at most twice the one before. */
  firstWaitMs: 500,
  longestWaitMs: 8_000,
  /** A `Retry-After` beyond this is not waited for but reported. */
  longestRetryAfterMs: 30_000,
} as const;

/** The end of a request: its value, or its error. */
export type Final<T> = { value: T } | { error: PollyReachError };

/** What one request led to: its end, or a repetition, with the end that holds if there is none. */
export type Verdict<T> = Final<T> | { again: Final<T>; retryAfterMs?: number | undefined };

/** A verdict without a value. */
export type Failed =
  | { error: PollyReachError }
  | { again: { error: PollyReachError }; retryAfterMs?: number | undefined };

export interface RetrySeams {
  clock: Clock;
  random: () => number;
  signal: AbortSignal | undefined;
}

/** Repeats `attempt` as its verdicts ask for it, within `RETRY_LIMITS`, waiting with full jitter. */
export async function untilFinal<T>(
  attempt: (number: number) => Promise<Verdict<T>>,
  { clock, random, signal }: RetrySeams,
  attempts: number = RETRY_LIMITS.attempts,
): Promise<T> {
  for (let number = 1; ; number++) {
    const verdict = await attempt(number);
    const final = "again" in verdict ? verdict.again : verdict;
    const waitMs = "again" in verdict ? waitBefore(number, verdict.retryAfterMs, random) : undefined;
    if (waitMs === undefined || number >= attempts) {
      if ("value" in final) return final.value;
      throw final.error;
    }
    try {
      await clock.sleep(waitMs, signal);
    } catch (cause) {
      const endpoint = "error" in final ? final.error.endpoint : undefined;
      throw new AbortedError("Cancelled while waiting to try again.", { endpoint, cause, sent: "no" });
    }
  }
}

function waitBefore(
  number: number,
  retryAfterMs: number | undefined,
  random: () => number,
): number | undefined {
  const { firstWaitMs, longestWaitMs, longestRetryAfterMs } = RETRY_LIMITS;
  if (retryAfterMs !== undefined && retryAfterMs > longestRetryAfterMs) return undefined;
  const jittered = random() * Math.min(longestWaitMs, firstWaitMs * 2 ** (number - 1));
  return Math.max(retryAfterMs ?? 0, jittered);
}

/** No server means longer than this: a date far in the future is a clock gone wrong. */
const LONGEST_MEANT_MS = 24 * 3_600_000;

/**
 * A `Retry-After` header in milliseconds from `now`: seconds, or an HTTP date. Undefined if it is neither, 0 if it
 * is past, a day at most. RFC 9110, section 10.2.3.
 */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  const text = value?.trim() ?? "";
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1_000, LONGEST_MEANT_MS);
  if (!/^(mon|tue|wed|thu|fri|sat|sun)/i.test(text)) return undefined;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? undefined : Math.min(Math.max(instant - now, 0), LONGEST_MEANT_MS);
}
