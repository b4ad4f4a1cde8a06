import { LISTEN_LIMIT_MS } from "../../client/polling.js";
import type { OutboundParts } from "./deps.js";

/** Longer than any call is listened for at a stretch. */
const HOLD_MS = 2 * LISTEN_LIMIT_MS;

/** Waits for the line and holds it for an attempt, or goes on holding it. */
export function holdLine(
  { client, clock, locks }: OutboundParts,
  attemptId: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  return locks.acquire(client.lineId, attemptId, { clock, holdMs: HOLD_MS, signal });
}
