import { oneLine } from "./foreign-text.js";

/** What some Markdown viewers turn into links or mentions by themselves, and no escape prevents. */
const SELF_LINKING = /:\/\/|www\.|@|[\p{L}\p{N}]\.\p{L}{2}|^\P{L}*(?:mailto|tel|sms|xmpp|data|javascript):/iu;

/** Characters that begin or end markup anywhere in a line (CommonMark, GitHub's tables and strikethrough, and formulas). */
const MARKUP = /[\\`*_{}[\]<>|~$]|&(?=[#\w])/g;

/** Characters that begin a heading, a list, a quote or a rule where a block begins. */
const BLOCK_START = /^(?:[#+\-=>]|\d+(?=[.)]))/;

/**
 * Somebody's words as one line of Markdown that shows them as they are: no markup in them takes effect, and what a
 * viewer would link by itself is shown as code.
 */
export function markdownText(text: string): string {
  const words = oneLine(text).split(" ");
  return words
    .map((word, index) => (SELF_LINKING.test(word) ? asCode(word) : escaped(word, index === 0)))
    .join(" ");
}

function escaped(word: string, first: boolean): string {
  const inline = word.replace(MARKUP, "\\$&");
  if (!first) return inline;
  return inline.replace(BLOCK_START, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}

/** CommonMark 0.31, section 6.1: what stands between two runs of as many backticks is code; backticks are escaped. */
function asCode(word: string): string {
  return word.replace(/`+|[^`]+/g, (part) =>
    part.startsWith("`") ? part.replaceAll("`", "\\`") : `\`${part}\``,
  );
}
