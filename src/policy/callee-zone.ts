import { zonesOfNumber } from "./hours/zones.js";
import type { PhoneTask, Target } from "./task.js";

/** The time zone that a callee's times are told and read in: the given one, else that of the number if it has but one. */
export function calleeZone(task: PhoneTask, target: Target): string | undefined {
  const given = target.timeZone ?? task.timeZone;
  if (given !== undefined || target.phone === undefined) return given;
  const [zone, ...more] = zonesOfNumber(target.phone);
  return more.length === 0 ? zone : undefined;
}
