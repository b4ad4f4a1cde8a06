import { oneLine } from "./foreign-text.js";
import type { Report } from "./layout.js";
import { textLines } from "./text-lines.js";

/** The report as plain text: no markup, one line for each field and each turn, however long. */
export function renderPlain(report: Report): string {
  const lines = textLines(report).map(
    ({ indent, pieces }) => " ".repeat(indent) + pieces.map(({ text }) => oneLine(text)).join(" "),
  );
  return `${lines.join("\n")}\n`;
}
