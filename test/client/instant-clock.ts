import type { Clock } from "../../src/clock.js";

/** A clock whose sleeps pass at once, and are remembered. */
export function instantClock(start = Date.UTC(2026, 2, 17, 10)): Clock & { slept: number[] } {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      slept.push(ms);
      now += Math.max(ms, 0);
    },
  };
}
