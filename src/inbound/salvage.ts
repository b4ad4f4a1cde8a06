/** What could be saved of a reply that was cut off or not understood. */
export interface Salvage {
  /** Messages that arrived whole. */
  whole: readonly unknown[];
  /** The beginning of the message that the reply broke off in, closed so that it can be read. */
  fragment?: object;
}

/** One of these makes an object a message. An HTML page of a gateway has none of them. */
const MESSAGE_FIELDS = ["content", "from_phone", "call_id", "transcript", "summary"];

/** An escape that was cut, after any number of whole ones. */
const BROKEN_ESCAPE = /((?<!\\)(?:\\\\)*)\\(?:u[0-9a-f]{0,3})?$/i;

/** Messages lie in a list in a wrapper, perhaps in another; what lies deeper is part of one. */
const DEEPEST = 6;

interface Open {
  at: number;
  close: "}" | "]";
}

/** Saves the messages of a broken reply: every whole object that is one, and the beginning of the last. Linear. */
export function salvage(received: string): Salvage {
  const open: Open[] = [];
  const found: { start: number; value: object }[] = [];
  let inString = false;
  /** The last place at which a value was complete, and how many brackets were open there. */
  let safe = { at: 0, depth: 0 };
  for (let at = 0; at < received.length; at++) {
    const character = received[at];
    if (inString) {
      if (character === "\\") at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = open.length > 0;
    else if (character === "{" || character === "[") open.push({ at, close: character === "{" ? "}" : "]" });
    else if (character === "," && open.length > 0) safe = { at, depth: open.length };
    else if (character === "}" || character === "]") {
      const start = open.pop()?.at;
      const value =
        open.length <= DEEPEST && character === "}" && start !== undefined
          ? message(received.slice(start, at + 1))
          : undefined;
      if (start === undefined || value === undefined) continue;
      // What lies within a message is a part of it.
      while ((found.at(-1)?.start ?? -1) > start) found.pop();
      found.push({ start, value });
    }
  }
  const broken = brokenMessage(received, open, safe, inString);
  const whole = found.filter(({ start }) => broken === undefined || start < broken.start);
  return { whole: whole.map(({ value }) => value), ...(broken && { fragment: broken.value }) };
}

/** The outermost open object that is a message, closed: a text is kept as far as it came, a broken number is not. */
function brokenMessage(
  received: string,
  open: readonly Open[],
  safe: { at: number; depth: number },
  inString: boolean,
) {
  const text = received.replace(BROKEN_ESCAPE, "$1");
  for (const [index, { at: start, close }] of open.slice(0, DEEPEST).entries()) {
    if (close !== "}") continue;
    const closers = (depth: number) =>
      open
        .slice(index, depth)
        .reverse()
        .map((bracket) => bracket.close)
        .join("");
    const all = closers(open.length);
    const endings = inString ? [`"${all}`, `":null${all}`] : [all, `:null${all}`, `null${all}`];
    const attempts = endings.map((ending) => text.slice(start) + ending);
    if (safe.at > start) attempts.push(text.slice(start, safe.at) + closers(safe.depth));
    for (const attempt of attempts) {
      const value = message(attempt);
      if (value !== undefined) return { start, value };
    }
  }
  return undefined;
}

function message(json: string): object | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== "object" || value === null || "messages" in value) return undefined;
    return MESSAGE_FIELDS.some((field) => field in value) ? value : undefined;
  } catch {
    return undefined;
  }
}
