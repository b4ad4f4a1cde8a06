/** When to ask next whether a call has ended. The service has no webhook, so the client must ask. */
export interface PollingSchedule {
  /**
   * How long to wait before the next question, in milliseconds.
   * @param elapsedMs time since the call was submitted
   * @param poll number of questions already asked about this call
   */
  delayMs(elapsedMs: number, poll: number): number;
}

/** How long a call is listened for before the task says that it is still running, in milliseconds. */
export const LISTEN_LIMIT_MS = 15 * 60_000;

/** Asks every `ms` milliseconds, first after `ms`. @throws RangeError unless `ms` is positive and finite. */
export function fixedPolling(ms: number): PollingSchedule {
  if (!(ms > 0 && Number.isFinite(ms))) {
    throw new RangeError(`A polling gap must be a positive number of milliseconds, not ${ms}.`);
  }
  return { delayMs: () => ms };
}

/** First after 8 s, then every 1.95 s. */
export const defaultPolling: PollingSchedule = {
  delayMs: (_elapsedMs, poll) => (poll === 0 ? 8_000 : 1_950),
};
