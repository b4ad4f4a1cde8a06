import { z } from "zod";
import { checkNumber } from "../../policy/numbers/check-number.js";
import type { PhoneTaskInput } from "../../policy/task.js";
import { renderPlain } from "../../reports/render-plain.js";
import type { IncomingCall } from "./incoming-call.js";

const line = z.string().trim().min(1).max(500);

/** What the human may choose to do about an incoming message. */
export const inboundChoice = z.discriminatedUnion("choice", [
  z.strictObject({
    choice: z.literal("call_back"),
    /** What the call is to achieve, in the human's words. Default: to find out what they wanted. */
    purpose: z.string().trim().min(1).max(4_000).optional(),
    /** The number that called, or the first one that was said. Default: the one that called. */
    number: z.enum(["caller", "stated"]).optional(),
  }),
  z.strictObject({
    choice: z.literal("forward"),
    /** To whom: a name, an address, whatever the application forwards by. */
    to: line,
    note: line.optional(),
  }),
  z.strictObject({ choice: z.literal("dismiss") }),
]);

export type InboundChoice = z.output<typeof inboundChoice>;

/** What follows from a choice; for the application to carry out. */
export type InboundAction =
  | CarriedOut
  /** The choice cannot be carried out; the message is undecided. */
  | { action: "impossible"; callId: string; why: string };

/** A choice that can be carried out. */
export type CarriedOut =
  /** For `runPhoneTask`, with all its guardrails. Asks before the first dial, whatever the application's default. */
  | { action: "call_back"; callId: string; task: PhoneTaskInput }
  /** The report, without secrets unless they are shown, to be sent on. */
  | { action: "forward"; callId: string; to: string; text: string }
  | { action: "dismiss"; callId: string };

/** A choice that cannot be carried out. The message is as it was. */
export class InvalidChoiceError extends Error {
  override readonly name = "InvalidChoiceError";
  readonly code = "invalid_choice";
  readonly retryable = false;
}

/**
 * Turns a choice into what follows from it.
 *
 * A call back never takes its purpose from the caller: their words are data. Its number does come from them (the
 * caller's number can be forged), so the human approves the first dial in any case. One message gives one task: its id
 * is always the same, so choosing twice does not dial twice.
 * @throws {InvalidChoiceError} if the choice is none, or there is no number that may be dialed
 */
export function actionFor(
  call: IncomingCall,
  choice: unknown,
  { country }: { country?: string | undefined } = {},
): CarriedOut {
  const parsed = inboundChoice.safeParse(choice);
  if (!parsed.success) {
    throw new InvalidChoiceError(
      'That is no choice. Choose { choice: "call_back" }, { choice: "forward", to } or { choice: "dismiss" }.',
    );
  }
  const { data } = parsed;
  switch (data.choice) {
    case "call_back":
      return { action: "call_back", callId: call.id, task: callBackTask(call, data, country) };
    case "forward":
      return {
        action: "forward",
        callId: call.id,
        to: data.to,
        text: [data.note, renderPlain(call.report)].filter(Boolean).join("\n\n"),
      };
    case "dismiss":
      return { action: "dismiss", callId: call.id };
    default:
      return data satisfies never;
  }
}

function callBackTask(
  { id, at, caller, numbers }: IncomingCall,
  { purpose, number = "caller" }: Extract<InboundChoice, { choice: "call_back" }>,
  country: string | undefined,
): PhoneTaskInput {
  const written = number === "caller" ? caller.phone : numbers[0];
  if (written === undefined) {
    throw new InvalidChoiceError(
      number === "caller"
        ? "The caller's number is not known. Ask the human for a number, or choose the stated one."
        : "No other number was said. Choose the caller's number.",
    );
  }
  const checked = checkNumber(written, country === undefined ? {} : { country });
  if (!checked.ok) throw new InvalidChoiceError(`${written} cannot be called back: ${checked.reason}`);
  const when = new Date(at).toISOString().slice(0, 16).replace("T", " at ");
  return {
    id: `callback-${id}`.replace(/[^\w-]/g, "_").slice(0, 64),
    purpose:
      purpose ??
      `Return their call of ${when} UTC: find out what they wanted, take a message, and make no commitments.`,
    targets: [{ phone: checked.e164, ...(isPlainName(caller.name) && { name: caller.name }) }],
    mayFindOther: false,
    approval: "first_dial",
  };
}

/** A name is all that goes from the caller's words into a call; so it has to be one. */
function isPlainName(name: string | undefined): name is string {
  return name !== undefined && /^[\p{L}\p{M} .'’-]{1,60}$/u.test(name);
}
