import { checkNumber } from "./check-number.js";
import type { NumberRefusal, NumberRefusalCode } from "./refusal.js";
import { isDialed, type NumberInText, numbersWrittenIn } from "./scan-text.js";

/** Numbers that exist, or reach somebody, and that an AI never calls. What is merely no number is not judged here. */
const FORBIDDEN: ReadonlySet<NumberRefusalCode> = new Set([
  "emergency",
  "crisis_line",
  "premium_rate",
  "shared_cost",
  "satellite",
  "personal_number",
  "pager",
  "voicemail_access",
]);

/** Fewer digits may as well be a room, a price or a head count: they count only where the text says to dial them. */
const SHORTEST_NUMBER = 7;

/**
 * The first number in a message to the assistant that must never be dialed: emergency and crisis lines, premium-rate
 * and the like. A last guard, for a tool that sends free text; the phone task checks its targets themselves.
 * @param country ISO 3166-1 alpha-2 country that numbers without `+` are read in. Without it, only emergency and
 * crisis lines are known among them.
 */
export function forbiddenNumberIn(message: string, country?: string): NumberRefusal | undefined {
  for (const found of numbersWrittenIn(message)) {
    for (const written of readings(found.written)) {
      const after = found.written.slice(written.length) + found.after;
      const refusal = judge({ ...found, written, after }, country);
      if (refusal !== undefined) return refusal;
    }
  }
  return undefined;
}

/** "911 2 times" is matched as one number; what is dialed may be its first group. */
function readings(written: string): Iterable<string> {
  const [first = written] = written.split(/\p{Zs}/u);
  return new Set([written, first]);
}

function judge(found: NumberInText, country: string | undefined): NumberRefusal | undefined {
  const { written } = found;
  const long = written.startsWith("+") || written.replace(/\D/g, "").length >= SHORTEST_NUMBER;
  const dialed = isDialed(found);
  if (!long && dialed === "no") return undefined;
  const checked = checkNumber(written, country === undefined ? {} : { country });
  if (checked.ok) return undefined;
  return FORBIDDEN.has(checked.code) || (checked.code === "short_code" && dialed === "certainly" && !long)
    ? checked
    : undefined;
}
