import { LineLocks } from "../graphs/outbound/line-locks.js";

/**
 * What the tools of one process know of the call placed last on a line. The service tells calls apart by token only,
 * so a result can be matched to its message by memory alone. Share one between the tools of a line.
 */
export class LatestCall {
  /** One listener at a time: the service may serve a result only once. */
  readonly listeners = new LineLocks();
  /** The message that was sent, or may have been. */
  message: string | undefined;
  /** In milliseconds since the Unix epoch. */
  sentAt: number | undefined;
  /** The last result heard since then. Until it is told, it may be the only copy. */
  result: { message: string; heardAt: number; told: boolean } | undefined;
  /** Whether the call has been seen unfinished since then. */
  sawPending = false;
  #before: string | undefined;

  placed(message: string, sentAt: number): void {
    if (this.result !== undefined) this.#before = this.result.message;
    this.result = undefined;
    this.sawPending = false;
    this.message = message;
    this.sentAt = sentAt;
  }

  /** Whether `result` is, word for word, the one read before the latest message, and may still be served from then. */
  mayBeOld(result: string, sawPending: boolean): boolean {
    return result === this.#before && !sawPending && !this.sawPending;
  }
}
