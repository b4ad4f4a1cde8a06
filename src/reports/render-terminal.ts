import { columns, cut, unitsOf } from "./columns.js";
import { oneLine } from "./foreign-text.js";
import type { Report } from "./layout.js";
import { type Piece, type TextLine, textLines } from "./text-lines.js";

/** How the terminal is. */
export interface TerminalOptions {
  /** Columns to wrap at; 80 by default, and never fewer than 20. */
  width?: number;
  /** Whether to set off labels and the result with SGR colours. Off by default. */
  color?: boolean;
}

const NARROWEST = 20;
const USUAL_WIDTH = 80;
/** Wrapped lines go in deeper than any that begins, so that nobody's words can look like a line of the report. */
const CONTINUED = 5;

const ESC = String.fromCharCode(0x1b);
const SGR = { strong: "1", good: "32", bad: "31", unsure: "33" } as const;

/** The report for a terminal: wrapped, wide characters counted as two columns. Only addresses may go beyond the width. */
export function renderTerminal(
  report: Report,
  { width = USUAL_WIDTH, color = false }: TerminalOptions = {},
): string {
  const room = Number.isFinite(width) ? Math.max(NARROWEST, Math.floor(width)) : USUAL_WIDTH;
  const lines = textLines(report).flatMap((line) => wrap(line, room));
  return lines.map((line) => `${draw(line, color)}\n`).join("");
}

interface Unit {
  text: string;
  spaced: boolean;
  style: Piece["style"];
}

interface Row {
  indent: number;
  units: Unit[];
}

function wrap({ indent, pieces }: TextLine, width: number): Row[] {
  let row: Row = { indent, units: [] };
  const rows = [row];
  let taken = indent;
  for (const unit of pieces.flatMap((piece) => unitsIn(piece, width - CONTINUED))) {
    const size = columns(unit.text);
    const gap = unit.spaced && row.units.length > 0 ? 1 : 0;
    if (row.units.length > 0 && taken + gap + size > width) {
      row = { indent: CONTINUED, units: [] };
      rows.push(row);
      taken = CONTINUED;
    } else taken += gap;
    row.units.push(unit);
    taken += size;
  }
  return rows;
}

function unitsIn({ text, style, whole = false }: Piece, room: number): Unit[] {
  return oneLine(text)
    .split(" ")
    .flatMap((word) =>
      (whole
        ? [word]
        : unitsOf(word).flatMap((unit) => (columns(unit) > room ? cut(unit, room) : [unit]))
      ).map((unit, index) => ({ text: unit, spaced: index === 0, style })),
    );
}

function draw({ indent, units }: Row, color: boolean): string {
  let line = " ".repeat(indent);
  let style: Piece["style"];
  units.forEach((unit, index) => {
    if (color && style !== undefined && unit.style !== style) line += `${ESC}[0m`;
    if (index > 0 && unit.spaced) line += " ";
    if (color && unit.style !== undefined && unit.style !== style) line += `${ESC}[${SGR[unit.style]}m`;
    line += unit.text;
    style = unit.style;
  });
  return color && style !== undefined ? `${line}${ESC}[0m` : line;
}
