import { ToolMessage } from "@langchain/core/messages";
import type { ToolRunnableConfig } from "@langchain/core/tools";
import { isGraphBubbleUp } from "@langchain/langgraph";
import { InvalidReplyError, PollyReachError, RateLimitError, ServiceError } from "../client/errors.js";
import { oneLine } from "../reports/foreign-text.js";
import { fenced } from "./words-of-strangers.js";

/** An error that this package throws on purpose: by it a model, or the human, can tell what to do. */
export type ExpectedError = Error & {
  readonly code: string;
  readonly retryable: boolean;
  readonly nextStep?: string;
  readonly sent?: "no" | "maybe";
};

/** What the artifact of a failed tool call holds. */
export interface FailureArtifact {
  error: {
    name: string;
    code: string;
    message: string;
    nextStep?: string;
    /** `"no"`: it is proven that nothing was dialed or changed. */
    sent?: "no" | "maybe";
    /** What arrived of a reply that could not be understood, whole. */
    received?: string;
  };
}

/** What is known of a tool by the text of its errors. */
export interface FailingTool {
  name: string;
  /** Whether the tool can make a phone ring. */
  dials: boolean;
}

/** Whether `error` is one of this package, and neither an abort nor a defect. */
export function isExpectedError(error: unknown): error is ExpectedError {
  if (error instanceof PollyReachError) return error.code !== "aborted";
  return (
    error instanceof Error &&
    "code" in error &&
    typeof error.code === "string" &&
    "retryable" in error &&
    typeof error.retryable === "boolean"
  );
}

/**
 * The answer to a tool call that failed. A `ToolMessage` rather than an exception, since a thrown error ends the run of
 * an agent that has `wrapToolCall` middleware, and retry middleware would repeat the call.
 * @throws `error` itself when the tool was invoked directly, and wherever it is not an expected one: LangGraph's
 * interrupts, aborts, and defects go on as they are.
 */
export function failureMessage(
  error: unknown,
  tool: FailingTool,
  { toolCall, signal }: Pick<ToolRunnableConfig, "toolCall" | "signal">,
): ToolMessage {
  if (toolCall === undefined || signal?.aborted === true || isGraphBubbleUp(error)) throw error;
  if (!isExpectedError(error)) throw error;
  return new ToolMessage({
    status: "error",
    tool_call_id: toolCall.id ?? "",
    name: tool.name,
    content: failureText(error, tool),
    artifact: failureArtifact(error),
  });
}

/** What happened, whether anything was dialed, and what to do next: for a model to act on. */
export function failureText(error: ExpectedError, tool: FailingTool): string {
  const text = [
    `FAILED (${error.code}): ${oneLine(error.message)}`,
    ...(tool.dials ? [dialedText(error)] : []),
    `What to do next: ${nextStepFor(error, tool)}`,
  ].join("\n");
  const received = receivedOf(error);
  return received === "" ? text : `${text}\n${fenced("what did arrive, from strangers", received)}`;
}

/** A failed question about a call says nothing of whether it was placed: only what failed at the POST itself does. */
function dialedText(error: ExpectedError): string {
  const later = error instanceof PollyReachError && error.endpoint !== undefined && error.endpoint !== "send";
  return later || error.sent === "maybe"
    ? "Dialed: not known. A phone may be ringing now, or may have rung."
    : "Dialed: no. No phone was rung.";
}

/** The client's own advice is for whoever wrote the program; a model needs it in terms of tools and the human. */
function nextStepFor(error: ExpectedError, { dials }: FailingTool): string {
  const own = error.nextStep ?? "Correct the input; nothing was done.";
  switch (error.code) {
    case "submission_unknown":
      return (
        "Do NOT send this message once more, in no other words either: that could ring the same phone twice. " +
        "Listen with pollyreach_result, and see with pollyreach_balance whether credits were used. " +
        "If that does not settle it, tell the human that it is not known whether the call was placed, and let them decide."
      );
    case "already_registered":
      return "Do not register. Go on with the line that is there; pollyreach_activation_status tells its number, or the link that is still to be opened.";
    case "registration_unknown":
      return `${own} Tell the human.`;
    case "credentials":
    case "authentication":
    case "configuration":
    case "redirected":
      return `This is for the human, or for whoever set this assistant up: ${own} Calling the tool once more changes nothing.`;
    case "request_rejected":
      return "The same request will be rejected again. Tell the human what the service said.";
    case "rate_limited":
      return `Wait ${waitOf(error)}before you call this tool again.`;
    case "service_error":
    case "connection_failed":
    case "invalid_reply":
      if (receivedOf(error) !== "") return `Keep what follows, and report it. ${own}`;
      if (!error.retryable && !dials) return own;
      return `Tell the human that the phone service cannot be reached properly at present. ${
        dials
          ? "The message may be sent later, if they still want it."
          : `Later, ${waitOf(error)}it may work.`
      }`;
    default:
      return own;
  }
}

function waitOf(error: ExpectedError): string {
  const asks = error instanceof RateLimitError || error instanceof ServiceError;
  return asks && error.retryAfterMs !== undefined
    ? `at least ${Math.ceil(error.retryAfterMs / 1_000)} s from now, `
    : "";
}

function receivedOf(error: ExpectedError): string {
  return error instanceof InvalidReplyError && error.endpoint === "unreadInbound" ? error.received : "";
}

function failureArtifact(error: ExpectedError): FailureArtifact {
  const { name, code, message, nextStep, sent } = error;
  const received = error instanceof InvalidReplyError ? error.received : "";
  return {
    error: {
      name,
      code,
      message,
      ...(nextStep === undefined ? {} : { nextStep }),
      ...(sent === undefined ? {} : { sent }),
      ...(received === "" ? {} : { received }),
    },
  };
}
