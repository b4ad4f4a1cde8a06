import { AsyncLocalStorage } from "node:async_hooks";
import { type Clock, systemClock } from "../clock.js";

/** A hold on virtual time, as its work sees it. */
export interface Hold {
  /** Lets time pass again, as far as this hold and those around it go, while `work` runs. */
  suspend<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * A clock whose time is not the machine's. It jumps to the next sleeper as soon as everybody who could still
 * do something sleeps, so a week of waiting takes milliseconds.
 *
 * It cannot see work that is neither asleep nor held, such as a request on its way or a file being written:
 * time may jump meanwhile. Run such work inside `hold`.
 */
export interface VirtualClock extends Clock {
  /** How many sleeps are pending. */
  readonly sleepers: number;
  /**
   * Lets `ms` milliseconds pass, waking sleepers one instant at a time, and resolves when all that they do at
   * once is done. Do not await it inside `hold`: it waits until nothing is held.
   * @throws RangeError for a negative or non-finite duration.
   */
  advance(ms: number): Promise<void>;
  /**
   * Like `advance`, up to an instant: milliseconds since the Unix epoch, or an ISO 8601 date-time with offset.
   * @throws RangeError for an instant in the past or a text that is no instant.
   */
  advanceTo(instant: number | string): Promise<void>;
  /**
   * Runs `work` while time stands still, but for the sleeps of `work` itself: these let go of the hold, and of those
   * around it, until they end.
   */
  hold<T>(work: (hold: Hold) => Promise<T>): Promise<T>;
}

/** How a virtual clock behaves. */
export interface VirtualClockOptions {
  /** Time passes only by `advance` and `advanceTo`. Default false: it jumps to the next sleeper by itself. */
  manual?: boolean;
}

/** Turns of the event loop without anything new on the clock, after which everybody counts as waiting. */
const QUIET_TURNS = 8;

/** Where virtual time begins unless told otherwise: a Monday, 09:00 UTC. */
const DEFAULT_START = "2026-03-16T09:00:00Z";

interface Sleeper {
  at: number;
  wake(): void;
}

/**
 * A virtual clock.
 * @param start milliseconds since the Unix epoch, or an ISO 8601 date-time with offset.
 *   Default 2026-03-16T09:00:00Z.
 * @throws RangeError when `start` is no instant.
 */
export function createVirtualClock(
  start: number | string = DEFAULT_START,
  options: VirtualClockOptions = {},
): VirtualClock {
  return new JumpingClock(instantOf(start), options.manual !== true);
}

/**
 * The machine's clock, `factor` times as fast: for tests across processes, which cannot share a virtual one.
 * @param origin the real instant at which both clocks agree, in milliseconds since the Unix epoch. Give the same
 *   one to every process. Default: now.
 * @throws RangeError when the factor is not a positive number.
 */
export function scaledClock(factor: number, origin: number = systemClock.now()): Clock {
  if (!(factor > 0 && Number.isFinite(factor))) {
    throw new RangeError(`A clock runs at a positive speed, not at ${factor}.`);
  }
  return {
    now: () => origin + (systemClock.now() - origin) * factor,
    sleep: (ms, signal) => systemClock.sleep(ms / factor, signal),
  };
}

/** @throws RangeError when the text or number is no instant. */
export function instantOf(instant: number | string): number {
  const at = typeof instant === "number" ? instant : Date.parse(instant);
  if (!Number.isFinite(at)) throw new RangeError(`${JSON.stringify(instant)} is not an instant.`);
  return at;
}

/**
 * The innermost hold of each clock that the running code is in. One storage for all clocks: up to Node 22, every
 * storage ever used makes every promise of the process dearer, and is never given back.
 */
const aroundRunningCode = new AsyncLocalStorage<ReadonlyMap<VirtualClock, NestedHold>>();

class JumpingClock implements VirtualClock {
  #now: number;
  #holds = 0;
  /** Counts every sleep, wake, abort and change of holds: as long as it moves, somebody is at work. */
  #activity = 0;
  #watching = false;
  #advancing: Promise<void> | undefined;
  readonly #auto: boolean;
  readonly #queue = new SleeperQueue();

  constructor(start: number, auto: boolean) {
    this.#now = start;
    this.#auto = auto;
  }

  get sleepers(): number {
    return this.#queue.size;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    const around = aroundRunningCode.getStore()?.get(this);
    return around ? around.suspend(() => this.#sleep(ms, signal)) : this.#sleep(ms, signal);
  }

  #sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      if (!(ms > 0)) return resolve();
      const abort = () => {
        this.#queue.remove(sleeper);
        this.#activity += 1;
        reject(signal?.reason);
      };
      const sleeper: Sleeper = {
        at: this.#now + ms,
        wake: () => {
          signal?.removeEventListener("abort", abort);
          resolve();
        },
      };
      signal?.addEventListener("abort", abort, { once: true });
      this.#queue.add(sleeper);
      this.#changed();
    });
  }

  async hold<T>(work: (hold: Hold) => Promise<T>): Promise<T> {
    const around = aroundRunningCode.getStore();
    const hold = new NestedHold(around?.get(this), (by) => {
      this.#holds += by;
      this.#changed();
    });
    try {
      return await aroundRunningCode.run(new Map(around).set(this, hold), () => work(hold));
    } finally {
      hold.end();
    }
  }

  advance(ms: number): Promise<void> {
    if (!(ms >= 0 && Number.isFinite(ms))) throw new RangeError(`Time cannot advance by ${ms} ms.`);
    return this.#advanceTo(() => this.#now + ms);
  }

  advanceTo(instant: number | string): Promise<void> {
    const target = instantOf(instant);
    if (target < this.#now) throw new RangeError("Time does not run backwards.");
    return this.#advanceTo(() => target);
  }

  /** One advance after the other; the target of a relative one counts from where the one before it ended. */
  #advanceTo(target: () => number): Promise<void> {
    const previous = this.#advancing ?? Promise.resolve();
    const mine: Promise<void> = previous
      .then(() => this.#passUntil(target()))
      .finally(() => {
        if (this.#advancing === mine) this.#advancing = undefined;
        this.#changed();
      });
    this.#advancing = mine;
    return mine;
  }

  async #passUntil(target: number): Promise<void> {
    await this.#quiet();
    for (let next = this.#queue.next(); next !== undefined && next <= target; next = this.#queue.next()) {
      this.#jumpTo(next);
      await this.#quiet();
    }
    this.#now = Math.max(this.#now, target);
  }

  #changed(): void {
    this.#activity += 1;
    if (this.#auto && !this.#watching) void this.#watch();
  }

  /** Jumps from sleeper to sleeper until nobody sleeps, something is held, or an `advance` takes over. */
  async #watch(): Promise<void> {
    this.#watching = true;
    while (this.#mayJump()) {
      const seen = this.#activity;
      await turns(QUIET_TURNS);
      const next = this.#queue.next();
      if (seen === this.#activity && next !== undefined && this.#mayJump()) this.#jumpTo(next);
    }
    this.#watching = false;
  }

  #mayJump(): boolean {
    return this.#queue.size > 0 && this.#holds === 0 && this.#advancing === undefined;
  }

  #jumpTo(instant: number): void {
    this.#now = Math.max(this.#now, instant);
    this.#activity += 1;
    for (const sleeper of this.#queue.takeUntil(this.#now)) sleeper.wake();
  }

  async #quiet(): Promise<void> {
    let seen: number;
    do {
      seen = this.#activity;
      await turns(QUIET_TURNS);
    } while (seen !== this.#activity || this.#holds > 0);
  }
}

/** A hold within a hold counts once more; letting go of the inner lets go of the outer too. */
class NestedHold implements Hold {
  #suspensions = 0;
  #ended = false;

  constructor(
    private readonly outer: NestedHold | undefined,
    private readonly count: (by: 1 | -1) => void,
  ) {
    count(1);
  }

  async suspend<T>(work: () => Promise<T>): Promise<T> {
    this.#letGo();
    try {
      return await (this.outer ? this.outer.suspend(work) : work());
    } finally {
      this.#takeUp();
    }
  }

  end(): void {
    if (!this.#ended && this.#suspensions === 0) this.count(-1);
    this.#ended = true;
  }

  #letGo(): void {
    if (this.#suspensions++ === 0 && !this.#ended) this.count(-1);
  }

  #takeUp(): void {
    if (--this.#suspensions === 0 && !this.#ended) this.count(1);
  }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Sleepers by the time they wake at; those of one instant in the order they fell asleep. */
class SleeperQueue {
  readonly #byTime: Sleeper[] = [];

  get size(): number {
    return this.#byTime.length;
  }

  next(): number | undefined {
    return this.#byTime[0]?.at;
  }

  add(sleeper: Sleeper): void {
    this.#byTime.splice(this.#firstAfter(sleeper.at), 0, sleeper);
  }

  remove(sleeper: Sleeper): void {
    const index = this.#byTime.indexOf(sleeper);
    if (index >= 0) this.#byTime.splice(index, 1);
  }

  takeUntil(instant: number): Sleeper[] {
    return this.#byTime.splice(0, this.#firstAfter(instant));
  }

  #firstAfter(instant: number): number {
    let low = 0;
    let high = this.#byTime.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#byTime[middle]?.at ?? Number.POSITIVE_INFINITY) <= instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
