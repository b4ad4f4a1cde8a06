import { z } from "zod";
import type { PollyReachClient } from "../client/client.js";
import { InvalidInputError, PollyReachError, SubmissionUnknownError } from "../client/errors.js";
import { REMEDIES } from "../client/remedies.js";
import type { SendResult } from "../client/replies.js";
import { type Clock, systemClock } from "../clock.js";
import { Guard, type GuardOptions } from "../graphs/outbound/guard.js";
import { type LineLocks, processLocks } from "../graphs/outbound/line-locks.js";
import { numbersInText } from "../policy/numbers/numbers-in-text.js";
import { oneLine } from "../reports/foreign-text.js";
import { LatestCall } from "./latest-call.js";
import { PollyReachTool, type ToolConfig, type ToolReply } from "./pollyreach-tool.js";
import { SubmittedCalls } from "./submitted-calls.js";

const schema = z.object({
  message: z
    .string()
    .describe(
      "Everything that Polly needs for one call, in plain words: whom to call (name, and number with + and country code), " +
        "what to achieve, every detail that the callee may be told, and what may be agreed to. Nothing that the human has not said.",
    ),
});

type SendingLine = Pick<PollyReachClient, "send" | "lineId">;

export interface SendToolOptions {
  client: SendingLine;
  /** ISO 3166-1 alpha-2 country that numbers without `+` in a message are read in, for the check of numbers. */
  country?: string | undefined;
  /** Lists of numbers, caps, and the memory of who does not want to be called. Give phone tasks the same. */
  guard?: GuardOptions | undefined;
  /** Default: the machine's clock. Give the client the same. */
  clock?: Clock | undefined;
  /** The locks by which phone tasks hold their lines. Default: those of this process. */
  locks?: LineLocks | undefined;
  /** Shared with the result tool of the same line. */
  latest?: LatestCall | undefined;
}

/** Handing a message over takes less, with all the waiting that a service may ask for. */
const LONGEST_SENDING_MS = 5 * 60_000;

/**
 * `pollyreach_send`: one message to the assistant, which is what places calls. Sends a message at most once for one
 * tool call, as far as this process remembers, and never while another call of this process is on the line. It has none
 * of the phone task's policy: no redial, no calling hours, no questions.
 */
export class PollyReachSendTool extends PollyReachTool<typeof schema, SendResult> {
  override readonly schema = schema;
  override readonly description =
    "Sends one message to Polly, the phone assistant. THIS PLACES A REAL PHONE CALL. " +
    "Prefer pollyreach_phone_task wherever you have it: it redials, waits for opening hours, asks the human and reports; this tool does none of that. " +
    "Call it once per call that the human asked for, never twice for the same wish, and never to check on a call: pollyreach_result tells how a call went. " +
    "One call at a time: read the result of one before you send the next.";
  readonly #client: SendingLine;
  readonly #country: string | undefined;
  readonly #guard: Guard;
  readonly #clock: Clock;
  readonly #locks: LineLocks;
  readonly #latest: LatestCall;
  readonly #submitted = new SubmittedCalls();

  constructor(options: SendToolOptions) {
    super("pollyreach_send", { dials: true });
    this.#client = options.client;
    this.#country = options.country;
    this.#guard = new Guard(options.guard);
    this.#clock = options.clock ?? systemClock;
    this.#locks = options.locks ?? processLocks;
    this.#latest = options.latest ?? new LatestCall();
  }

  /**
   * @throws InvalidInputError for a message that no call should be placed with
   * @throws SubmissionUnknownError if a phone may be ringing; also if this tool call was carried out before
   */
  protected override async answer(
    { message }: z.output<typeof schema>,
    config: ToolConfig,
  ): Promise<ToolReply<SendResult>> {
    const { lineId } = this.#client;
    const holder = crypto.randomUUID();
    // What must not be sent is refused as such, whether or not the line is free.
    await this.#admit(message, holder);
    if (this.#locks.isHeld(lineId, this.#clock.now())) {
      await this.#guard.withdraw(lineId, holder);
      return tell({
        accepted: false,
        reason: "line_busy",
        message: "Another call of this program is on the line.",
      });
    }
    await this.#locks.acquire(lineId, holder, { clock: this.#clock, holdMs: LONGEST_SENDING_MS });
    try {
      const result = await this.#send(message, config);
      if (!result.accepted) await this.#guard.withdraw(lineId, holder);
      return tell(result);
    } catch (error) {
      if (error instanceof PollyReachError && error.sent === "no") await this.#guard.withdraw(lineId, holder);
      throw error;
    } finally {
      this.#locks.release(lineId, holder);
    }
  }

  async #send(message: string, config: ToolConfig): Promise<SendResult> {
    if (!this.#submitted.begin(config, message)) {
      throw new SubmissionUnknownError(
        "send: this very tool call was carried out before, so its message is not sent once more.",
      );
    }
    const sentAt = this.#clock.now();
    try {
      const result = await this.#client.send(message, { signal: config.signal });
      if (result.accepted) this.#latest.placed(message, sentAt);
      else this.#submitted.undo(config, message);
      return result;
    } catch (error) {
      if (error instanceof PollyReachError && error.sent === "no") this.#submitted.undo(config, message);
      else this.#latest.placed(message, sentAt);
      throw error;
    }
  }

  /** The gate that phone tasks pass too, as far as it goes for words alone. */
  async #admit(message: string, attemptId: string): Promise<void> {
    const country = this.#country;
    const phone = numbersInText(message, country === undefined ? [] : [country]).find(
      ({ evident }) => evident,
    );
    const now = this.#clock.now();
    const admission = await this.#guard.admit({
      lineId: this.#client.lineId,
      task: { id: `message-${attemptId}`, ...(country !== undefined && { country }) },
      target: { key: "message", ...(phone && { phone: phone.e164 }) },
      texts: [{ path: "message", text: message }],
      attemptId,
      now,
    });
    if (admission.ok) return;
    if ("barred" in admission) {
      throw new InvalidInputError(`The message is not sent. ${admission.barred}`, {
        endpoint: "send",
        nextStep:
          "Do not look for another way to have it called or said. Tell the human. If it is no number to be called, leave it out or spell it in words.",
      });
    }
    const { capped, retryAt } = admission;
    const wait = retryAt === undefined ? "" : ` It may be sent from ${new Date(retryAt).toISOString()} on.`;
    throw new InvalidInputError(`A cap on calls stands in the way. ${capped}`, {
      endpoint: "send",
      nextStep: `Tell the human.${wait}`,
    });
  }
}

function tell(result: SendResult): ToolReply<SendResult> {
  if (result.accepted) {
    return [
      "SENT. Polly is on it: a phone will ring, or rings already. Nothing is known yet of how the call goes, so make no claim about it. " +
        "Now listen with pollyreach_result. Do not send this again.",
      result,
    ];
  }
  const { reason, message, retryAfterMs } = result;
  return [
    [
      `NOT SENT (${reason}): the service did not take the message. Dialed: no. No phone was rung.`,
      ...(message === "" ? [] : [`It says: ${oneLine(message).slice(0, 500)}`]),
      `What to do next: ${NEXT[reason]}${retryAfterMs === undefined ? "" : ` Not before ${Math.ceil(retryAfterMs / 1_000)} s from now.`}`,
    ].join("\n"),
    result,
  ];
}

const NEXT: Record<Extract<SendResult, { accepted: false }>["reason"], string> = {
  line_busy:
    "Another call is using the line. Wait for it to end (pollyreach_result, or the phone task that is under way), then send this one.",
  insufficient_credits: `Tell the human. ${REMEDIES.noCredits}`,
  refused: "Tell the human what the service said; the same message will be refused again.",
};
