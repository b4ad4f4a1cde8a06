/**
 * What reading a result costs: per message of the labelled corpora, and per character from 1 KB to 1 MB.
 * Prints CPU time, since the wall clock of a busy machine says little. `--json` prints one object.
 */
import { readOutcome } from "../src/outcome/read-outcome.js";
import { corpusFiles, loadCorpus } from "../test/corpus/load.js";

const ROUNDS = 9;
const SIZES = [1_000, 10_000, 100_000, 1_000_000];

const rows = corpusFiles().flatMap(loadCorpus);
const calls = rows.map(({ message, task }) => ({
  message,
  call: {
    purpose: task.purpose,
    ...(task.target_name === undefined ? {} : { targetName: task.target_name }),
    ...(task.target_phone === undefined ? {} : { targetPhone: task.target_phone }),
  },
}));
const prose = rows.map(({ message }) => message).join("\n\n");

/** CPU time of `work`, in microseconds. */
function cpu(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user;
}

function spread(samples: readonly number[]): { median: number; min: number; max: number } {
  const sorted = [...samples].sort((a, b) => a - b);
  return {
    median: sorted[sorted.length >> 1] ?? 0,
    min: sorted[0] ?? 0,
    max: sorted[sorted.length - 1] ?? 0,
  };
}

function readAll(): void {
  for (const { message, call } of calls) readOutcome(message, call);
}

for (let warm = 0; warm < 5; warm++) readAll();
const perMessage: number[] = [];
const perCharacter = new Map<number, number[]>(SIZES.map((size) => [size, []]));
const texts = new Map(
  SIZES.map((size) => [size, prose.repeat(Math.ceil(size / prose.length)).slice(0, size)]),
);
for (let round = 0; round < ROUNDS; round++) {
  perMessage.push(cpu(readAll) / calls.length);
  for (const [size, text] of texts) {
    const times = Math.max(1, Math.round(100_000 / size));
    const spent = cpu(() => {
      for (let time = 0; time < times; time++)
        readOutcome(text, { purpose: "Book a table for 2 on Friday at 19:00" });
    });
    perCharacter.get(size)?.push((spent / times / size) * 1_000);
  }
}

const message = spread(perMessage);
const character = Object.fromEntries([...perCharacter].map(([size, samples]) => [size, spread(samples)]));
const growth = (character[1_000_000]?.median ?? 0) / (character[10_000]?.median ?? 1);
const result = {
  messages: rows.length,
  microsecondsPerMessage: message,
  nanosecondsPerCharacter: character,
  growthFrom10KbTo1Mb: growth,
};

if (process.argv.includes("--json")) process.stdout.write(`${JSON.stringify(result)}\n`);
else {
  const show = ({ median, min, max }: typeof message) =>
    `${median.toFixed(0)} (${min.toFixed(0)} to ${max.toFixed(0)})`;
  process.stdout.write(`per message   ${show(message)} µs of CPU, over ${rows.length} messages\n`);
  for (const size of SIZES)
    process.stdout.write(`per character ${show(character[size] ?? message)} ns at ${size} characters\n`);
  process.stdout.write(`1 MB costs ${growth.toFixed(2)} times as much per character as 10 KB (linear: 1)\n`);
}
