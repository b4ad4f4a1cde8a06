import { z } from "zod";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Ceilings on what all tasks of one line may do together. A day is any 24 hours on end. Credits as the service counts. */
export interface Caps {
  /** Calls to one number a day. */
  perNumberPerDay: number;
  /** Calls to all numbers a day. */
  perDay: number;
  /** Least time between two calls to one number, in milliseconds. */
  minSpacingMs: number;
  /** Credits that one task may use. A task stops dialing once it has used as many. */
  creditsPerTask?: number;
  /** Credits that all tasks may use a day. */
  creditsPerDay?: number;
}

const most = z.number().int().min(0).optional();

/** A cap that is no number would be no cap. */
export const capsSchema = z.strictObject({
  perNumberPerDay: most,
  perDay: most,
  minSpacingMs: z.number().min(0).optional(),
  creditsPerTask: z.number().min(0).optional(),
  creditsPerDay: z.number().min(0).optional(),
});

export const CAPS: Caps = { perNumberPerDay: 6, perDay: 100, minSpacingMs: MINUTE };

/** A call that was placed, or may have been. */
export interface CappedCall {
  attemptId: string;
  taskId: string;
  /** E.164, where it is known whom Polly calls. */
  number?: string;
  /** When it was reserved, in milliseconds since the Unix epoch. */
  at: number;
  /** Once settled, where the service told. */
  credits?: number;
}

export type CapVerdict =
  | { ok: true }
  /** `retryAt`: when the cap makes room again; absent if it never does for this task. */
  | { ok: false; why: string; retryAt?: number };

/** A call that somebody wants to make. */
export interface NextCall {
  /** E.164, where it is known whom Polly is to call. */
  number?: string;
  /** Credits that its task has used so far, on whatever day. */
  creditsOfTask: number;
}

/** Whether a call bears on what may be called at an instant. */
export function isOfTheDay({ at }: CappedCall, now: number): boolean {
  return at > now - DAY;
}

/** Whether one more call keeps within the caps, given the calls of the last day at least. Pure. */
export function withinCaps(
  caps: Caps,
  calls: readonly CappedCall[],
  next: NextCall,
  now: number,
): CapVerdict {
  const { creditsOfTask } = next;
  if (caps.creditsPerTask !== undefined && creditsOfTask >= caps.creditsPerTask) {
    return {
      ok: false,
      why: `This task has used ${creditsOfTask} credits; it may use ${caps.creditsPerTask}.`,
    };
  }
  const today = calls.filter((call) => isOfTheDay(call, now)).sort((a, b) => a.at - b.at);
  const toNumber = today.filter(({ number }) => number !== undefined && number === next.number);
  const last = toNumber.at(-1);
  const verdicts: (CapVerdict & { ok: false })[] = [];
  if (last && last.at + caps.minSpacingMs > now) {
    verdicts.push(full("This number was called a moment ago.", last.at + caps.minSpacingMs));
  }
  if (toNumber.length >= caps.perNumberPerDay) {
    verdicts.push(
      full(
        `This number was called ${toNumber.length} times within a day.`,
        room(toNumber, caps.perNumberPerDay),
      ),
    );
  }
  if (today.length >= caps.perDay) {
    verdicts.push(full(`${today.length} calls were made within a day.`, room(today, caps.perDay)));
  }
  const credits = sum(today);
  if (caps.creditsPerDay !== undefined && credits >= caps.creditsPerDay) {
    verdicts.push(full(`${credits} credits were used within a day.`, creditRoom(today, caps.creditsPerDay)));
  }
  const never = Number.POSITIVE_INFINITY;
  const [longest] = verdicts.sort((a, b) => (b.retryAt ?? never) - (a.retryAt ?? never));
  return longest ?? { ok: true };
}

function full(why: string, retryAt: number | undefined) {
  return { ok: false as const, why, ...(retryAt !== undefined && { retryAt }) };
}

/** When so many of the calls will be older than a day that one more fits in. A cap of 0 never makes room. */
function room(calls: readonly CappedCall[], cap: number): number | undefined {
  const oldest = calls[calls.length - cap];
  return oldest && oldest.at + DAY;
}

function creditRoom(calls: readonly CappedCall[], cap: number): number | undefined {
  if (cap <= 0) return undefined;
  let left = sum(calls);
  for (const call of calls) {
    left -= call.credits ?? 0;
    if (left < cap) return call.at + DAY;
  }
  return (calls.at(-1)?.at ?? 0) + DAY;
}

function sum(calls: readonly CappedCall[]): number {
  return calls.reduce((total, { credits = 0 }) => total + credits, 0);
}
