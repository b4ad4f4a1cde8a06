import { BLANK, linesOf, type Stretch, trimStretch } from "../text/stretch.js";
import { type JsonLeaf, jsonLeaves } from "./json-leaves.js";
import { type LabelledLine, labelledLine } from "./labelled-line.js";

/** A row of the message: what every reader of lines, tables and JSON sees alike. */
export interface Row {
  line: Stretch;
  /** The key, heading or speaker before the text, if there is one. */
  labelled?: LabelledLine;
  /** The cells, where the row is one of a table. */
  cells?: readonly Stretch[];
  /** The value, where the row is one of a JSON text. */
  leaf?: JsonLeaf;
}

const CELL_EDGE = /[\s*_`]/;

/** The rows of the message, in order; blank lines stay as empty rows, since they end a transcript. */
export function rowsOf(raw: string): Row[] {
  const json = wholeJson(raw);
  if (json) return json;
  const rows: Row[] = [];
  for (const line of linesOf(raw, { start: 0, end: raw.length })) {
    const trimmed = trimStretch(raw, line, BLANK);
    if (trimmed.end === trimmed.start) rows.push({ line: trimmed });
    else if (raw.charAt(trimmed.start) === "|") rows.push(tableRow(raw, trimmed));
    else {
      const labelled = labelledLine(raw, trimmed);
      rows.push(labelled ? { line: trimmed, labelled } : { line: trimmed });
    }
  }
  return rows;
}

function wholeJson(raw: string): Row[] | undefined {
  const open = raw.search(/[{[]/);
  if (open === -1 || open > 400) return undefined;
  const before = raw.slice(0, open);
  if (raw.charAt(open) === "[" && /\S/.test(before)) return undefined;
  const close = Math.max(raw.lastIndexOf("}"), raw.lastIndexOf("]")) + 1;
  const whole = !/\S/.test(raw.slice(close));
  const end = whole || close === 0 ? raw.length : close;
  if (raw.length - end > 600) return undefined;
  const leaves = jsonLeaves(raw, open, end);
  if (!leaves) return undefined;
  const rows: Row[] = leaves.map((leaf) => ({ line: { start: leaf.start, end: leaf.end }, leaf }));
  const prose = (from: number, to: number) =>
    [...linesOf(raw, { start: from, end: to })]
      .map((line) => trimStretch(raw, line, /[\s`]/))
      .filter((line) => line.end > line.start)
      .map((line) => ({ line }));
  return [...prose(0, open), ...rows, ...prose(end, raw.length)];
}

function tableRow(raw: string, line: Stretch): Row {
  const cells: Stretch[] = [];
  let from = line.start + 1;
  for (let at = from; at <= line.end; at++) {
    if (at < line.end && raw.charAt(at) !== "|") continue;
    if (at < line.end || /\S/.test(raw.slice(from, Math.min(at, from + 100)))) {
      cells.push(trimStretch(raw, { start: from, end: at }, CELL_EDGE));
    }
    from = at + 1;
  }
  const row: Row = { line, cells };
  const [first, second, third] = cells;
  if (!first || !second) return row;
  const stamped =
    third && /^[[(]?\d{1,3}(?::\d{2}){0,2}[\])]?$/.test(raw.slice(first.start, first.end).trim());
  const label = stamped ? second : first;
  const text = stamped
    ? third
    : cells.length === 2
      ? second
      : { start: second.start, end: cells[cells.length - 1]?.end ?? second.end };
  if (label.end > label.start && label.end - label.start <= 60)
    row.labelled = { line, label, text, separator: "cell" };
  return row;
}
