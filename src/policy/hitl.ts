import { z } from "zod";
import type { Choice, PlainAnswer, Question } from "./question.js";

/** The shape in which LangChain's agent interfaces render a question: their `HITLRequest`, of one action. */
export interface HitlRequest {
  actionRequests: { name: string; args: Record<string, unknown>; description: string }[];
  reviewConfigs: {
    actionName: string;
    allowedDecisions: ("approve" | "edit" | "reject")[];
    argsSchema?: Record<string, unknown>;
  }[];
}

/** What such an interface answers with: its `HITLResponse`. */
export const hitlResponse = z.object({
  decisions: z
    .array(
      z.discriminatedUnion("type", [
        z.object({ type: z.literal("approve") }),
        z.object({
          type: z.literal("edit"),
          editedAction: z.object({ name: z.string(), args: z.record(z.string(), z.unknown()) }),
        }),
        z.object({ type: z.literal("reject"), message: z.string().optional() }),
      ]),
    )
    .length(1),
});

export type HitlResponse = z.infer<typeof hitlResponse>;

/** Choices that "approve" may stand for, the first that a question offers. A redial never does: it has to be said. */
const APPROVALS: readonly Choice[] = ["approve", "accept", "topped_up", "listen"];

/** A question in the shape that agent interfaces render. Its args are what may be edited. */
export function toHitlRequest(question: Question): HitlRequest {
  const name = `pollyreach_${question.kind}`;
  const description = [
    question.text,
    question.why,
    ...(question.problem === undefined ? [] : [question.problem]),
    ...(question.kind === "decision" && question.briefing !== undefined
      ? ["Polly will be told:", question.briefing]
      : []),
    ...(question.kind === "decision" ? [question.otherwise] : []),
  ].join("\n");
  return {
    actionRequests: [{ name, args: argsOf(question), description }],
    reviewConfigs: [
      {
        actionName: name,
        allowedDecisions:
          question.kind === "information"
            ? ["edit", "reject"]
            : approvalOf(question.options)
              ? ["approve", "edit", "reject"]
              : ["edit", "reject"],
        argsSchema: argsSchema(question),
      },
    ],
  };
}

/** The answer that such an interface's response stands for, or nothing if it is no such response. */
export function fromHitlResponse(question: Question, response: unknown): PlainAnswer | undefined {
  const parsed = hitlResponse.safeParse(response);
  const decision = parsed.data?.decisions[0];
  if (!decision) return undefined;
  switch (decision.type) {
    case "reject":
      return { choice: "stop" };
    case "edit":
      return editedAnswer(question, decision.editedAction.args);
    case "approve": {
      const choice = question.kind === "information" ? undefined : approvalOf(question.options);
      return choice && { choice };
    }
  }
}

function argsOf(question: Question): Record<string, unknown> {
  if (question.kind !== "information") return { choice: approvalOf(question.options) ?? "stop" };
  return question.details.length === 0
    ? { answer: "" }
    : { details: Object.fromEntries(question.details.map((name) => [name, ""])) };
}

function argsSchema(question: Question): Record<string, unknown> {
  const text = { type: "string", minLength: 1 };
  if (question.kind !== "information") {
    const note = question.kind === "decision" && question.note ? { note: text } : {};
    return {
      type: "object",
      properties: { choice: { enum: question.options }, ...note },
      required: ["choice"],
    };
  }
  if (question.details.length === 0) {
    return { type: "object", properties: { answer: text }, required: ["answer"] };
  }
  const properties = Object.fromEntries(question.details.map((name) => [name, text]));
  return {
    type: "object",
    properties: { details: { type: "object", properties, required: question.details } },
    required: ["details"],
  };
}

/** Checked like any other answer afterwards, so it need not be checked here. */
function editedAnswer(question: Question, args: Record<string, unknown>): PlainAnswer {
  const keys = question.kind === "information" ? ["details", "answer"] : ["choice", "note"];
  return Object.fromEntries(Object.entries(args).filter(([key]) => keys.includes(key))) as PlainAnswer;
}

function approvalOf(options: readonly Choice[]): Choice | undefined {
  return APPROVALS.find((choice) => options.includes(choice));
}
