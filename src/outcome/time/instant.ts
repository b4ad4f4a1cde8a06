/** The date and time of day that an instant has in a zone, as ISO 8601 without offset; undefined for a zone that is none. */
export function localOf(at: number, timeZone: string | undefined): string | undefined {
  if (timeZone === undefined) return undefined;
  try {
    const parts = new Intl.DateTimeFormat("en-US-u-hc-h23-ca-gregory", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    }).formatToParts(at);
    const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
    return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
  } catch {
    return undefined;
  }
}

/** The instant of a local date-time in a zone; the earlier one where clocks are set back. */
export function instantOf(local: string, timeZone: string | undefined): number | undefined {
  if (timeZone === undefined) return undefined;
  const naive = Date.parse(`${local}Z`);
  if (Number.isNaN(naive)) return undefined;
  for (const guess of [naive - 86_400_000, naive + 86_400_000]) {
    const there = localOf(guess, timeZone);
    if (there === undefined) return undefined;
    const at = naive - (Date.parse(`${there}Z`) - guess);
    if (localOf(at, timeZone) === local.slice(0, 16)) return at;
  }
  // The hour that is skipped when clocks are set forward: the offset before it applies.
  const there = localOf(naive - 86_400_000, timeZone);
  return there === undefined ? undefined : naive - (Date.parse(`${there}Z`) - (naive - 86_400_000));
}
