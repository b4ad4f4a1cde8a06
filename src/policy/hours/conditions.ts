import type { QuietHours, WeeklyHours } from "./weekly.js";

/** Whether a date of the Gregorian calendar is a public holiday in an ISO 3166-1 alpha-2 country. `month` is 1-12. */
export type HolidayCalendar = (
  date: { year: number; month: number; day: number },
  country: string,
) => boolean;

/** All that bears on when a callee may be called. Instants are milliseconds since the Unix epoch. */
export interface CallingConditions {
  /** E.164. Where no zone is given, all zones of its prefix must agree. */
  number?: string | undefined;
  /** IANA zone of the callee; counts before the number's and the country's. */
  timeZone?: string | undefined;
  /** ISO 3166-1 alpha-2. For the holidays, and for the zones of a callee whose number tells none. */
  country?: string | undefined;
  /** When the business is open. If given, a day that is missing is closed. */
  openingHours?: WeeklyHours | undefined;
  /** Learned from a call: the business answers again from this instant on. */
  reopensAt?: number | undefined;
  /** The human's own window; both ends belong to it. */
  window?: { notBefore?: number | undefined; notAfter?: number | undefined } | undefined;
  /** The last instant at which a call is still of use. */
  deadline?: number | undefined;
  /** Default: {@link DEFAULT_QUIET_HOURS}. */
  quietHours?: QuietHours | "none" | undefined;
  /** If given, nobody is called on a public holiday of the callee's country. */
  holidays?: HolidayCalendar | undefined;
}
