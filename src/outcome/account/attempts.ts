import type { ReportedAttempt } from "../../policy/outcome.js";
import { quoteAt } from "../evidence.js";
import type { Reading } from "../reading.js";
import { CONNECTION_KINDS, isConnection } from "./connection.js";

const MOST = 50;

/** Every attempt that the service tells of, in order: one for each sentence or clause with a way of not getting through. */
export function readAttempts({ message, heard, account }: Reading): ReportedAttempt[] {
  const attempts: ReportedAttempt[] = [];
  let last = -1;
  for (const cue of heard) {
    if (!isConnection(cue.name) || cue.start < last || attempts.length >= MOST) continue;
    const evidence = quoteAt(message, cue, "service");
    if (evidence) attempts.push({ kind: CONNECTION_KINDS[cue.name], evidence });
    last = cue.end;
  }
  const [ground] = account.grounds;
  if (
    ground &&
    account.kind &&
    !isConnection(ground.name) &&
    account.kind !== "unknown" &&
    attempts.length > 0
  ) {
    const evidence = quoteAt(message, ground.statement, "service");
    if (evidence) attempts.push({ kind: account.kind, evidence });
  }
  return attempts;
}
