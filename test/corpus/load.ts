import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";
import { OUTCOME_KINDS } from "../../src/policy/outcome.js";

const row = z.object({
  id: z.string(),
  lang: z.string(),
  task: z.object({ purpose: z.string(), target_name: z.string().optional(), target_phone: z.string().optional() }),
  message: z.string(),
  kind: z.enum(OUTCOME_KINDS),
  fields: z
    .object({
      target_name: z.string(),
      target_phone: z.string(),
      credits_used: z.number(),
      credits_remaining: z.number(),
      detail_url: z.string(),
      recording_url: z.string(),
      transcript: z.array(z.object({ speaker: z.enum(["ai", "callee"]), text: z.string() })),
      reopens: z.string(),
      question: z.string(),
    })
    .partial()
    .optional(),
  unsafe: z.array(z.string()),
  note: z.string().optional(),
});

/** A message with the outcome that a careful human reads in it. */
export type LabelledMessage = z.infer<typeof row>;

/** The labelled messages of a JSONL file. */
export function loadCorpus(file: string | URL): LabelledMessage[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => row.parse(JSON.parse(line)));
}

/** Every JSONL file beside this one. */
export function corpusFiles(): URL[] {
  const here = new URL("./", import.meta.url);
  return readdirSync(here)
    .filter((name) => name.endsWith(".jsonl"))
    .sort()
    .map((name) => new URL(name, here));
}
