import type { ConnectionCue } from "../languages/language.js";

/** RFC 3261 and RFC 8197. */
const SIP: Readonly<Record<number, ConnectionCue>> = {
  404: "invalidNumber",
  410: "invalidNumber",
  484: "invalidNumber",
  485: "invalidNumber",
  604: "invalidNumber",
  408: "noAnswer",
  480: "noAnswer",
  487: "noAnswer",
  486: "busy",
  600: "busy",
  603: "declined",
  607: "declined",
  608: "declined",
  488: "connectFailed",
  500: "connectFailed",
  502: "connectFailed",
  503: "connectFailed",
  504: "connectFailed",
  606: "connectFailed",
};

/** ITU-T Q.850. */
const Q850: Readonly<Record<number, ConnectionCue>> = {
  1: "invalidNumber",
  22: "invalidNumber",
  28: "invalidNumber",
  17: "busy",
  18: "noAnswer",
  19: "noAnswer",
  20: "noAnswer",
  21: "declined",
  3: "connectFailed",
  27: "connectFailed",
  34: "connectFailed",
  38: "connectFailed",
  41: "connectFailed",
  42: "connectFailed",
  44: "connectFailed",
  47: "connectFailed",
  102: "connectFailed",
};

const CODE =
  /\bsip[ :/_-]{0,3}(?:code|status|response)?[ :/_-]{0,3}([3-6]\d\d)\b|\b(?:q\.?850|cause|hangup[ _]cause)[ :=#_-]{0,3}(?:code )?(\d{1,3})\b|\b(480|486|487|503|600|603) (?:temporarily|busy|request|service|decline)/g;

/** A signalling code that names how the call ended. */
export interface Code {
  name: ConnectionCue;
  start: number;
  end: number;
}

/** The codes of SIP and of ISDN causes in a folded text. */
export function codesIn(folded: string, start: number, end: number): Code[] {
  const text = folded.slice(start, end);
  if (!/\d/.test(text)) return [];
  return [...text.matchAll(CODE)].flatMap((found) => {
    const sip = found[1] ?? found[3];
    const name = sip ? SIP[Number(sip)] : Q850[Number(found[2])];
    return name ? [{ name, start: start + found.index, end: start + found.index + found[0].length }] : [];
  });
}
