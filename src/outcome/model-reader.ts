import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import type { Evidence, Outcome } from "../policy/outcome.js";
import { quoteAt, standsInMessage } from "./evidence.js";
import { type ModelAnswer, modelAnswer, promptFor } from "./model-prompt.js";
import { objectionTo, quotesOtherDetails } from "./objection.js";
import { outcomeOf } from "./read-outcome.js";
import type { CallContext, OutcomeReader } from "./reader.js";
import { type Reading, takeApart } from "./reading.js";

/** Settings of `modelReader`. */
export interface ModelReaderOptions {
  /** Messages longer than this many characters are not put to the model. Default 40,000. */
  maxCharacters?: number;
}

/**
 * Reads results with a chat model. The model chooses only among the kinds and quotes the message; code looks up
 * each quote, tells who said it, and lets the rules object. Any doubt makes the outcome `unknown`; so does a
 * model that fails. The fields beside the kind always come from the rules.
 *
 * @throws only the signal's reason, when the signal is aborted.
 */
export function modelReader(
  model: Pick<BaseChatModel, "withStructuredOutput">,
  { maxCharacters = 40_000 }: ModelReaderOptions = {},
): OutcomeReader {
  return {
    async read(message, call, options) {
      options?.signal?.throwIfAborted();
      const reading = takeApart(message, call);
      const rules = outcomeOf(reading);
      if (message.length > maxCharacters)
        return doubt(rules, "The message is too long to be put to a model.");
      const answer = await ask(model, message, call, options?.signal);
      options?.signal?.throwIfAborted();
      return typeof answer === "string" ? doubt(rules, answer) : judge(answer, reading, rules);
    },
  };
}

async function ask(
  model: Pick<BaseChatModel, "withStructuredOutput">,
  message: string,
  call: CallContext,
  signal: AbortSignal | undefined,
): Promise<ModelAnswer | string> {
  try {
    const structured = model.withStructuredOutput(modelAnswer, { name: "call_outcome" });
    const answer: unknown = await structured.invoke(promptFor(message, call), signal ? { signal } : {});
    const parsed = modelAnswer.safeParse(answer);
    return parsed.success ? parsed.data : "The model's answer does not have the form that was asked for.";
  } catch {
    return "The model could not be asked.";
  }
}

function judge({ kind, quotes, reason }: ModelAnswer, reading: Reading, rules: Outcome): Outcome {
  if (kind === "unknown")
    return doubt(rules, reason?.trim() || "The model could not tell how the call ended.");
  const evidence: Evidence[] = [];
  for (const quote of quotes) {
    const found = lookUp(quote, reading);
    if (!found) return doubt(rules, "The model quotes words that do not stand in the message.");
    evidence.push(found);
  }
  if (evidence.length === 0) return doubt(rules, "The model quotes nothing for it.");
  const objection = objectionTo(kind, evidence, reading, rules);
  if (objection) return doubt(rules, objection);
  if (kind === "achieved" && quotesOtherDetails(evidence, reading))
    return doubt(rules, "The quoted words name other details than the task.");
  const verified = reading.transcript.turns.length > 0 && evidence.some(({ saidBy }) => saidBy === "callee");
  const { kind: _, evidence: __, verified: ___, ...details } = rules;
  return { ...withoutReason(details), kind, evidence, verified };
}

/** The place of a quote, and whose words they are by the transcript. The callee's place is preferred. */
function lookUp(quote: string, { message, transcript }: Reading): Evidence | undefined {
  const words = quote.trim();
  if (words.length < 2) return undefined;
  let fallback: Evidence | undefined;
  for (
    let at = message.indexOf(words), tries = 0;
    at !== -1 && tries < 50;
    at = message.indexOf(words, at + 1), tries++
  ) {
    const end = at + words.length;
    const turn = transcript.turns.find((each) => at >= each.start && end <= each.end);
    const touches = transcript.turns.some((each) => at < each.end && end > each.start);
    const saidBy = turn?.speaker ?? (touches ? "ai" : "service");
    const evidence = quoteAt(message, { start: at, end }, saidBy);
    if (!evidence || !standsInMessage(message, evidence)) continue;
    if (saidBy === "callee") return evidence;
    fallback ??= evidence;
  }
  return fallback;
}

function doubt(rules: Outcome, reason: string): Outcome {
  const { kind: _, evidence: __, verified: ___, ...details } = rules;
  return { ...details, kind: "unknown", reason, evidence: [], verified: false };
}

function withoutReason<T extends object>(details: T): Omit<T, "reason"> {
  const { reason: _, ...rest } = details as T & { reason?: string };
  return rest;
}
