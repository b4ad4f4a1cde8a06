import type { Reading } from "../reading.js";

const SUMMARY =
  /^(?:summary|call summary|in short|tl;dr|overview|recap|explain|explanation|zusammenfassung|resume|resumen|sintesis|概要|要約|摘要|总结|小结|通话摘要|まとめ)$/;
const ANALYSIS =
  /issue analysis|analysis|what went wrong|why it failed|possible causes?|problem|probleme|ursache|analyse|causa|motivo del fallo|analisis|原因|问题分析|失败原因|問題分析|要因/;
const MOST_LINES = 12;

/** What stands under a label or heading of a summary. */
export function readSummary({ message, folded, rows, transcript }: Reading): string | undefined {
  for (const [index, row] of rows.entries()) {
    if (transcript.rows.has(index)) continue;
    if (row.leaf) {
      const key = String(row.leaf.path[row.leaf.path.length - 1]).toLowerCase();
      if (SUMMARY.test(key)) return row.leaf.value;
    } else if (row.labelled) {
      const label = folded.slice(row.labelled.label.start, row.labelled.label.end);
      if (!SUMMARY.test(label)) continue;
      const { start, end } = row.labelled.text;
      if (end > start) return message.slice(start, end);
      const next = rows[index + 1];
      if (next && next.line.end > next.line.start && !transcript.rows.has(index + 1))
        return message.slice(next.line.start, next.line.end);
    }
  }
  return undefined;
}

/** The lines of an issue analysis, without their bullets. */
export function readAccountOfFailure({ message, folded, rows, transcript }: Reading): string[] {
  const lines: string[] = [];
  let under = false;
  for (const [index, { line, labelled, leaf }] of rows.entries()) {
    if (transcript.rows.has(index) || lines.length >= MOST_LINES) {
      if (under) break;
      continue;
    }
    if (line.end === line.start) {
      if (lines.length > 0) break;
      continue;
    }
    if (under) {
      if (/^[💰🔗🦜]|https?:/u.test(message.slice(line.start, line.end))) break;
      lines.push(message.slice(line.start, line.end).replace(/^(?:[\s\-*•·❌✗✘–—>]|⚠️?)+/u, ""));
      continue;
    }
    const label = leaf
      ? String(leaf.path.findLast((key) => typeof key === "string")).toLowerCase()
      : labelled
        ? folded.slice(labelled.label.start, labelled.label.end)
        : "";
    if (label === "" || label.length > 40 || !ANALYSIS.test(label)) continue;
    const text = leaf ? leaf.value : labelled ? message.slice(labelled.text.start, labelled.text.end) : "";
    if (text === "") under = true;
    else return [text];
  }
  return lines;
}
