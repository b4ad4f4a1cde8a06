import type { Outcome } from "../../src/policy/outcome.js";
import type { LabelledMessage } from "./load.js";

/** The fields of the corpus, as an outcome has them. */
export function fieldsOf(outcome: Outcome): Record<string, unknown> {
  return {
    target_name: outcome.targetName,
    target_phone: outcome.targetPhone?.asWritten,
    credits_used: outcome.creditsUsed,
    credits_remaining: outcome.creditsRemaining,
    detail_url: outcome.detailUrl,
    recording_url: outcome.recordingUrl,
    transcript: outcome.transcript,
    reopens: outcome.reopens && (outcome.reopens.local ?? outcome.reopens.asWritten),
    question: outcome.question,
  };
}

/** Fields that are wrong or missing; a field that the label does not name is not judged. */
export function wrongFields(row: LabelledMessage, outcome: Outcome): string[] {
  const found = fieldsOf(outcome);
  return Object.entries(row.fields ?? {}).flatMap(([name, wanted]) =>
    JSON.stringify(found[name]) === JSON.stringify(wanted) ? [] : [name],
  );
}

/** Counts of one group of rows. */
export class Tally {
  rows = 0;
  right = 0;
  covered = 0;
  coveredRight = 0;
  unsafe = 0;
  fieldsExact = 0;

  add(row: LabelledMessage, outcome: Outcome): void {
    this.rows++;
    if (outcome.kind === row.kind) this.right++;
    if (outcome.kind !== "unknown") {
      this.covered++;
      if (outcome.kind === row.kind) this.coveredRight++;
    }
    if (row.unsafe.includes(outcome.kind)) this.unsafe++;
    if (wrongFields(row, outcome).length === 0) this.fieldsExact++;
  }

  get accuracy(): number {
    return this.right / Math.max(1, this.rows);
  }
  /** The share that is not `unknown`. */
  get coverage(): number {
    return this.covered / Math.max(1, this.rows);
  }
  /** The share that is right of what is not `unknown`. */
  get precision(): number {
    return this.coveredRight / Math.max(1, this.covered);
  }
  get fields(): number {
    return this.fieldsExact / Math.max(1, this.rows);
  }
}
