import { parseArgs } from "node:util";
import { withPeaks } from "./alone.js";
import { clientRead } from "./client-read.js";
import { frontDoor } from "./front-door.js";
import { type Benchmark, type BenchmarkResult, peakMemory, run } from "./harness.js";
import { outboundTask } from "./outbound-task.js";
import { sendAndPoll } from "./send-and-poll.js";
import { simulatedWeek } from "./simulated-week.js";
import { table } from "./table.js";
import { tasksInFlight } from "./tasks-in-flight.js";
import { toolInvoke } from "./tool-invoke.js";

const BENCHMARKS: readonly Benchmark[] = [
  clientRead,
  sendAndPoll,
  toolInvoke,
  outboundTask,
  tasksInFlight,
  simulatedWeek,
  frontDoor,
];

const USAGE = `npm run bench -- [--only name] [--json] [--gate] [--rounds n]
  --only    benchmarks whose name contains this
  --json    one JSON document instead of tables
  --gate    exit code 1 if a goal is missed
  --rounds  measured rounds per benchmark\n`;

const { values: options } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    json: { type: "boolean", default: false },
    gate: { type: "boolean", default: false },
    rounds: { type: "string" },
    help: { type: "boolean", default: false },
    /** For the processes that measure memory: `benchmark/variant`. */
    peak: { type: "string" },
  },
});

if (options.help) process.stdout.write(USAGE);
else if (options.peak !== undefined) await printPeak(options.peak);
else await runAll();

async function runAll(): Promise<void> {
  const chosen = BENCHMARKS.filter(({ name }) => name.includes(options.only));
  if (chosen.length === 0) throw new Error(`No benchmark is called ${options.only}.`);
  const results: BenchmarkResult[] = [];
  for (const benchmark of chosen) {
    const rounds = options.rounds === undefined ? undefined : Number(options.rounds);
    const result = await withPeaks(benchmark, await run(benchmark, rounds));
    results.push(result);
    if (!options.json) process.stdout.write(`${table(result)}\n`);
  }
  const missed = results.flatMap((result) =>
    "goals" in result ? result.goals.filter(({ met }) => !met) : [],
  );
  if (options.json) {
    const machine = { node: process.version, platform: `${process.platform} ${process.arch}` };
    process.stdout.write(`${JSON.stringify({ machine, results, goalsMissed: missed.length }, null, 2)}\n`);
  }
  if (options.gate && missed.length > 0) process.exitCode = 1;
}

async function printPeak(of: string): Promise<void> {
  const [name, ...variant] = of.split("/");
  const benchmark = BENCHMARKS.find((one) => one.name === name);
  if (!benchmark) throw new Error(`No benchmark is called ${name}.`);
  process.stdout.write(String(await peakMemory(benchmark, variant.join("/"))));
}
