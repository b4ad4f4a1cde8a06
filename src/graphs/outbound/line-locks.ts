import type { Clock } from "../../clock.js";

interface Holder {
  id: string;
  until: number;
}

interface Line {
  holder?: Holder;
  waiting: Set<() => void>;
}

/**
 * One call at a time on a line, within this process. A line is one token, since results are served per token.
 * A hold ends by itself after a while, so that a run that died in the middle does not block the line for ever.
 */
export class LineLocks {
  readonly #lines = new Map<string, Line>();

  /** Waits until the line is free and takes it for `id`. Taking a line again that `id` holds prolongs the hold. */
  async acquire(
    lineId: string,
    id: string,
    { clock, holdMs, signal }: { clock: Clock; holdMs: number; signal?: AbortSignal | undefined },
  ): Promise<void> {
    for (;;) {
      signal?.throwIfAborted();
      const line = this.#line(lineId);
      const { holder } = line;
      const now = clock.now();
      if (!holder || holder.id === id || holder.until <= now) {
        line.holder = { id, until: now + holdMs };
        return;
      }
      await this.#change(line, clock, holder.until - now, signal);
    }
  }

  /** Whether somebody holds the line at `now`, in milliseconds since the Unix epoch. */
  isHeld(lineId: string, now: number): boolean {
    const holder = this.#lines.get(lineId)?.holder;
    return holder !== undefined && holder.until > now;
  }

  /** Gives the line back. Does nothing if `id` does not hold it. */
  release(lineId: string, id: string): void {
    const line = this.#lines.get(lineId);
    if (line?.holder?.id !== id) return;
    delete line.holder;
    if (line.waiting.size === 0) this.#lines.delete(lineId);
    for (const wake of line.waiting) wake();
  }

  #line(lineId: string): Line {
    const line = this.#lines.get(lineId) ?? { waiting: new Set() };
    this.#lines.set(lineId, line);
    return line;
  }

  async #change(line: Line, clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<void> {
    const freed = new AbortController();
    const wake = () => freed.abort();
    line.waiting.add(wake);
    try {
      await clock.sleep(ms, signal ? AbortSignal.any([signal, freed.signal]) : freed.signal);
    } catch (error) {
      if (!freed.signal.aborted) throw error;
    } finally {
      line.waiting.delete(wake);
    }
  }
}

/** The locks that all graphs of this process share unless they are given others. */
export const processLocks = new LineLocks();
