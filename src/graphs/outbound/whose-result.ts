import type { Attempt } from "../../policy/history.js";
import { belongsTo } from "../../policy/reference.js";
import { fingerprint } from "./results-before.js";

/** What has been seen on the line that bears on whose a result is. */
export interface Sighting {
  /** The call has been seen unfinished, so what is finished now ended since. */
  sawPending: boolean;
  /** Results of the task's earlier attempts. */
  earlier: readonly string[];
  /** The call has hardly begun, so what is finished now is rather of the call before. */
  tooSoon: boolean;
  /** The finished result that was served when the call had hardly begun. */
  atFirst?: string;
}

/**
 * Whether a result is that of a call which was placed. The service may go on telling of the call before, even where
 * it told of nothing just before the call; so a result that does not say whose it is must be seen to be new.
 */
export function isItsResult(message: string, attempt: Attempt, sighting: Sighting): boolean {
  const belongs = belongsTo(message, attempt);
  if (belongs === "yes" || belongs === "no") return belongs === "yes";
  if (sighting.sawPending) return true;
  const news = isNew(message, attempt, sighting);
  return news === "yes" || (news === "perhaps" && belongs === "likely" && !sighting.tooSoon);
}

/** Whether a result is clearly that of a call which may not have been placed. */
export function isClearlyItsResult(message: string, attempt: Attempt, sighting: Sighting): boolean {
  const belongs = belongsTo(message, attempt);
  if (belongs !== "likely") return belongs === "yes";
  const news = isNew(message, attempt, sighting);
  return news === "yes" || (news === "perhaps" && !sighting.tooSoon);
}

/** Whether the service has come to serve a result since the call began. It may have served one that it told before. */
function isNew(
  message: string,
  { resultBefore }: Attempt,
  { earlier, atFirst }: Sighting,
): "yes" | "perhaps" | "no" {
  if (earlier.includes(message) || message === atFirst || fingerprint(message) === resultBefore) return "no";
  if (atFirst !== undefined || (resultBefore !== undefined && resultBefore !== "")) return "yes";
  return resultBefore === undefined ? "no" : "perhaps";
}
