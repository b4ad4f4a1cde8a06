import type { Clock } from "../clock.js";
import type { FaultChooser, FaultRule } from "./fault.js";
import type { IncomingCall } from "./incoming.js";
import type { ScriptedPerson } from "./person.js";
import type { Variants } from "./variants.js";

/** How results are worded. `mixed` picks one per call, always the same ones for the same seed. */
export const RESULT_STYLES = ["report", "prose", "table", "one_liner", "json"] as const;

/** One way of wording results. */
export type ResultStyle = (typeof RESULT_STYLES)[number];

/** Credits of an account. `balance` may be called away; `amount` is what a full account has. */
export interface Credits {
  balance: number;
  amount: number;
}

/** When a newly registered account gets its number by itself. Without: only by `sandbox.activate`. */
export interface ActivationOptions {
  /** With the so-many-th question for its status. */
  afterPolls?: number;
  /** So many milliseconds of the clock after its registration. */
  afterMs?: number;
}

/** An account that exists from the start, already activated. */
export interface AccountOptions {
  /** Default: made up. */
  token?: string;
  /** What the record calls it. Default `line-1`, `line-2`, … */
  label?: string;
  credits?: Credits;
  /** Its number, E.164. Default: made up. */
  phone?: string;
}

/** What `startSandbox` takes. Everything has a default. */
export interface SandboxOptions {
  /** Default: a virtual clock. */
  clock?: Clock | undefined;
  /** Token of the first account, when `accounts` is not given. */
  token?: string;
  /** Default: one. */
  accounts?: readonly AccountOptions[];
  /** Those who can be called by name or number. */
  people?: readonly ScriptedPerson[];
  /** Those whom the service finds when a message names nobody. They can also be called by name or number. */
  directory?: readonly ScriptedPerson[];
  /** Credits of every account that sets none. Default 800 of 800. */
  credits?: Credits;
  /** Credits of a call that was answered. Default 20. */
  costPerCall?: number;
  /** Default `report`. */
  style?: ResultStyle | "mixed";
  /** Decides wording and the choice of mixed styles. Default 1. */
  seed?: number;
  variants?: Partial<Variants>;
  /** Faults per request. More can be added by `sandbox.inject`. */
  faults?: readonly FaultRule[] | FaultChooser;
  /** Calls that come in, by their time. */
  inbound?: readonly IncomingCall[];
  activation?: ActivationOptions;
  /** How long an idle connection is kept open, in real milliseconds. Default 75 000. */
  keepAliveMs?: number;
}

/** An option of `startSandbox` or of one of the sandbox's methods makes no sense. */
export class SandboxOptionError extends Error {
  override readonly name = "SandboxOptionError";
  readonly code = "sandbox_option_invalid";
  constructor(
    /** The option, such as `people[1].phone`. */
    readonly option: string,
    problem: string,
  ) {
    super(`${option}: ${problem}`);
  }
}
