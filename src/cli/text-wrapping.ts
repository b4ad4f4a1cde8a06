import { columns } from "../reports/columns.js";

/**
 * Wraps lines at a width in columns, at spaces only, so that addresses stay whole. What is wrapped goes in as deep as
 * its line began, and two columns deeper than a list's mark.
 */
export function wrapped(text: string, width: number): string {
  return text
    .split("\n")
    .flatMap((line) => wrapLine(line, width))
    .join("\n");
}

function wrapLine(line: string, width: number): string[] {
  if (columns(line) <= width) return [line];
  const lead = /^\s*(?:[-·>→] )?/.exec(line)?.[0] ?? "";
  const indent = " ".repeat(columns(lead));
  const rows: string[] = [];
  let row = lead;
  let isEmpty = true;
  for (const word of line.slice(lead.length).split(" ")) {
    if (!isEmpty && columns(row) + 1 + columns(word) > width) {
      rows.push(row);
      row = indent;
      isEmpty = true;
    }
    row += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...rows, row];
}
