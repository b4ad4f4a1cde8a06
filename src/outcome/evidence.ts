import type { Evidence } from "../policy/outcome.js";
import type { Stretch } from "./text/stretch.js";

const LONGEST_QUOTE = 400;

/** The words of the message at this place, as evidence. Never cuts a surrogate pair, never quotes blanks at the edges. */
export function quoteAt(
  message: string,
  { start, end }: Stretch,
  saidBy: Evidence["saidBy"],
): Evidence | undefined {
  let from = Math.max(0, start);
  let to = Math.min(message.length, end, from + LONGEST_QUOTE);
  while (from < to && /\s/.test(message.charAt(from))) from++;
  while (to > from && /\s/.test(message.charAt(to - 1))) to--;
  if (isLow(message.charCodeAt(from)) && from > start) from++;
  if (to < message.length && isLow(message.charCodeAt(to)) && isHigh(message.charCodeAt(to - 1))) to--;
  return to > from ? { quote: message.slice(from, to), start: from, end: to, saidBy } : undefined;
}

/** Whether the quoted words stand in the message where the evidence says. */
export function standsInMessage(message: string, { quote, start, end }: Evidence): boolean {
  return (
    quote.length > 0 &&
    start >= 0 &&
    end <= message.length &&
    end - start === quote.length &&
    message.startsWith(quote, start)
  );
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}
