import type { Behaviour } from "./behaviour.js";

/** Somebody who can be called. */
export interface ScriptedPerson {
  name: string;
  /** In any notation; only its digits count. */
  phone: string;
  /** What happens at each attempt, in order; the last one repeats. At least one. */
  behaviours: readonly Behaviour[];
  /** IANA time zone in which opening times are announced. Default UTC. */
  timeZone?: string;
  /** Words by which the service finds them when a message names nobody, such as "plumber". */
  tags?: readonly string[];
}
