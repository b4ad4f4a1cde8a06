import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** One comparison: several ways to do the same thing, or one thing whose figure matters by itself. */
export interface Benchmark {
  /** What `--only` takes, such as `client-read`. */
  name: string;
  /** What is compared with what, in a sentence. */
  about: string;
  /** Of the values that the variants return, such as `µs CPU`. */
  unit: string;
  /** The variant that the others are divided by. */
  baseline?: string;
  /** Measured rounds; each runs every variant once. Default 15. */
  rounds?: number;
  goals?: readonly Goal[];
  /** Variants whose work other processes do, so that the memory of this one says nothing about them. */
  elsewhere?: readonly string[];
  /** Makes ready what the variants need; here and not at the top of the file, since `main.ts` imports them all. */
  open(): Promise<Opened> | Opened;
}

export interface Opened {
  variants: Record<string, Measure>;
  close?(): Promise<void> | void;
}

/**
 * Does the work once, or so many times that it can be measured, and returns one value in the benchmark's unit. Work done
 * by a process of its own also returns that process's peak memory.
 */
export type Measure = () => Promise<Measured> | Measured;
export type Measured = number | { value: number; peakMb: number };

/** What a variant is to reach: its ratio to the baseline, or its median. */
export type Goal = { variant: string; of: "ratio" | "median" } & ({ atMost: number } | { atLeast: number });

/** What this machine lacks for a benchmark. */
export class CannotRun extends Error {}

export interface Spread {
  median: number;
  min: number;
  max: number;
}

export interface VariantResult {
  variant: string;
  values: Spread;
  /** Value divided by the baseline's value of the same round. */
  ratio?: Spread;
  /** Highest resident memory, in MB, of a process that ran this variant alone. */
  peakMb?: number;
}

export interface GoalResult {
  goal: Goal;
  actual: number;
  met: boolean;
}

export type BenchmarkResult = Pick<Benchmark, "name" | "about" | "unit"> &
  ({ skipped: string } | { rounds: number; variants: VariantResult[]; goals: GoalResult[] });

/**
 * Runs the variants in turn, each round in another order, so that a slow moment of the machine hits all of them. One
 * round goes before, to warm up.
 */
export async function run(benchmark: Benchmark, rounds = benchmark.rounds ?? 15): Promise<BenchmarkResult> {
  const { name, about, unit } = benchmark;
  let opened: Opened;
  try {
    opened = await benchmark.open();
  } catch (error) {
    if (error instanceof CannotRun) return { name, about, unit, skipped: error.message };
    throw error;
  }
  try {
    const names = Object.keys(opened.variants);
    const values = new Map(names.map((variant) => [variant, [] as number[]]));
    const peaks = new Map<string, number>();
    for (let round = -1; round < rounds; round++) {
      const turn = Math.max(round, 0) % names.length;
      for (const variant of [...names.slice(turn), ...names.slice(0, turn)]) {
        collectGarbage();
        const measured = (await opened.variants[variant]?.()) ?? Number.NaN;
        const { value, peakMb = 0 } = typeof measured === "number" ? { value: measured } : measured;
        if (peakMb > 0) peaks.set(variant, Math.max(peakMb, peaks.get(variant) ?? 0));
        if (round >= 0) values.get(variant)?.push(value);
      }
    }
    const base = benchmark.baseline === undefined ? undefined : values.get(benchmark.baseline);
    const variants = [...values].map(([variant, measured]): VariantResult => {
      const ratios = base && measured.map((value, round) => value / (base[round] ?? Number.NaN));
      const peakMb = peaks.get(variant);
      return {
        variant,
        values: spread(measured),
        ...(ratios && { ratio: spread(ratios) }),
        ...(peakMb !== undefined && { peakMb }),
      };
    });
    const goals = (benchmark.goals ?? []).map((goal) => judge(goal, variants));
    return { name, about, unit, rounds, variants, goals };
  } finally {
    await opened.close?.();
  }
}

/** Runs one variant by itself and returns the highest resident memory of this process, in MB. */
export async function peakMemory(benchmark: Benchmark, variant: string): Promise<number> {
  const opened = await benchmark.open();
  for (let round = 0; round < 3; round++) await opened.variants[variant]?.();
  await opened.close?.();
  return process.resourceUsage().maxRSS / 1024;
}

/** A measure of CPU time, user and system, in microseconds per call. */
export function cpuPerCall(calls: number, work: () => unknown): Measure {
  return async () => {
    const before = process.cpuUsage();
    for (let call = 0; call < calls; call++) await work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / calls;
  };
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  const middle = sorted.length / 2;
  const median = sorted.length % 2 === 1 ? at(Math.floor(middle)) : (at(middle - 1) + at(middle)) / 2;
  return { median, min: at(0), max: at(sorted.length - 1) };
}

function judge(goal: Goal, variants: readonly VariantResult[]): GoalResult {
  const result = variants.find(({ variant }) => variant === goal.variant);
  const actual = (goal.of === "ratio" ? result?.ratio : result?.values)?.median ?? Number.NaN;
  return { goal, actual, met: "atMost" in goal ? actual <= goal.atMost : actual >= goal.atLeast };
}

/** One variant must not pay for the garbage of another. Only the young: a full collection would drop compiled code too. */
const collectGarbage: () => void = (() => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as (options: { type: "minor" }) => void;
  return () => collect({ type: "minor" });
})();
