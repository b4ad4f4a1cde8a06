import { z } from "zod";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Every number that the policy goes by, in one place. Counts are per task, durations in milliseconds.
 * The first two come from PollyReach's exception-handling table; the rest are this package's.
 */
export const LIMITS = {
  /** Redials of one target after a temporary failure. */
  redialsPerTarget: 3,
  /** Attempts in total, over all targets. */
  attempts: 5,
  /** Times that a conversation is taken up again with an answer or a permission of the human. */
  continuations: 5,
  /** Times in a row that a task waits for a line that is in use, or a service that is down. */
  postponements: 20,
  /** Times that the human is asked to top up before the task ends for lack of credits. */
  topUpPrompts: 3,
  /** Times that listening starts over because the service has only chatted. */
  chats: 3,
  /** Wait before the first, second and third redial. */
  redialBackoffMs: [2 * MINUTE, 5 * MINUTE, 15 * MINUTE],
  /** Wait before the second, third … attempt at somebody who does not pick up: another time of the day. */
  anotherTimeMs: [HOUR, 3 * HOUR, 6 * HOUR, 18 * HOUR],
  /** Wait after "closed" where nobody said until when. */
  closedRetryMs: 12 * HOUR,
  /** Wait for the line or the service, doubling from the first to the second. */
  postponeMs: [30_000, 5 * MINUTE],
} as const satisfies PolicyLimits;

export interface PolicyLimits {
  readonly redialsPerTarget: number;
  readonly attempts: number;
  readonly continuations: number;
  readonly postponements: number;
  readonly topUpPrompts: number;
  readonly chats: number;
  readonly redialBackoffMs: readonly number[];
  readonly anotherTimeMs: readonly number[];
  readonly closedRetryMs: number;
  readonly postponeMs: readonly [first: number, longest: number];
}

const atMost = (most: number, least = 0) => z.number().int().min(least).max(most).optional();
const waits = z.array(z.number().min(0)).min(1).optional();

/** Limits may be lowered, never raised: they protect the people who are called. */
export const limitsSchema = z.strictObject({
  redialsPerTarget: atMost(LIMITS.redialsPerTarget),
  attempts: atMost(LIMITS.attempts, 1),
  continuations: atMost(LIMITS.continuations),
  postponements: atMost(1_000),
  topUpPrompts: atMost(100),
  chats: atMost(100),
  redialBackoffMs: waits,
  anotherTimeMs: waits,
  closedRetryMs: z.number().min(0).optional(),
  postponeMs: z.tuple([z.number().min(0), z.number().min(0)]).optional(),
});

export type LimitOverrides = z.input<typeof limitsSchema>;
