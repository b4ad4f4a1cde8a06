/** One value of a JSON text, by its place in it. */
export interface JsonLeaf {
  /** The keys from the outside in; an index for a place in a list. */
  path: readonly (string | number)[];
  /** The value as it reads, unescaped. */
  value: string;
  kind: "string" | "number" | "literal";
  /** Place of the raw value, without its quotation marks. */
  start: number;
  end: number;
}

interface Level {
  list: boolean;
  key: string | number;
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };
const DEEPEST = 40;

/**
 * Reads the values out of a text that looks like JSON, in one pass; tolerant of trailing commas and of an end that
 * is missing.
 * @returns undefined as soon as the text is plainly something else.
 */
export function jsonLeaves(text: string, start: number, end: number): JsonLeaf[] | undefined {
  const leaves: JsonLeaf[] = [];
  const levels: Level[] = [];
  let pending: { value: string; start: number; end: number } | undefined;
  const emit = (value: string, kind: JsonLeaf["kind"], from: number, to: number) => {
    leaves.push({ path: levels.map(({ key }) => key), value, kind, start: from, end: to });
  };
  const settle = () => {
    if (pending) emit(pending.value, "string", pending.start, pending.end);
    pending = undefined;
  };
  let at = start;
  while (at < end) {
    const char = text.charAt(at);
    const level = levels[levels.length - 1];
    if (char === '"') {
      settle();
      const string = readString(text, at, end);
      pending = { value: string.value, start: at + 1, end: string.end - 1 };
      at = string.end;
      continue;
    }
    if (char === "{" || char === "[") {
      if (levels.length >= DEEPEST) return undefined;
      levels.push({ list: char === "[", key: char === "[" ? 0 : "" });
    } else if (char === "}" || char === "]") {
      settle();
      levels.pop();
      if (levels.length === 0) return hasOnlyBlanks(text, at + 1, end) ? leaves : undefined;
    } else if (char === ":") {
      if (!pending || !level || level.list) return undefined;
      level.key = pending.value;
      pending = undefined;
    } else if (char === ",") {
      settle();
      if (level && typeof level.key === "number") level.key++;
    } else if (!/\s/.test(char)) {
      const token = /[^\s,}\]]{1,40}/y;
      token.lastIndex = at;
      const word = token.exec(text)?.[0] ?? "";
      if (!/^(?:-?\d[\d.eE+-]*|true|false|null)$/.test(word)) return undefined;
      emit(word, /\d/.test(word) ? "number" : "literal", at, at + word.length);
      at += word.length;
      continue;
    }
    at++;
  }
  settle();
  return leaves.length > 0 ? leaves : undefined;
}

function readString(text: string, open: number, end: number): { value: string; end: number } {
  let value = "";
  let from = open + 1;
  let at = from;
  while (at < end && text.charAt(at) !== '"') {
    if (text.charAt(at) === "\\") {
      const sign = text.charAt(at + 1);
      value += text.slice(from, at);
      if (sign === "u" && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6))) {
        value += String.fromCharCode(Number.parseInt(text.slice(at + 2, at + 6), 16));
        at += 4;
      } else value += ESCAPES[sign] ?? sign;
      at += 2;
      from = at;
    } else at++;
  }
  return { value: value + text.slice(from, Math.min(at, end)), end: Math.min(at + 1, end) };
}

function hasOnlyBlanks(text: string, from: number, to: number): boolean {
  return /^[\s`]*$/.test(text.slice(from, Math.min(to, from + 200)));
}
