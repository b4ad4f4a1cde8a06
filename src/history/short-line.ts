import { maskSecrets } from "../inbound/secrets.js";
import { oneLine } from "../reports/foreign-text.js";

const LONGEST = 160;

/** A text as the subject of a list: one line, short, without secrets. */
export function shortLine(text: string): string {
  const line = oneLine(maskSecrets(text.slice(0, 10 * LONGEST)));
  return line.length <= LONGEST ? line : `${oneLine(line.slice(0, LONGEST - 1)).replace(/\ufffd$/, "")}…`;
}
