import { z } from "zod";
import type { PollyReachClient } from "../client/client.js";
import { LISTEN_LIMIT_MS } from "../client/polling.js";
import type { WaitResult } from "../client/replies.js";
import { type Clock, systemClock } from "../clock.js";
import { Guard, type GuardOptions } from "../graphs/outbound/guard.js";
import { type LineLocks, processLocks } from "../graphs/outbound/line-locks.js";
import { maskedLine } from "../graphs/outbound/masked-line.js";
import { readOutcome } from "../outcome/read-outcome.js";
import type { OutcomeReader } from "../outcome/reader.js";
import { numbersInText } from "../policy/numbers/numbers-in-text.js";
import type { Outcome } from "../policy/outcome.js";
import { LatestCall } from "./latest-call.js";
import { outcomeAdvice } from "./outcome-advice.js";
import { PollyReachTool, type ToolConfig, type ToolReply } from "./pollyreach-tool.js";
import { fenced } from "./words-of-strangers.js";

const DEFAULT_WAIT_S = 120;
const LONGEST_WAIT_S = LISTEN_LIMIT_MS / 1_000;

const schema = z.object({
  wait_seconds: z
    .number()
    .min(0)
    .nullish()
    .describe(
      `How long to listen if the call is still going on: 0 asks once; default ${DEFAULT_WAIT_S}, at most ${LONGEST_WAIT_S}. Most calls end within 5 minutes.`,
    ),
  purpose: z
    .string()
    .nullish()
    .describe(
      "What the call was to achieve, in the human's words. Leave it out if you placed the call with pollyreach_send in this conversation.",
    ),
});

type ListeningLine = Pick<PollyReachClient, "query" | "waitForResult" | "lineId">;

export interface ResultToolOptions {
  client: ListeningLine;
  /** Default: the rules reader. */
  reader?: OutcomeReader | undefined;
  /** Whose memory keeps who asked not to be called again. Give it as to the send tool. */
  guard?: GuardOptions | undefined;
  /** Default: the machine's clock. Give the client the same. */
  clock?: Clock | undefined;
  /** The locks by which phone tasks hold their lines. Default: those of this process. */
  locks?: LineLocks | undefined;
  /** Shared with the send tool of the same line. */
  latest?: LatestCall | undefined;
}

export type ResultArtifact =
  | { done: false; why: "pending" | "line_in_use"; elapsedMs: number; polls: number }
  | {
      done: true;
      /** The service's text, whole. */
      message: string;
      outcome: Outcome;
      /** It is word for word the result of the call before, and may be served still. */
      mayBeOld: boolean;
    };

/** What the tool writes to LangGraph's `custom` stream after each question that found no result. */
export interface ListeningProgress {
  type: "listening";
  tool: "pollyreach_result";
  /** Since the tool began to listen, in milliseconds. */
  elapsedMs: number;
  polls: number;
}

/** Where nothing is known of when the call was placed: far enough back to be asked about at once. */
const ASSUMED_AGE_MS = 60_000;

/** `pollyreach_result`: listens for the end of the call on the line, and reads what comes of it. */
export class PollyReachResultTool extends PollyReachTool<typeof schema, ResultArtifact> {
  override readonly schema = schema;
  override readonly description =
    "Listens for the result of the call that pollyreach_send placed, and gives it once the call has ended, with the transcript if there is one. Dials nothing and may be called again as often as needed. " +
    "While it says NOT FINISHED, nothing is known of the call: claim nothing, and call this again. " +
    "The service gives the latest result of the line, so check that it is about the call you mean.";
  readonly #lineOf: Pick<ListeningLine, "lineId">;
  readonly #client: Omit<ListeningLine, "lineId">;
  readonly #reader: OutcomeReader;
  readonly #guard: Guard;
  readonly #clock: Clock;
  readonly #locks: LineLocks;
  readonly #latest: LatestCall;

  constructor(options: ResultToolOptions) {
    super("pollyreach_result");
    this.#lineOf = options.client;
    this.#client = maskedLine(options.client);
    this.#reader = options.reader ?? { read: readOutcome };
    this.#guard = new Guard(options.guard);
    this.#clock = options.clock ?? systemClock;
    this.#locks = options.locks ?? processLocks;
    this.#latest = options.latest ?? new LatestCall();
  }

  protected override async answer(
    { wait_seconds, purpose }: z.output<typeof schema>,
    config: ToolConfig,
  ): Promise<ToolReply<ResultArtifact>> {
    const { lineId } = this.#lineOf;
    const startedAt = this.#clock.now();
    // A result that is served once belongs to the task that waits for it.
    if (this.#locks.isHeld(lineId, startedAt)) return [LINE_IN_USE, pending("line_in_use", 0, 0)];
    const waitMs = Math.min(wait_seconds ?? DEFAULT_WAIT_S, LONGEST_WAIT_S) * 1_000;
    const turn = { clock: this.#clock, holdMs: waitMs + LISTEN_LIMIT_MS, signal: config.signal };
    const listener = crypto.randomUUID();
    await this.#latest.listeners.acquire(lineId, listener, turn);
    try {
      const heard = await this.#listen(waitMs, startedAt, config);
      return await this.#told(heard, startedAt, purpose ?? undefined, config.signal);
    } finally {
      this.#latest.listeners.release(lineId, listener);
    }
  }

  async #listen(waitMs: number, startedAt: number, { signal, writer }: ToolConfig): Promise<WaitResult> {
    const { result, sentAt } = this.#latest;
    const found = { elapsedMs: 0, polls: 0, sawPending: false };
    if (result !== undefined && (result.heardAt >= startedAt || !result.told))
      return { done: true, ...found, message: result.message };
    if (waitMs > 0) {
      return this.#client.waitForResult({
        since: sentAt ?? this.#clock.now() - ASSUMED_AGE_MS,
        limitMs: waitMs,
        signal,
        isOurs: (message, { sawPending }) => !this.#latest.mayBeOld(message, sawPending),
        onPoll: ({ polls }) => {
          const elapsedMs = this.#clock.now() - startedAt;
          writer?.({
            type: "listening",
            tool: "pollyreach_result",
            elapsedMs,
            polls,
          } satisfies ListeningProgress);
        },
      });
    }
    const { done, message } = await this.#client.query({ signal });
    if (!done) return { ...found, done, polls: 1, sawPending: true };
    return this.#latest.mayBeOld(message, false)
      ? { ...found, done: false, polls: 1, turnedDown: message }
      : { ...found, done, polls: 1, message };
  }

  async #told(
    heard: WaitResult,
    startedAt: number,
    purpose: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<ToolReply<ResultArtifact>> {
    if (heard.sawPending) this.#latest.sawPending = true;
    const message = heard.done ? heard.message : heard.turnedDown;
    const elapsedMs = this.#clock.now() - startedAt;
    if (message === undefined) return [notFinished(elapsedMs), pending("pending", elapsedMs, heard.polls)];
    const result = { message, heardAt: this.#clock.now(), told: false };
    if (heard.done) this.#latest.result = result;
    const { message: sent, sentAt } = this.#latest;
    const call = { purpose: purpose ?? sent ?? "", ...(sentAt === undefined ? {} : { calledAt: sentAt }) };
    const outcome = await this.#reader.read(message, call, signal === undefined ? {} : { signal });
    if (outcome.kind === "opted_out") await this.#optOut(outcome, sent ?? "");
    result.told = true;
    const head = heard.done
      ? `FINISHED.\n${outcomeAdvice(outcome)}`
      : "PERHAPS NOT FINISHED. This is word for word the result that was read before the latest message was sent, and may be served still. Make no claim on it; call pollyreach_result again in a minute.";
    const text = fenced("the result, in the words of Polly and of whoever was called", message);
    return [`${head}\n${text}`, { done: true, message, outcome, mayBeOld: !heard.done }];
  }

  /** By the number that was to be called, else by what the result says of it. */
  #optOut({ targetPhone, targetName }: Outcome, sent: string): Promise<void> {
    const named = numbersInText(sent, []).find(({ evident }) => evident)?.e164;
    const number = named ?? targetPhone?.e164;
    const names = targetName === undefined ? [] : [targetName];
    return this.#guard.optOut({ names, ...(number !== undefined && { number }) }, this.#clock.now());
  }
}

function pending(why: "pending" | "line_in_use", elapsedMs: number, polls: number): ResultArtifact {
  return { done: false, why, elapsedMs, polls };
}

function notFinished(elapsedMs: number): string {
  const listened = elapsedMs < 1_000 ? "" : ` after ${Math.round(elapsedMs / 1_000)} s of listening`;
  return (
    `NOT FINISHED. There is no result yet${listened}: either the call is still going on, or none was placed. ` +
    "Nothing is known of how it will end, so make no claim about it, neither success nor failure. " +
    "Call pollyreach_result again to go on listening. Do not send the message again."
  );
}

const LINE_IN_USE =
  "NOT FINISHED. A phone task is using this line, and will give its own report: do not ask for its result here. Make no claim about the call until then.";
