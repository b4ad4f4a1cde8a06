/**
 * Time as everything in this package sees it. Handed in from outside, so that a week of rescheduling can be
 * tested in milliseconds; `createVirtualClock` of the sandbox is the other implementation.
 */
export interface Clock {
  /** The present instant, in milliseconds since the Unix epoch. */
  now(): number;
  /**
   * Resolves `ms` milliseconds from now; at once for 0 or less.
   * @throws the signal's reason, as soon as the signal is aborted.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /**
   * On a clock whose time may jump: runs `work` so that time passes only while it sleeps on this clock. A clock whose
   * time passes by itself has no use for it.
   */
  hold?<T>(work: () => Promise<T>): Promise<T>;
}

/** setTimeout fires at once for anything longer, so a longer sleep is made of several. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    signal?.throwIfAborted();
    for (let left = ms; left > 0; left -= LONGEST_TIMER_MS) {
      await timer(Math.min(left, LONGEST_TIMER_MS), signal);
    }
  },
};

function timer(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timeout);
      reject(signal?.reason);
    };
    const timeout = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
