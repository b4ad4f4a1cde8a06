import { z } from "zod";
import { ANSWERING_PRESETS } from "../answering/presets.js";

/** Options that every command takes. */
const common = {
  /** One JSON document on standard output instead of text. */
  json: z.boolean().default(false),
  /** On a simulated service, in virtual time: nobody's phone rings. */
  sandbox: z.boolean().default(false),
};

const texts = z.array(z.string()).default([]);

/** What the command line asks for, checked. The command's name tells which. */
export const invocation = z.discriminatedUnion("command", [
  z.object({
    ...common,
    command: z.literal("setup"),
    name: z.string().optional(),
    wait: z.boolean().default(true),
  }),
  z.object({
    ...common,
    command: z.literal("call"),
    what: z.string().optional(),
    to: texts,
    name: texts,
    for: z.string().optional(),
    when: z.string().optional(),
    zone: z.string().optional(),
    hours: z.string().optional(),
    language: z.string().optional(),
    country: z.string().optional(),
    mayTell: texts,
    mayAgree: texts,
    need: texts,
    findOther: z.boolean().optional(),
    confirm: z.string().optional(),
    resume: z.union([z.string(), z.literal(true)]).optional(),
    answer: z.string().optional(),
    choose: z.string().optional(),
  }),
  z.object({
    ...common,
    command: z.literal("inbound"),
    watch: z.boolean().default(false),
    every: z.string().optional(),
    showSecrets: z.boolean().default(false),
  }),
  z.object({
    ...common,
    command: z.literal("prompt"),
    action: z.enum(["show", "set", "history"]).default("show"),
    text: z.string().optional(),
    preset: z.enum(ANSWERING_PRESETS).optional(),
    restore: z.coerce.number().int().positive().optional(),
    for: z.string().optional(),
    company: z.string().optional(),
  }),
  z.object({
    ...common,
    command: z.literal("history"),
    search: z.string().optional(),
    number: z.string().optional(),
    name: z.string().optional(),
    since: z.string().optional(),
    until: z.string().optional(),
    outcome: z.string().optional(),
    direction: z.enum(["in", "out"]).optional(),
    limit: z.string().optional(),
    export: z.boolean().default(false),
    delete: z.boolean().default(false),
  }),
  z.object({ ...common, command: z.literal("balance") }),
  z.object({ ...common, command: z.literal("share") }),
  z.object({ ...common, command: z.literal("doctor") }),
  z.object({ ...common, command: z.literal("sandbox"), fast: z.string().optional() }),
  z.object({ ...common, command: z.literal("completion"), shell: z.enum(["bash", "zsh", "fish"]) }),
]);

export type Invocation = z.infer<typeof invocation>;
export type CommandName = Invocation["command"];
export type InvocationOf<Name extends CommandName> = Extract<Invocation, { command: Name }>;
