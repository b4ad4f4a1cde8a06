import type { BenchmarkResult, Goal, GoalResult, Spread, VariantResult } from "./harness.js";

/** A result as text for a terminal. */
export function table(result: BenchmarkResult): string {
  const head = `${result.name}: ${result.about}`;
  if ("skipped" in result) return `${head}\n  skipped: ${result.skipped}\n`;
  const header = ["variant", `median ${result.unit}`, "min … max", "ratio", "min … max", "peak MB"];
  const rows = [header, ...result.variants.map(row)];
  const widths = header.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const lines = rows.map((cells) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
  return `${[head, ...lines.map((line) => `  ${line}`.trimEnd()), ...result.goals.map(goalLine)].join("\n")}\n`;
}

function row({ variant, values, ratio, peakMb }: VariantResult): string[] {
  const range = ({ min, max }: Spread) => `${number(min)} … ${number(max)}`;
  return [
    variant,
    number(values.median),
    range(values),
    ratio ? number(ratio.median) : "",
    ratio ? range(ratio) : "",
    peakMb === undefined ? "" : peakMb.toFixed(0),
  ];
}

function goalLine({ goal, actual, met }: GoalResult): string {
  return `  goal ${met ? "met   " : "MISSED"}  ${wording(goal)}: ${number(actual)}`;
}

function wording(goal: Goal): string {
  const bound = "atMost" in goal ? `at most ${goal.atMost}` : `at least ${goal.atLeast}`;
  return `${goal.variant}, ${goal.of} ${bound}`;
}

function number(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}
