import { z } from "zod";

/** What `--json` prints, strictly: a field more or less is a change of the interface. */
const RESULTS = {
  setup: z.union([
    z.strictObject({
      status: z.literal("ready"),
      phoneNumber: z.string(),
      isNew: z.boolean(),
      offers: z.array(z.object({ offer: z.string() })),
    }),
    z.strictObject({
      status: z.literal("activating"),
      activationUrl: z.url().optional(),
      message: z.string(),
    }),
    z.strictObject({
      status: z.literal("asking"),
      question: z.object({ kind: z.string(), text: z.string() }),
    }),
    z.strictObject({
      status: z.literal("stopped"),
      end: z.string(),
      detail: z.string(),
      nextStep: z.string(),
    }),
  ]),
  call: z.union([
    z.strictObject({
      status: z.literal("finished"),
      taskId: z.string(),
      conclusion: z.string(),
      outcome: z.string().optional(),
      verified: z.boolean(),
      report: z.object({ direction: z.literal("outbound") }),
      unclaimed: z.array(z.string()),
    }),
    z.strictObject({
      status: z.literal("asking"),
      taskId: z.string(),
      question: z.object({ kind: z.string() }),
    }),
    z.strictObject({
      status: z.literal("interrupted"),
      taskId: z.string(),
      call: z.enum(["none", "goes_on", "may_go_on"]),
    }),
  ]),
  inbound: z.strictObject({
    told: z.array(z.string()),
    possiblyTold: z.array(z.string()),
    filtered: z.array(z.string()),
    trouble: z.object({ code: z.string(), nextStep: z.string() }).optional(),
  }),
  prompt: z.object({}),
  history: z.strictObject({ calls: z.array(z.object({ id: z.string(), at: z.number() })) }),
  balance: z.strictObject({
    balance: z.number(),
    amount: z.number(),
    low: z.boolean(),
    canCall: z.boolean(),
  }),
  share: z.strictObject({ message: z.string(), instruction: z.string() }),
  doctor: z.strictObject({
    checks: z.array(
      z.strictObject({
        name: z.string(),
        status: z.enum(["ok", "warning", "failed", "skipped"]),
        detail: z.string(),
        remedy: z.string().optional(),
      }),
    ),
  }),
  sandbox: z.strictObject({ requests: z.number(), rings: z.number() }),
  completion: z.strictObject({ shell: z.string(), script: z.string() }),
} as const;

const failure = z.strictObject({
  ok: z.literal(false),
  command: z.string().optional(),
  exitCode: z.number(),
  error: z.strictObject({ code: z.string(), message: z.string(), nextStep: z.string().optional() }),
});

/** Reads the one document that a command printed. @throws ZodError if it is not as documented */
export function document(stdout: string) {
  const lines = stdout.trimEnd().split("\n");
  const json: unknown = JSON.parse(lines.at(-1) ?? "");
  if (typeof json === "object" && json !== null && "error" in json) return failure.parse(json);
  const { command } = z
    .object({ command: z.enum(Object.keys(RESULTS) as [keyof typeof RESULTS]) })
    .parse(json);
  return z
    .strictObject({ ok: z.boolean(), command: z.string(), exitCode: z.number(), result: RESULTS[command] })
    .parse(json);
}
