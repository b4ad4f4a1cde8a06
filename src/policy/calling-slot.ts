import type { DialTarget } from "./history.js";
import { callability } from "./hours/callability.js";
import type { PhoneTask } from "./task.js";

/** When a target may be called, at the earliest from an instant on, and why not at once. */
export interface CallingSlot {
  /** Milliseconds since the Unix epoch. */
  at: number;
  why?: string;
}

/**
 * The first moment, from an instant on, at which a target may be called by its own clock. Where neither number, zone
 * nor country say where the target is, Polly looks it up, and its hours with it.
 * @returns undefined if there is none before the deadline or within a year
 */
export function callingSlot(task: PhoneTask, target: DialTarget, from: number): CallingSlot | undefined {
  const { phone: number, openingHours, timeZone = task.timeZone } = target;
  const { country, deadline } = task;
  if (number === undefined && timeZone === undefined && country === undefined) return { at: from };
  const callable = callability(
    {
      ...(number !== undefined && { number }),
      ...(timeZone !== undefined && { timeZone }),
      ...(country !== undefined && { country }),
      ...(openingHours !== undefined && { openingHours }),
      ...(deadline !== undefined && { deadline }),
    },
    from,
  );
  if (callable.ok) return { at: from };
  return callable.nextSlot === null ? undefined : { at: callable.nextSlot, why: callable.reasons.join(" ") };
}
