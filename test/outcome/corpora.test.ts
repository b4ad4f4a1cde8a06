import { describe, expect, it } from "vitest";
import { standsInMessage } from "../../src/outcome/evidence.js";
import { readOutcome } from "../../src/outcome/read-outcome.js";
import { corpusFiles, type LabelledMessage, loadCorpus } from "../corpus/load.js";
import { Tally } from "../corpus/score.js";

const read = (row: LabelledMessage) => {
  const { purpose, target_name, target_phone } = row.task;
  const call = {
    purpose,
    ...(target_name === undefined ? {} : { targetName: target_name }),
    ...(target_phone === undefined ? {} : { targetPhone: target_phone }),
  };
  return { row, outcome: readOutcome(row.message, call) };
};

const corpora = corpusFiles().map((file) => ({
  name: file.pathname.split("/").at(-1) ?? "",
  readings: loadCorpus(file).map(read),
}));

describe.each(corpora)("the labelled messages of $name", ({ readings }) => {
  it("are read without an unsafe error", () => {
    const unsafe = readings.filter(({ row, outcome }) => row.unsafe.includes(outcome.kind));
    expect(unsafe.map(({ row, outcome }) => `${row.id} is ${row.kind}, read as ${outcome.kind}`)).toEqual([]);
  });

  it("are read with evidence that stands in them", () => {
    for (const { row, outcome } of readings) {
      expect(
        outcome.evidence.every((evidence) => standsInMessage(row.message, evidence)),
        row.id,
      ).toBe(true);
      expect(outcome.evidence.length > 0, row.id).toBe(outcome.kind !== "unknown");
    }
  });
});

describe("all labelled messages together", () => {
  it("are read as well as the goals ask for", () => {
    const all = new Tally();
    for (const { readings } of corpora) for (const { row, outcome } of readings) all.add(row, outcome);
    expect(all.precision).toBeGreaterThanOrEqual(0.97);
    expect(all.coverage).toBeGreaterThanOrEqual(0.85);
    expect(all.fields).toBeGreaterThanOrEqual(0.95);
  });
});
