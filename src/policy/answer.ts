import { z } from "zod";
import { asksForSensitive } from "./disclosure/asks-for-sensitive.js";
import { sensitiveProblem } from "./disclosure/refuse-sensitive.js";
import type { Fact } from "./history.js";
import { fromHitlResponse, type HitlResponse } from "./hitl.js";
import type { Choice, PlainAnswer, Question } from "./question.js";

/**
 * What a human answers to a question: in plain form, as LangChain's agent interfaces answer to the `HITLRequest` in the
 * interrupt's payload, or as a bare string where it is clear.
 */
export type Answer = PlainAnswer | HitlResponse | string;

/** An answer that the question cannot take. Nothing was done with it. */
export class InvalidAnswerError extends Error {
  override readonly name = "InvalidAnswerError";
  readonly code = "invalid_answer";
  readonly retryable = false;
  constructor(
    readonly questionId: string,
    readonly problem: string,
  ) {
    super(`The answer to “${questionId}” cannot be taken: ${problem}`);
  }
}

const LONGEST_ANSWER = 2_000;
const text = z.string().trim().min(1).max(LONGEST_ANSWER);
const chosen = z.object({ choice: z.string(), note: text.optional() });
const answered = z.object({ answer: text });
const detailed = z.object({ details: z.record(z.string(), text) });

/**
 * Reads an answer of the human into the fact that it establishes.
 * @param now milliseconds since the Unix epoch.
 * @throws {InvalidAnswerError} saying what the question takes.
 */
export function readAnswer(question: Question, answer: unknown, now: number): Fact {
  const form = plainAnswer(question, answer);
  for (const said of saidIn(form)) {
    const problem = sensitiveProblem(said) ?? codeForAnAnswer(question, said);
    if (problem !== undefined) throw refuse(question, `it ${problem}.`);
  }
  if ("choice" in form) return choose(question, form, now);
  if (question.kind !== "information")
    throw refuse(question, `choose one of ${question.options.join(", ")}.`);
  if (question.details.length === 0) {
    if ("answer" in form) return choice(question, now, "approve", form.answer);
    const values = Object.values(form.details).join("; ");
    return choice(question, now, "approve", values);
  }
  const details = "details" in form ? form.details : only(question.details, form.answer);
  const missing = question.details.filter((name) => !details[name]);
  if (missing.length > 0) throw refuse(question, `give a value for each of ${missing.join(", ")}.`);
  return { fact: "details_given", at: now, details };
}

/**
 * An answer in plain form, with nothing beside what the question takes of it.
 * @throws {InvalidAnswerError} saying what the question takes.
 */
export function plainAnswer(question: Question, answer: unknown): Form {
  return asForm(question, fromHitlResponse(question, answer) ?? answer);
}

type Form = z.infer<typeof chosen | typeof answered | typeof detailed>;

function asForm(question: Question, answer: unknown): Form {
  const raw =
    typeof answer !== "string"
      ? answer
      : question.kind === "information" && answer !== "stop"
        ? { answer }
        : { choice: answer };
  for (const form of [chosen, answered, detailed]) {
    const parsed = form.safeParse(raw);
    if (parsed.success) return parsed.data;
  }
  throw refuse(
    question,
    question.kind === "information"
      ? `send { "answer": "…" } or { "details": { … } } with up to ${LONGEST_ANSWER} characters each.`
      : `send { "choice": … } with one of ${question.options.join(", ")}.`,
  );
}

/** "4711" says nothing of what it is; the question does. */
function codeForAnAnswer(question: Question, said: string): string | undefined {
  if (!/\p{Nd}{3}/u.test(said.replace(/[\s.-]/g, "")) || asksForSensitive(question.text).length === 0)
    return undefined;
  return "answers a question for sensitive data with a number, which is never sent or said on a call; give it to the callee in person if you want to";
}

/** Everything of an answer that would be sent on. */
function saidIn(form: Form): string[] {
  if ("choice" in form) return form.note === undefined ? [] : [form.note];
  if ("answer" in form) return [form.answer];
  return Object.entries(form.details).map(([name, value]) => `${name}: ${value}`);
}

function choose(question: Question, { choice: picked, note }: z.infer<typeof chosen>, now: number): Fact {
  const options: readonly Choice[] = question.kind === "information" ? ["stop"] : question.options;
  const known = options.find((option) => option === picked);
  if (!known) throw refuse(question, `choose one of ${options.join(", ")}.`);
  if (note !== undefined && !(question.kind === "decision" && question.note)) {
    throw refuse(question, "it takes no note.");
  }
  return choice(question, now, known, note);
}

function choice(question: Question, now: number, picked: Choice, note?: string): Fact {
  return {
    fact: "chosen",
    at: now,
    questionId: question.id,
    choice: picked,
    ...(note === undefined ? {} : { note }),
  };
}

function only(names: readonly string[], value: string): Record<string, string> {
  const [name, ...more] = names;
  return name !== undefined && more.length === 0 ? { [name]: value } : {};
}

function refuse(question: Question, problem: string): InvalidAnswerError {
  return new InvalidAnswerError(question.id, problem);
}
