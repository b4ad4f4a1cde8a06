import { CAPS, type Caps, capsSchema } from "../../policy/caps.js";
import { InvalidLimitsError } from "./graph-errors.js";

/** The default caps, with those that are given in their place. @throws {InvalidLimitsError} */
export function completeCaps(caps: Partial<Caps> = {}): Caps {
  const parsed = capsSchema.safeParse(caps);
  if (!parsed.success) throw new InvalidLimitsError(parsed.error.issues);
  return {
    ...CAPS,
    ...Object.fromEntries(Object.entries(parsed.data).filter(([, cap]) => cap !== undefined)),
  };
}
