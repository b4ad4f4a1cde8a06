import type { Reopening } from "../../policy/outcome.js";
import type { ReadyLanguage } from "../languages/registry.js";
import type { CallContext } from "../reader.js";
import type { Stretch } from "../text/stretch.js";
import { instantOf } from "../time/instant.js";
import { momentsIn } from "../time/moments.js";

/** When the business opens again, from the words about its being closed. */
export function readReopening(
  message: string,
  folded: string,
  places: readonly Stretch[],
  languages: readonly ReadyLanguage[],
  call: CallContext,
): Reopening | undefined {
  const [best] = places
    .flatMap((place) => momentsIn(folded, place, languages))
    .filter(({ weight }) => weight > 3)
    .sort((a, b) => b.weight - a.weight || a.start - b.start);
  if (best) {
    const asWritten = message.slice(best.start, best.end).trim();
    const local = best.resolve(call);
    const reopening: Reopening = { asWritten };
    if (local) reopening.local = local;
    const at = local?.includes("T") ? instantOf(local, call.timeZone) : undefined;
    if (at !== undefined) reopening.at = at;
    return reopening;
  }
  return undefined;
}
