/** How many intents are remembered; far more than any process has under way. */
const REMEMBERED = 100_000;

/**
 * The fuses against a second dial. An intent is armed in memory when it is reserved, and its fuse is burnt right
 * before the POST. A run that comes to the POST without a fuse (resumed after a crash, run again by a parent, run
 * twice at once) cannot know whether it was made before, so it must not make it.
 */
export class Fuses {
  readonly #armed = new Set<string>();
  /** Which attempt was last reserved at a point of a thread's history. */
  readonly #reserved = new Map<string, string>();

  /**
   * Arms an attempt that is reserved at `point`, a place in one task's history.
   * @returns false if another attempt was reserved at the same point and its fuse is burnt: the call may have
   * been placed already, and nothing is armed.
   */
  arm(point: string, attemptId: string): boolean {
    const earlier = this.#reserved.get(point);
    if (earlier !== undefined && !this.#armed.delete(earlier)) return false;
    if (this.#reserved.size >= REMEMBERED) {
      const [oldest] = this.#reserved.keys();
      if (oldest !== undefined) this.#reserved.delete(oldest);
    }
    this.#reserved.set(point, attemptId);
    this.#armed.add(attemptId);
    return true;
  }

  /** Burns a fuse. @returns false if there is none, so nothing may be dialed. */
  burn(attemptId: string): boolean {
    return this.#armed.delete(attemptId);
  }
}

/** The fuses that all graphs of this process share: two graphs over one thread must not dial twice either. */
export const processFuses = new Fuses();
