import type { Readable, Writable } from "node:stream";
import type { Clock } from "../clock.js";

/** Where text goes. A terminal has columns. */
export interface Screen extends Writable {
  isTTY?: boolean;
  columns?: number;
}

/** Everything of the machine that the command uses, so that tests can hand in all of it. */
export interface World {
  stdin: Readable & { isTTY?: boolean };
  stdout: Screen;
  stderr: Screen;
  env: Readonly<Record<string, string | undefined>>;
  homeDir: string;
  clock: Clock;
  /** IANA time zone of this machine. */
  timeZone: string;
  /** Draws ids of tasks. */
  newId: () => string;
  /** Numbers in [0, 1). */
  random: () => number;
  /** The global fetch, or a stand-in for it. */
  fetch?: typeof globalThis.fetch;
  /** Aborted by Ctrl-C. */
  interrupted: AbortSignal;
}
