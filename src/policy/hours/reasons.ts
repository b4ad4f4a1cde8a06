import { offsetStretch } from "./offset.js";
import { DEFAULT_QUIET_HOURS, type QuietHours, WEEKDAYS, type WeeklyHours } from "./weekly.js";

export const unknownZone =
  "It is not known in which time zone the callee is, so it may be night there. Give the callee's time zone.";
export const unknownCountry =
  "It is not known whose public holidays count for the callee. Give the callee's country.";

export function quiet(when: number, zone: string, hours: QuietHours | "none" | undefined): string {
  const { start, end } = hours === undefined || hours === "none" ? DEFAULT_QUIET_HOURS : hours;
  return `It is ${time(when, zone)} in ${zone}; calls are made between ${end} and ${start} there.`;
}

export function closed(when: number, zone: string, hours: WeeklyHours | undefined): string {
  const weekday = local(when, zone).getUTCDay();
  const open = hours?.[WEEKDAYS[(weekday + 6) % 7] ?? "mon"] ?? [];
  const times = open.map(([from, to]) => `${from} to ${to}`).join(" and ");
  const day = DAYS[weekday];
  const rule = times === "" ? `does not open on a ${day}` : `opens ${times} on a ${day}`;
  return `It is ${day} ${time(when, zone)} in ${zone}; the business ${rule}.`;
}

export function holiday(when: number, zone: string): string {
  return `It is ${date(when, zone)} in ${zone}, a public holiday there.`;
}

export function tooEarly(notBefore: number, zone: string): string {
  return `No call is wanted before ${moment(notBefore, zone)}.`;
}

export function tooLate(last: number, zone: string): string {
  return `No call is wanted after ${moment(last, zone)}.`;
}

export function notReopened(reopensAt: number, zone: string): string {
  return `The business said that it is closed until ${moment(reopensAt, zone)}.`;
}

export function noSlot(last: number, horizon: number, zone: string): string {
  return last <= horizon
    ? `There is no other time for the call up to ${moment(last, zone)}.`
    : "There is no time for the call within a year.";
}

export function severalZones(count: number): string {
  return `The callee may be in any of ${count} time zones, and it has to be a good time in all of them; naming the callee's time zone leaves more time to call.`;
}

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);

/** A Date whose UTC fields are the wall clock of the zone. */
function local(instant: number, zone: string): Date {
  return new Date(instant + offsetStretch(zone, instant).offset);
}

function time(instant: number, zone: string): string {
  const clock = local(instant, zone);
  return [clock.getUTCHours(), clock.getUTCMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
}

function date(instant: number, zone: string): string {
  const day = local(instant, zone);
  return `${DAYS[day.getUTCDay()]}, ${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
}

function moment(instant: number, zone: string): string {
  return `${date(instant, zone)}, ${time(instant, zone)} in ${zone}`;
}
