import { checkCount } from "./check-options.js";
import type { Endpoint } from "./endpoint.js";
import type { Fault, FaultableRequest, FaultChooser, FaultRule } from "./fault.js";

interface OpenRule {
  endpoint: Endpoint | undefined;
  fault: Fault;
  skip: number;
  left: number;
}

/** Which request meets which fault. */
export class FaultPlan {
  readonly #rules: OpenRule[] = [];
  readonly #chooser: FaultChooser | undefined;
  readonly #counts = new Map<Endpoint | null, number>();

  /** @throws SandboxOptionError for counts that are none. */
  constructor(faults: readonly FaultRule[] | FaultChooser = []) {
    if (typeof faults === "function") this.#chooser = faults;
    else for (const rule of faults) this.add(rule);
  }

  /** @throws SandboxOptionError for counts that are none. */
  add({ endpoint, fault, times = 1, skip = 0 }: FaultRule): void {
    checkCount("faults.times", times === Number.POSITIVE_INFINITY ? 0 : times);
    checkCount("faults.skip", skip);
    this.#rules.push({ endpoint, fault, skip, left: times });
  }

  /** Counts the request and chooses its fault: the first rule that is due, else what the chooser says. */
  choose(request: Omit<FaultableRequest, "ordinal">): Fault | undefined {
    const ordinal = (this.#counts.get(request.endpoint) ?? 0) + 1;
    this.#counts.set(request.endpoint, ordinal);
    for (const rule of this.#rules) {
      if (rule.left <= 0 || (rule.endpoint !== undefined && rule.endpoint !== request.endpoint)) continue;
      if (rule.skip > 0) {
        rule.skip -= 1;
        continue;
      }
      rule.left -= 1;
      return rule.fault;
    }
    return this.#chooser?.({ ...request, ordinal });
  }
}
