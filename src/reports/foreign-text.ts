const ESC = String.fromCharCode(0x1b);
const BEL = String.fromCharCode(0x07);
const CSI = String.fromCharCode(0x9b);

/** Terminal commands (ECMA-48): colours, cursor moves, and window titles and hyperlinks where they are ended. */
const TERMINAL_COMMANDS = new RegExp(
  `(?:${ESC}\\[|${CSI})[0-?]*[ -/]*[@-~]|${ESC}\\][^${BEL}${ESC}]*(?:${BEL}|${ESC}\\\\)`,
  "gu",
);

const SPACES = /[\s\u0085]+/gu;

/** Controls and invisible formatting: bidirectional marks, zero-width and tag characters. Not the joiners of emoji and Indic scripts. */
const INVISIBLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}]/gu;

const LONE_SURROGATE = /\p{Cs}/gu;

/**
 * The words of somebody else as one line of visible text: line breaks become spaces, terminal commands, control
 * characters and invisible formatting go. What can be seen stays as it is.
 */
export function oneLine(text: string): string {
  return text
    .replace(TERMINAL_COMMANDS, "")
    .replace(SPACES, " ")
    .replace(INVISIBLE, "")
    .replace(LONE_SURROGATE, "\ufffd")
    .replace(/ {2,}/g, " ")
    .trim();
}
