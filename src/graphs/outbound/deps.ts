import type { BaseCheckpointSaver } from "@langchain/langgraph";
import type { PollyReachClient } from "../../client/client.js";
import { type Clock, systemClock } from "../../clock.js";
import { readOutcome } from "../../outcome/read-outcome.js";
import type { OutcomeReader } from "../../outcome/reader.js";
import { LIMITS, type LimitOverrides, limitsSchema, type PolicyLimits } from "../../policy/limits.js";
import { type Fuses, processFuses } from "./fuses.js";
import { InvalidLimitsError } from "./graph-errors.js";
import { Guard, type GuardOptions } from "./guard.js";
import { type LineLocks, processLocks } from "./line-locks.js";
import { maskedPhoneLine } from "./masked-line.js";

/** What the workflow needs of a client. */
export type PhoneLine = Pick<
  PollyReachClient,
  "lineId" | "live" | "send" | "query" | "balance" | "waitForResult"
>;

/** What the outbound graph works with. */
export interface OutboundDeps {
  client: PhoneLine;
  /** Default: the machine's clock. Give the client the same. */
  clock?: Clock;
  /** Reads results. Default: the rules reader. */
  reader?: OutcomeReader;
  /** Lists of numbers, caps, and the memory of who does not want to be called. */
  guard?: GuardOptions;
  /** Lowers limits of the policy. */
  limits?: LimitOverrides;
  /**
   * Keeps the state between steps; needed, since the first interrupt may come after a call. Leave it out only where
   * the graph is a node of another graph that has one.
   */
  checkpointer?: BaseCheckpointSaver;
  /** Random numbers in [0, 1), for the references of attempts. Default: Math.random. */
  random?: () => number;
  /** Draws ids of attempts. Default: random UUIDs. */
  newId?: () => string;
  /** Told of a result on the line that belongs to no attempt of the task, so that it is not lost. */
  onUnclaimedResult?: (message: string) => void;
  /** Default: shared by all graphs of this process. */
  locks?: LineLocks;
  /** Default: shared by all graphs of this process. */
  fuses?: Fuses;
}

/** The same, complete. */
export interface OutboundParts {
  client: PhoneLine;
  clock: Clock;
  reader: OutcomeReader;
  guard: Guard;
  limits: PolicyLimits;
  random: () => number;
  newId: () => string;
  onUnclaimedResult: (message: string) => void;
  locks: LineLocks;
  fuses: Fuses;
}

/** @throws {InvalidLimitsError} */
export function completeDeps(deps: OutboundDeps): OutboundParts {
  return {
    client: maskedPhoneLine(deps.client),
    clock: deps.clock ?? systemClock,
    reader: deps.reader ?? { read: readOutcome },
    guard: new Guard(deps.guard),
    limits: completeLimits(deps.limits),
    random: deps.random ?? Math.random,
    newId: deps.newId ?? (() => crypto.randomUUID()),
    onUnclaimedResult: deps.onUnclaimedResult ?? (() => {}),
    locks: deps.locks ?? processLocks,
    fuses: deps.fuses ?? processFuses,
  };
}

function completeLimits(overrides: LimitOverrides = {}): PolicyLimits {
  const parsed = limitsSchema.safeParse(overrides);
  if (!parsed.success) throw new InvalidLimitsError(parsed.error.issues);
  const given = Object.entries(parsed.data).filter(([, value]) => value !== undefined);
  return { ...LIMITS, ...Object.fromEntries(given) };
}
