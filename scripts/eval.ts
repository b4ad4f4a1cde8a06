/**
 * Scores a reader of results on labelled messages:
 *
 *   npm run eval -- [--file messages.jsonl]... [--id prefix] [--reader rules] [--show] [--gate]
 *
 * `--gate` ends with status 1 if there is an unsafe error or a goal is missed.
 */
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { rulesReader } from "../src/outcome/read-outcome.js";
import type { OutcomeReader } from "../src/outcome/reader.js";
import { corpusFiles, type LabelledMessage, loadCorpus } from "../test/corpus/load.js";
import { fieldsOf, Tally, wrongFields } from "../test/corpus/score.js";

const GOALS = { precision: 0.97, englishCoverage: 0.85, coverage: 0.75, fields: 0.95 };
const READERS: Readonly<Record<string, OutcomeReader>> = { rules: rulesReader };

const { values } = parseArgs({
  options: {
    file: { type: "string", multiple: true },
    id: { type: "string" },
    reader: { type: "string", default: "rules" },
    show: { type: "boolean", default: false },
    gate: { type: "boolean", default: false },
  },
});

const reader = READERS[values.reader];
if (!reader)
  throw new Error(`No reader is called ${values.reader}; there is: ${Object.keys(READERS).join(", ")}`);
const files = values.file?.map((path) => pathToFileURL(path)) ?? corpusFiles();
const wanted = values.id ? new RegExp(values.id) : undefined;
const rows = files.flatMap(loadCorpus).filter(({ id }) => !wanted || wanted.test(id));

const all = new Tally();
const english = new Tally();
const byKind = new Map<string, Tally>();
const byLanguage = new Map<string, Tally>();
const fields = new Map<string, { rows: number; exact: number }>();
const print = (line: string) => process.stdout.write(`${line}\n`);

for (const row of rows) await score(row);
report();

async function score(row: LabelledMessage): Promise<void> {
  const { purpose, target_name, target_phone } = row.task;
  const outcome = await reader?.read(row.message, {
    purpose,
    ...(target_name === undefined ? {} : { targetName: target_name }),
    ...(target_phone === undefined ? {} : { targetPhone: target_phone }),
  });
  if (!outcome) return;
  const language = row.lang.split("-")[0] ?? row.lang;
  for (const tally of [all, tallyOf(byKind, row.kind), tallyOf(byLanguage, language)])
    tally.add(row, outcome);
  if (language === "en") english.add(row, outcome);
  const wrong = wrongFields(row, outcome);
  for (const name of Object.keys(row.fields ?? {})) {
    const field = fields.get(name) ?? { rows: 0, exact: 0 };
    field.rows++;
    if (!wrong.includes(name)) field.exact++;
    fields.set(name, field);
  }
  if (row.unsafe.includes(outcome.kind)) print(`UNSAFE ${row.id}: is ${row.kind}, read as ${outcome.kind}`);
  if (!values.show) return;
  if (outcome.kind !== row.kind) {
    const why =
      outcome.kind === "unknown" ? outcome.reason : outcome.evidence.map(({ quote }) => quote).join(" // ");
    print(`${row.id} ${row.lang}: is ${row.kind}, read as ${outcome.kind}: ${why}`);
  }
  for (const name of wrong) {
    print(
      `${row.id} ${row.lang}: ${name} ${JSON.stringify(fieldsOf(outcome)[name])} instead of ${JSON.stringify(row.fields?.[name as "question"])}`,
    );
  }
}

function tallyOf(tallies: Map<string, Tally>, name: string): Tally {
  const tally = tallies.get(name) ?? new Tally();
  tallies.set(name, tally);
  return tally;
}

function report(): void {
  print(`\n${"".padEnd(22)}  rows  accuracy  coverage  precision  fields  unsafe`);
  for (const [name, tally] of [...byKind, ...byLanguage, ["all", all] as const]) {
    const { rows: count, accuracy, coverage, precision, fields: exact, unsafe } = tally;
    const share = (value: number) => value.toFixed(3).padStart(9);
    print(
      `${name.padEnd(22)}${String(count).padStart(6)} ${share(accuracy)} ${share(coverage)} ${share(precision)} ${share(exact)} ${String(unsafe).padStart(6)}`,
    );
  }
  print("");
  for (const [name, { rows: count, exact }] of fields)
    print(`${name.padEnd(22)}${String(count).padStart(6)} ${(exact / count).toFixed(3).padStart(9)}`);
  const missed = [
    ...(all.unsafe > 0 ? [`${all.unsafe} unsafe errors`] : []),
    ...(all.precision < GOALS.precision ? [`precision under ${GOALS.precision}`] : []),
    ...(all.coverage < GOALS.coverage ? [`coverage under ${GOALS.coverage}`] : []),
    ...(english.rows > 0 && english.coverage < GOALS.englishCoverage
      ? [`English coverage under ${GOALS.englishCoverage}`]
      : []),
    ...(all.fields < GOALS.fields ? [`fields under ${GOALS.fields}`] : []),
  ];
  print(missed.length > 0 ? `\nMissed: ${missed.join("; ")}` : "\nAll goals met.");
  if (values.gate && missed.length > 0) process.exitCode = 1;
}
