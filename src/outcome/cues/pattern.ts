/**
 * The small language in which cues are written. It is a safe part of regular expressions: no unbounded repeat can
 * be written in it, so no text can make a match run away.
 *
 * - letters stand for themselves, as folded (lower case, without accents); a blank is one to three blanks;
 * - `(a|b)` is a choice, `?` makes the letter or group before it optional;
 * - `*` is the rest of a word, `~` up to 40 characters within one clause, `_` up to 12, `#` a number;
 * - `{name}` is a word list of the language; `\\` before a sign makes it stand for itself.
 */
export type WordLists = Readonly<Record<string, string>>;

type Node =
  | { is: "text"; value: string }
  | { is: "blank" | "rest" | "gap" | "near" | "number" }
  | { is: "choice"; of: Node[][] }
  | { is: "maybe"; node: Node };

const SYMBOLS: Readonly<Record<string, Node>> = {
  " ": { is: "blank" },
  "*": { is: "rest" },
  "~": { is: "gap" },
  _: { is: "near" },
  "#": { is: "number" },
};

/** Words are whole before and after a gap. */
const NOT_WITHIN_A_WORD = "(?!(?<=[a-z0-9ß])[a-z0-9ß])";

/** So many first characters of a pattern are looked at before it is tried. */
export const LONGEST_BEGINNING = 5;

/** Stands in a beginning for any character. */
export const ANYTHING = "\0";

export interface CompiledPattern {
  /** Of the regular expression. */
  source(): string;
  /** What a match can begin with: up to `LONGEST_BEGINNING` characters, or fewer and then `ANYTHING`. */
  beginnings: ReadonlySet<string>;
}

/** @throws SyntaxError for an unknown word list, an unclosed group, or a pattern that can begin with anything. */
export function compilePattern(pattern: string, lists: WordLists, spaced: boolean): CompiledPattern {
  const nodes = parse(`(${expand(pattern, lists, 0)})`);
  const beginnings = prefixes(nodes, LONGEST_BEGINNING);
  if (beginnings.has("") || beginnings.has(ANYTHING)) {
    throw new SyntaxError(`A cue has to begin with a letter: ${pattern}`);
  }
  return { source: () => writeAll(nodes, spaced) + (spaced ? "(?![a-z0-9ß])" : ""), beginnings };
}

function expand(pattern: string, lists: WordLists, depth: number): string {
  if (depth > 5) throw new SyntaxError(`Word lists refer to each other in a circle: ${pattern}`);
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
    const list = lists[name];
    if (list === undefined) throw new SyntaxError(`No word list is called ${name}`);
    return `(${expand(list, lists, depth + 1)})`;
  });
}

function parse(pattern: string): Node[] {
  let at = 0;
  const sequence = (): Node[] => {
    const nodes: Node[] = [];
    while (at < pattern.length && pattern[at] !== ")" && pattern[at] !== "|") {
      const char = pattern.charAt(at++);
      if (char === "\\") nodes.push({ is: "text", value: pattern.charAt(at++) });
      else if (char === "?") {
        const node = nodes.pop();
        if (node) nodes.push({ is: "maybe", node });
      } else if (char === "(") nodes.push(choice());
      else nodes.push(SYMBOLS[char] ?? { is: "text", value: char });
    }
    return nodes;
  };
  const choice = (): Node => {
    const of = [sequence()];
    while (pattern[at] === "|") {
      at++;
      of.push(sequence());
    }
    if (pattern[at] !== ")") throw new SyntaxError(`A group is not closed: ${pattern}`);
    at++;
    return { is: "choice", of };
  };
  const nodes = sequence();
  if (at < pattern.length) throw new SyntaxError(`Unexpected ${pattern[at]} in ${pattern}`);
  return nodes;
}

/** Every beginning of up to `length` characters; shorter ones where the pattern leaves open what follows. */
function prefixes(nodes: readonly Node[], length: number): Set<string> {
  let open = new Set([""]);
  const closed = new Set<string>();
  for (const node of nodes) {
    const next = new Set<string>();
    for (const prefix of open) {
      for (const more of own(node, length - prefix.length)) {
        if (more === undefined) closed.add(prefix + ANYTHING);
        else if (more.endsWith(ANYTHING)) closed.add((prefix + more).slice(0, length));
        else if (prefix.length + more.length >= length) closed.add((prefix + more).slice(0, length));
        else next.add(prefix + more);
      }
    }
    open = next;
    if (open.size === 0) return closed;
  }
  for (const prefix of open) closed.add(prefix);
  return closed;
}

/** What one node can begin with; `undefined` stands for anything. */
function own(node: Node, length: number): Iterable<string | undefined> {
  switch (node.is) {
    case "text":
      return [node.value];
    case "number":
      return Array.from({ length: 10 }, (_, digit) => `${digit}${ANYTHING}`);
    case "maybe":
      return ["", ...own(node.node, length)];
    case "choice":
      return node.of.flatMap((nodes) => [...prefixes(nodes, length)]);
    default:
      return [undefined];
  }
}

function writeAll(nodes: readonly Node[], spaced: boolean): string {
  return nodes
    .map((node, at) => {
      const source = write(node, spaced);
      if (!spaced || !isGap(node)) return source;
      const before = at === 0 || isGap(nodes[at - 1]) ? "" : NOT_WITHIN_A_WORD;
      const after = at === nodes.length - 1 || isGap(nodes[at + 1]) ? "" : NOT_WITHIN_A_WORD;
      return `${before}${source}${after}`;
    })
    .join("");
}

function isGap(node: Node | undefined): boolean {
  if (node?.is === "maybe") return isGap(node.node);
  return node?.is === "gap" || node?.is === "near";
}

function write(node: Node, spaced: boolean): string {
  switch (node.is) {
    case "text":
      return node.value.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
    case "blank":
      return spaced ? "[ _-]{1,3}" : " {0,3}";
    case "rest":
      return "[a-zß']{0,14}";
    case "gap":
      return spaced ? "[^.!?;,:|\\n]{0,40}?" : "[^。.!?;|\\n]{0,24}?";
    case "near":
      return spaced ? "[^.!?;,:|\\n]{0,12}?" : "[^。,.!?;|\\n]{0,7}?";
    case "number":
      return "\\d{1,4}";
    case "maybe":
      return `(?:${write(node.node, spaced)})?`;
    case "choice":
      return `(?:${node.of.map((nodes) => writeAll(nodes, spaced)).join("|")})`;
  }
}
