import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Benchmark, BenchmarkResult, VariantResult } from "./harness.js";

/**
 * Starts a file of this folder as a process of its own, under the same loader as this one. It prints to a pipe, and
 * errors to the terminal.
 */
export function startAlone(file: string, args: readonly string[] = []) {
  const path = fileURLToPath(new URL(file, import.meta.url));
  return spawn(process.execPath, [...process.execArgv, path, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
}

/** All that the process prints. @throws Error if it fails. */
export async function printedBy(child: ReturnType<typeof startAlone>): Promise<string> {
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`A benchmark's process ended with ${code}: ${child.spawnargs.join(" ")}`);
  return printed;
}

/** Peak memory is that of a process, so each variant gets one. */
export async function withPeaks(
  { elsewhere = [] }: Benchmark,
  result: BenchmarkResult,
): Promise<BenchmarkResult> {
  if ("skipped" in result) return result;
  const variants: VariantResult[] = [];
  for (const variant of result.variants) {
    if (variant.peakMb !== undefined || elsewhere.includes(variant.variant)) {
      variants.push(variant);
      continue;
    }
    const printed = await printedBy(startAlone("main.ts", ["--peak", `${result.name}/${variant.variant}`]));
    variants.push({ ...variant, peakMb: Number(printed) });
  }
  return { ...result, variants };
}
