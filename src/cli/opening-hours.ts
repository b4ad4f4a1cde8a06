import type { PhoneTaskInput } from "../policy/task.js";
import { UsageError } from "./usage-error.js";

type OpeningHours = NonNullable<NonNullable<PhoneTaskInput["targets"]>[number]["openingHours"]>;

const DAYS: readonly (keyof OpeningHours)[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const PART = /^([a-z]{3})(?:-([a-z]{3}))?((?:\s+\d\d:\d\d-\d\d:\d\d)+)$/;

/** Reads `mon-fri 09:00-12:00 14:00-17:00, sat 10:00-13:00`; days that are not named are closed. @throws UsageError */
export function parseOpeningHours(text: string): OpeningHours {
  const hours: OpeningHours = {};
  for (const part of text.toLowerCase().split(",")) {
    const [, first = "", last = first, times = ""] = PART.exec(part.trim()) ?? [];
    const from = indexOf(first);
    const to = indexOf(last);
    if (from < 0 || to < 0) throw unreadable(text);
    const spans = times
      .trim()
      .split(/\s+/)
      .map((span): [string, string] => [span.slice(0, 5), span.slice(6)]);
    for (let index = from; ; index = (index + 1) % DAYS.length) {
      const day = DAYS[index];
      if (day !== undefined) hours[day] = [...(hours[day] ?? []), ...spans];
      if (index === to) break;
    }
  }
  return hours;
}

function indexOf(day: string): number {
  const known: readonly string[] = DAYS;
  return known.indexOf(day);
}

function unreadable(text: string): UsageError {
  return new UsageError(`“${text}” are no opening hours. Write “mon-fri 09:00-17:00, sat 10:00-13:00”.`);
}
