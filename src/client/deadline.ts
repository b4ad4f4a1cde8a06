import { systemClock } from "../clock.js";

const ENDED = new Error("The task has ended.");

/**
 * Runs `task` and waits for it for `ms` milliseconds, or until `outer` is aborted, whether or not the task heeds its
 * own signal.
 * @throws what the task throws, the reason of `outer`, or a DOMException "TimeoutError"
 */
export async function withinDeadline<T>(
  ms: number,
  outer: AbortSignal | undefined,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const inner = new AbortController();
  const watch = new AbortController();
  const cancel = () => inner.abort(outer?.reason);
  outer?.addEventListener("abort", cancel, { once: true });
  const ended = new Promise<never>((_, reject) => {
    inner.signal.addEventListener("abort", () => reject(inner.signal.reason), { once: true });
  });
  systemClock.sleep(ms, watch.signal).then(
    () => inner.abort(new DOMException("It took too long.", "TimeoutError")),
    () => undefined,
  );
  try {
    outer?.throwIfAborted();
    return await Promise.race([task(inner.signal), ended]);
  } finally {
    outer?.removeEventListener("abort", cancel);
    watch.abort(ENDED);
  }
}

/**
 * Runs `task` with a signal of its own that follows `outer`. fetch leaves its listeners on a signal until garbage is
 * collected, and Node warns of a leak once there are 1,500.
 */
export async function withOwnSignal<T>(
  outer: AbortSignal,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const inner = new AbortController();
  const cancel = () => inner.abort(outer.reason);
  outer.addEventListener("abort", cancel, { once: true });
  try {
    return await task(inner.signal);
  } finally {
    outer.removeEventListener("abort", cancel);
  }
}
