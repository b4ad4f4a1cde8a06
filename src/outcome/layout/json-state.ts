import type { CueName } from "../languages/language.js";
import type { JsonLeaf } from "./json-leaves.js";

const ANSWERED = /answered|picked_?up|pick_?up|human_?reached|reached(?:_person|_human)?$/i;
const CONNECTED = /connected|connection/i;
const MET =
  /success|succeeded|booked|confirmed|completed|scheduled|cancell?ed|achieved|goal|granted|reserved|moved|rescheduled|resolved|delivered|refunded/i;

/** What a true or false of a JSON text says of the call, by its key. That the job is "done" says nothing. */
export function stateOf({ kind, path, value }: JsonLeaf): CueName | undefined {
  if (kind !== "literal") return undefined;
  const key = String(path.findLast((part) => typeof part === "string") ?? "");
  if (ANSWERED.test(key)) return value === "false" ? "noAnswer" : value === "true" ? "reached" : undefined;
  if (CONNECTED.test(key)) return value === "false" ? "connectFailed" : undefined;
  if (MET.test(key)) return value === "true" ? "done" : value === "false" ? "undone" : undefined;
  return undefined;
}
