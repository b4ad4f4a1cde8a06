import { Command, type LangGraphRunnableConfig } from "@langchain/langgraph";
import { AuthenticationError, PollyReachError } from "../../../client/errors.js";
import { composeBriefing } from "../../../policy/briefing.js";
import { decide } from "../../../policy/decide.js";
import type { Attempt, DialTarget, Fact } from "../../../policy/history.js";
import { belongsTo, drawReference } from "../../../policy/reference.js";
import { sentTexts } from "../../../policy/sent-texts.js";
import { standing } from "../../../policy/standing.js";
import type { Step } from "../../../policy/step.js";
import type { OutboundParts } from "../deps.js";
import { holdLine } from "../hold-line.js";
import { tell } from "../progress.js";
import { fingerprint } from "../results-before.js";
import type { OutboundStateUpdate, OutboundStateValue } from "../state.js";

type ReserveStep = Extract<Step, { do: "reserve" }>;

/**
 * Takes the line, writes the intent of one call and arms its fuse. Only reads from the service, so it does no harm
 * to run it again.
 */
export const reserve =
  (parts: OutboundParts) => async (state: OutboundStateValue, config: LangGraphRunnableConfig) => {
    const { clock, client, fuses, guard, limits, locks } = parts;
    const { task, history } = state;
    const id = parts.newId();
    const back = async (update: OutboundStateUpdate) => {
      locks.release(client.lineId, id);
      await guard.withdraw(client.lineId, id);
      return new Command({ update, goto: "plan" });
    };
    await holdLine(parts, id, config.signal);
    try {
      // Time has passed while the line was in use: what was right to dial then may not be now.
      const step = decide(task, history, clock.now(), limits);
      if (step.do !== "reserve") return back({});
      const admitted = await admit(parts, state, step, id);
      if ("fact" in admitted) return back({ history: [admitted] });
      const before = await lookAround(parts, state, config.signal);
      if (!("known" in before)) return back(before);
      const attempt: Attempt = { ...intent(parts, state, { ...step, ...admitted }, id), ...before.known };
      const at = clock.now();
      const reserved: Fact = { fact: "reserved", at, attempt };
      const thread = String(config.configurable?.thread_id);
      if (isReplay(config) || !fuses.arm(`${thread}/${task.id}/${history.length}`, id)) {
        const detail = "This step of the task was run before, and may have placed the call then.";
        locks.release(client.lineId, id);
        const unknown: Fact = { fact: "submission_unknown", at, attemptId: id, detail };
        return new Command({ update: { history: [reserved, unknown] }, goto: "plan" });
      }
      tell(config, { type: "dialing", at, taskId: task.id, attempt, of: step.of });
      return new Command({
        update: { history: [reserved], unclaimed: before.unclaimed },
        goto: "submit",
      });
    } catch (error) {
      locks.release(client.lineId, id);
      await guard.withdraw(client.lineId, id);
      throw error;
    }
  };

/**
 * Lists, memory and caps have the last word, whatever task the graph was given.
 * @returns the target as it may be dialed, or why it may not.
 */
async function admit(
  { guard, client, clock }: OutboundParts,
  { task, history }: OutboundStateValue,
  { target, reason }: ReserveStep,
  attemptId: string,
): Promise<{ target: DialTarget } | Fact> {
  const at = clock.now();
  const { details, last } = standing(task, history);
  const texts = sentTexts({ ...task, details, targets: [target] });
  if (reason === "continue") {
    // Not alone: a bare "112" answers which room it is.
    texts.push({ path: "question", text: `You asked: ${last?.heard?.question ?? ""}` });
    texts.push({ path: "answer", text: `My answer: ${last?.chosen?.note ?? ""}` });
  }
  const admission = await guard.admit({ lineId: client.lineId, task, target, texts, attemptId, now: at });
  if (admission.ok) {
    return { target: { ...target, ...(admission.number !== undefined && { phone: admission.number }) } };
  }
  if ("barred" in admission) return { fact: "barred", at, targetKey: target.key, detail: admission.barred };
  const { capped: detail, retryAt } = admission;
  return retryAt === undefined
    ? { fact: "cap_reached", at, detail }
    : { fact: "postponed", at, reason: "calling_cap", detail, retryAt };
}

/** Set by LangGraph in a run from an older checkpoint: what came after it has been done once already. */
const REPLAY = "__pregel_replay_state";

function isReplay({ configurable }: LangGraphRunnableConfig): boolean {
  return configurable?.[REPLAY] !== undefined;
}

function intent(
  { random }: OutboundParts,
  { task, history }: OutboundStateValue,
  { target, reason, number }: ReserveStep,
  id: string,
): Attempt {
  const { details, last } = standing(task, history);
  const reference = drawReference(random);
  const { note } = last?.chosen ?? {};
  const question = last?.heard?.question;
  const answer =
    reason !== "continue"
      ? undefined
      : { text: note ?? "Yes, go ahead on those terms.", ...(question !== undefined && { question }) };
  const briefing = composeBriefing(task, { target, reason, details, reference, ...(answer && { answer }) });
  return { id, reference, number, target, reason, briefing };
}

/** The account and the result being served before the call, so that what comes after can be told from it. */
async function lookAround(
  parts: OutboundParts,
  state: OutboundStateValue,
  signal: AbortSignal | undefined,
): Promise<
  OutboundStateUpdate | { known: Pick<Attempt, "balanceBefore" | "resultBefore">; unclaimed: string[] }
> {
  const { client, clock, onUnclaimedResult } = parts;
  const options = signal ? { signal } : {};
  const account = await attemptedRead(() => client.balance(options), clock);
  if ("fact" in account) return { history: [account.fact] };
  const balance = account.value?.balance;
  if (balance !== undefined && balance <= 0) {
    const detail = `The balance is ${balance} credits.`;
    return { history: [{ fact: "postponed", at: clock.now(), reason: "insufficient_credits", detail }] };
  }
  const served = await attemptedRead(() => client.query(options), clock);
  if ("fact" in served) return { history: [served.fact] };
  const message = served.value?.done ? served.value.message : "";
  const known = {
    ...(balance !== undefined && { balanceBefore: balance }),
    ...(served.value && { resultBefore: message === "" ? "" : fingerprint(message) }),
  };
  if (message === "" || state.results.some((result) => result.message === message)) {
    return { known, unclaimed: [] };
  }
  const late = lateResult(state, message, clock.now());
  if (late) return late;
  onUnclaimedResult(message);
  return { known, unclaimed: [message] };
}

/** The result of the call before, that nobody hoped for any more: then it was placed, and no other is needed yet. */
function lateResult(
  { task, history }: OutboundStateValue,
  message: string,
  at: number,
): OutboundStateUpdate | undefined {
  const { last } = standing(task, history);
  if (!last || last.phase === "heard" || belongsTo(message, last.attempt) !== "yes") return undefined;
  const attemptId = last.attempt.id;
  return { results: [{ attemptId, message }], history: [{ fact: "submitted", at, attemptId }] };
}

/** Reads from the service. What was answered but not understood says nothing against the call itself. */
async function attemptedRead<T>(
  ask: () => Promise<T>,
  clock: OutboundParts["clock"],
): Promise<{ value?: T } | { fact: Fact }> {
  try {
    return { value: await ask() };
  } catch (error) {
    const fact = setback(error, clock.now());
    return fact ? { fact } : {};
  }
}

/** What follows from a failed look: a revoked token ends the task, an unreachable service postpones it. */
function setback(error: unknown, at: number): Fact | undefined {
  if (!(error instanceof PollyReachError) || error.code === "aborted") throw error;
  const detail = `${error.message} ${error.nextStep}`;
  if (error instanceof AuthenticationError || error.code === "credentials") {
    return { fact: "refused_by_service", at, detail };
  }
  if (error.code === "invalid_reply" || error.code === "request_rejected") return undefined;
  return { fact: "postponed", at, reason: "service_unavailable", detail };
}
