import { createHash } from "node:crypto";
import type { PhoneTask } from "./task.js";

/**
 * A short name for everything that Polly may do and say for a task. An approval is given to these terms: where one of
 * them has changed since, whoever changed it, the human is asked anew.
 */
export function termsOf(task: PhoneTask, details: Readonly<Record<string, string>>): string {
  const { purpose, targets, mayFindOther, onBehalfOf, mayAgreeTo, language } = task;
  const terms = [
    purpose,
    targets.map(({ name, phone }) => [name, phone]),
    mayFindOther,
    onBehalfOf,
    Object.entries(details).sort(([a], [b]) => (a < b ? -1 : 1)),
    mayAgreeTo,
    language,
  ];
  return createHash("sha256").update(JSON.stringify(terms)).digest("base64url").slice(0, 22);
}
