import type { DialTarget } from "./history.js";
import { checkNumber } from "./numbers/check-number.js";
import type { OutcomeKind } from "./outcome.js";
import { type Call, callsTo, type Standing } from "./standing.js";
import type { PhoneTask } from "./task.js";

/** After these, the same target may be tried at another time. */
const MAY_TRY_AGAIN: ReadonlySet<OutcomeKind> = new Set(["no_answer", "voicemail"]);

/** More digits than the name of a business has. */
const DIGITS = /(?:\p{Nd}[^\p{L}\p{Nd}]*){5}/u;

/** What is known of targets by now. */
type Known = Pick<Standing, "calls" | "barred">;

/** The first target of a task, barred or not. */
export function firstTarget(task: PhoneTask): DialTarget {
  return listed(task)[0] ?? toBeFound([], 0);
}

/**
 * The target to try once the last one did not work out: the next of the task's own that was not tried yet,
 * else, if the task allows it, another business that Polly is to find.
 */
export function nextTarget(task: PhoneTask, { calls, barred }: Known): DialTarget | undefined {
  const fresh = listed(task).find((target) => callsTo(calls, target).length === 0 && !barred.has(target.key));
  if (fresh || !task.mayFindOther) return fresh;
  const found = new Set(
    calls.map(({ attempt }) => attempt.target.key).filter((key) => key.startsWith("found-")),
  );
  const other = toBeFound(
    [
      ...task.targets.flatMap(describe),
      ...calls.flatMap(({ heard }) => describe({ name: heard?.reached, phone: heard?.reachedNumber })),
    ],
    found.size,
  );
  return barred.has(other.key) ? undefined : other;
}

/** Of the targets that were out of reach, the one called least often, and the longest ago: for another time. */
export function targetForAnotherTime({
  calls,
  barred,
}: Known): { target: DialTarget; lastCall: Call } | undefined {
  const latest = new Map(calls.map((call) => [call.attempt.target.key, call] as const));
  const [best] = [...latest.values()]
    .filter(({ heard, attempt }) => heard && MAY_TRY_AGAIN.has(heard.kind) && !barred.has(attempt.target.key))
    .map((lastCall) => ({ lastCall, times: callsTo(calls, lastCall.attempt.target).length }))
    .sort((a, b) => a.times - b.times || a.lastCall.at - b.lastCall.at);
  return best && { target: sameTarget(best.lastCall), lastCall: best.lastCall };
}

/** The target of a call, by the name it turned out to have if Polly found it. */
export function sameTarget({ attempt, heard }: Call): DialTarget {
  const { target } = attempt;
  const { reached } = heard ?? {};
  // A number in it would be one that nobody but a stranger has named.
  return target.name === undefined &&
    target.phone === undefined &&
    reached !== undefined &&
    !DIGITS.test(reached)
    ? { ...target, name: reached }
    : target;
}

/** The task's own targets. One number under two names is one target, or the limits on it could be got round. */
function listed({ targets, country }: PhoneTask): DialTarget[] {
  const numbers = targets.map(({ phone }) => phone && inE164(phone, country));
  return targets
    .map((target, index) => ({ ...target, key: `listed-${index}` }))
    .filter((_, index) => !numbers[index] || numbers.indexOf(numbers[index]) === index);
}

/** Numbers of a checked task are in E.164; a task that was not checked may have them in any form. */
function inE164(phone: string, country: string | undefined): string {
  if (/^\+[1-9]\d*$/.test(phone)) return phone;
  const checked = checkNumber(phone, country === undefined ? {} : { country });
  return checked.ok ? checked.e164 : phone;
}

function toBeFound(exclude: readonly string[], index: number): DialTarget {
  return { key: `found-${index}`, exclude: [...new Set(exclude)] };
}

function describe(target: { name?: string | undefined; phone?: string | undefined }): string[] {
  return [target.name, target.phone].filter((part) => part !== undefined);
}

/** A target in words, for reasons and questions. */
export function targetInWords(target: DialTarget): string {
  return (
    describe(target).join(", ") || (target.key === "found-0" ? "a place that Polly finds" : "another place")
  );
}
