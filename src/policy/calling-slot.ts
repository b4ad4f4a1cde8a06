import type { DialTarget } from "./history.js";
import type { PhoneTask } from "./task.js";

/** When a target may be called, at the earliest from an instant on, and why not at once. */
export interface CallingSlot {
  at: number;
  why?: string;
}

export function callingSlot(_task: PhoneTask, _target: DialTarget, from: number): CallingSlot | undefined {
  return { at: from };
}
