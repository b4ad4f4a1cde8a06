import { BLANK, type Stretch, trimStretch } from "../text/stretch.js";

/** A line of the form "label: text", by the places of its parts. */
export interface LabelledLine {
  line: Stretch;
  label: Stretch;
  text: Stretch;
  /** What stands between label and text: lines of one transcript share it. */
  separator: string;
}

const LONGEST_LABEL = 44;
/** Bullets, quotation bars, emphasis, pictures: what may stand before a label. */
const ORNAMENT = /[\s>*_•◦‣▪●○·–—\-#~`|»☆★]/;
const LABEL_EDGE = /[\s*_`"'“”()[\]<>【】〔〕#\-–—·|]/;
const TEXT_EDGE = /[\s*_`|]/;
const STAMP = /[[(]?\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:[.,]\d{1,3})?[\])]?(?:\s?[ap]m)?\s*[-–—|,]?\s*/iy;
const COUNT = /(?:\(?\d{1,3}[.)\]]|\[[A-Za-z]?\d{1,4}\]|#\d{1,3})\s*/y;

/** Reads a line as "label, separator, text", whatever marks the label. */
export function labelledLine(raw: string, line: Stretch): LabelledLine | undefined {
  let at = line.start;
  const skip = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(raw)?.[0].length ?? 0;
    if (at + found <= line.end) at += found;
  };
  const skipOrnament = () => {
    while (at < line.end && (ORNAMENT.test(raw.charAt(at)) || isPicture(raw.charCodeAt(at)))) at++;
  };
  skipOrnament();
  skip(COUNT);
  skip(STAMP);
  skip(COUNT);
  skipOrnament();
  const split = findSeparator(raw, at, line.end);
  if (!split) return undefined;
  const label = trimStretch(raw, { start: at, end: split.start }, LABEL_EDGE);
  const opened = split.start > label.end ? closeBracket(raw, label, split.start) : label;
  if (opened.end <= opened.start) return undefined;
  const text = trimStretch(raw, { start: split.end, end: line.end }, TEXT_EDGE);
  return { line, label: opened, text: withoutQuotes(raw, text, split.mark), separator: split.mark };
}

/** "S1 (us" lost its bracket to the trimming: give it back. */
function closeBracket(raw: string, label: Stretch, limit: number): Stretch {
  const text = raw.slice(label.start, label.end);
  const open = /[（(]/.test(text) && !/[)）]/.test(text);
  return open && label.end < limit ? { start: label.start, end: label.end + 1 } : label;
}

function withoutQuotes(raw: string, text: Stretch, mark: string): Stretch {
  const inner = mark === "「" ? { start: text.start, end: text.end } : text;
  const first = raw.charAt(inner.start);
  const last = raw.charAt(inner.end - 1);
  if (mark === "「" || mark === "『" || mark === "“" || mark === "«") {
    return trimStretch(raw, inner, /[\s」』”»]/);
  }
  const pair = `${first}${last}`;
  if (
    inner.end - inner.start > 1 &&
    ['""', "「」", "“”", "«»", "『』", "''", "‘’", "„“", "»«"].includes(pair)
  ) {
    return trimStretch(raw, { start: inner.start + 1, end: inner.end - 1 }, BLANK);
  }
  return inner;
}

function isPicture(code: number): boolean {
  return (
    (code >= 0x2190 && code < 0x2c00) ||
    (code >= 0xd83c && code <= 0xd83e) ||
    (code >= 0xdc00 && code <= 0xdfff) ||
    code === 0xfe0f ||
    code === 0x200d
  );
}

function findSeparator(
  raw: string,
  from: number,
  end: number,
): { start: number; end: number; mark: string } | undefined {
  const limit = Math.min(end, from + LONGEST_LABEL);
  const bracket = raw.charAt(from - 1);
  if (bracket === "[" || raw.charAt(from) === "[" || raw.charAt(from) === "<" || raw.charAt(from) === "【") {
    const close = raw.indexOf(
      raw.charAt(from) === "<" ? ">" : raw.charAt(from) === "【" ? "】" : "]",
      from + 1,
    );
    if (close > from && close < limit) {
      let after = close + 1;
      while (after < end && /[\s::*]/.test(raw.charAt(after))) after++;
      const rest = findSeparator(raw, close + 1, Math.min(end, close + 24));
      if (after < end && !(rest && raw.charAt(close + 1) === " " && /^[:~>]/.test(rest.mark))) {
        return { start: close, end: after, mark: "]" };
      }
    }
  }
  for (let at = from; at < limit; at++) {
    const char = raw.charAt(at);
    if (char === ":" || char === "：" || char === "﹕") {
      const digits = /\d/.test(raw.charAt(at - 1)) && /\d/.test(raw.charAt(at + 1));
      if (digits || raw.charAt(at + 1) === "/") continue;
      return { start: at, end: at + 1, mark: ":" };
    }
    if (
      char === "「" ||
      char === "『" ||
      char === "“" ||
      char === "«" ||
      char === "｜" ||
      char === "|" ||
      char === "\t"
    ) {
      return at > from ? { start: at, end: at + 1, mark: char } : undefined;
    }
    if (
      char === "＞" ||
      char === "≫" ||
      char === "›" ||
      char === "❯" ||
      (char >= "\u25a0" && char <= "\u25ff") ||
      char === "»" ||
      char === "→" ||
      char === "⇒" ||
      char === "~" ||
      char === "〜" ||
      char === "="
    ) {
      return at > from ? { start: at, end: at + 1, mark: char } : undefined;
    }
    if (char === ">" && at > from)
      return { start: at, end: at + (raw.charAt(at + 1) === ">" ? 2 : 1), mark: ">" };
    if (
      (char === "-" || char === "–" || char === "—") &&
      at > from &&
      raw.charAt(at - 1) === " " &&
      raw.charAt(at + 1) === " "
    ) {
      return { start: at, end: at + 1, mark: "-" };
    }
    if (
      char === " " &&
      raw.charAt(at + 1) === " " &&
      at > from &&
      raw.slice(from, at) === raw.slice(from, at).toUpperCase()
    ) {
      return { start: at, end: at + 2, mark: "  " };
    }
    if (char === "—" && at > from) return { start: at, end: at + 1, mark: "-" };
    if (char === "." && at > from && raw.startsWith("...", at)) {
      let after = at;
      while (after < end && (raw.charAt(after) === "." || raw.charAt(after) === " ")) after++;
      return after - at > 3 ? { start: at, end: after, mark: "." } : undefined;
    }
    if (char === "." && raw.charAt(at + 1) === " " && at - from > 12) return undefined;
    if (char === "。" || char === "!" || char === "?" || char === "！" || char === "？") return undefined;
  }
  return undefined;
}
