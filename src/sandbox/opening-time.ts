import type { Chance } from "./chance.js";

/** An opening time in the callee's own time, in one of the ways it is said. */
export function openingTime(chance: Chance, at: number, timeZone: string): string {
  const part = partsAt(at, timeZone);
  return chance.pick([
    `on ${part.weekday}, ${part.month} ${part.day} at ${part.time}`,
    `on ${part.date} at ${part.time}`,
    `${part.weekday} ${part.day} ${part.month} ${part.year}, ${part.time} local time`,
  ]);
}

/** As an announcement says it. */
export function weekdayAndTime(at: number, timeZone: string): string {
  const part = partsAt(at, timeZone);
  return `${part.weekday} at ${part.time}`;
}

function partsAt(at: number, timeZone: string) {
  const english = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { timeZone, ...options }).format(at);
  const [year, month, day] = ["year", "month", "day"].map((field) =>
    english({ [field]: field === "year" ? "numeric" : "2-digit" }),
  );
  return {
    year,
    date: `${year}-${month}-${day}`,
    weekday: english({ weekday: "long" }),
    month: english({ month: "long" }),
    day: english({ day: "numeric" }),
    time: english({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
  };
}
