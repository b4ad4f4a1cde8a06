import { Command, type LangGraphRunnableConfig } from "@langchain/langgraph";
import type { CallContext, OutcomeReader } from "../../../outcome/reader.js";
import { calleeZone } from "../../../policy/callee-zone.js";
import { saidBeyond } from "../../../policy/disclosure/said-beyond.js";
import type { Attempt, Fact } from "../../../policy/history.js";
import type { Outcome } from "../../../policy/outcome.js";
import { standing } from "../../../policy/standing.js";
import type { PhoneTask } from "../../../policy/task.js";
import type { OutboundParts } from "../deps.js";
import { tell } from "../progress.js";
import type { OutboundStateValue } from "../state.js";

/** Reads the result that came last, and gives the line back. */
export const read =
  (parts: OutboundParts) =>
  async ({ task, history, results }: OutboundStateValue, config: LangGraphRunnableConfig) => {
    const { client, clock, reader, locks } = parts;
    const result = results.at(-1);
    const reserved = history.findLast(
      (fact) => fact.fact === "reserved" && fact.attempt.id === result?.attemptId,
    );
    if (!result || reserved?.fact !== "reserved") throw new Error("No result is there to be read.");
    const { attempt } = reserved;
    try {
      const context = callContext(task, attempt, reserved.at);
      const outcome = await understand(reader, result.message, context, config.signal);
      const at = clock.now();
      await remember(parts, task, outcome, attempt, at);
      tell(config, { type: "heard", at, taskId: task.id, attemptId: attempt.id, outcome });
      // Chat is no result: the call goes on, and so does the hold on the line.
      if (outcome.kind !== "chat") locks.release(client.lineId, attempt.id);
      return new Command({
        update: {
          results: [{ ...result, outcome }],
          history: [heard(outcome, attempt, at, allowed(task, history, attempt))],
        },
        goto: "plan",
      });
    } catch (error) {
      locks.release(client.lineId, attempt.id);
      throw error;
    }
  };

/** What outlives the task: what the call cost, and that somebody does not want to be called again. */
async function remember(
  { client, guard }: OutboundParts,
  { id: taskId }: PhoneTask,
  outcome: Outcome,
  { id: attemptId, target }: Attempt,
  at: number,
) {
  if (outcome.kind === "line_busy" || outcome.kind === "insufficient_credits") {
    await guard.withdraw(client.lineId, attemptId);
  } else if (outcome.creditsUsed !== undefined) {
    await guard.settle(client.lineId, { taskId, attemptId }, outcome.creditsUsed);
  }
  if (outcome.kind === "opted_out") {
    const number = target.phone ?? outcome.targetPhone?.e164;
    const names = [target.name, outcome.targetName].filter((name) => name !== undefined);
    await guard.optOut({ names, ...(number !== undefined && { number }) }, at);
  }
}

/** A reader that fails has understood nothing: that loses neither the result nor the task. */
async function understand(
  reader: OutcomeReader,
  message: string,
  context: CallContext,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  try {
    return await reader.read(message, context, signal ? { signal } : {});
  } catch (error) {
    if (signal?.aborted) throw error;
    const reason = `The result could not be read: ${error instanceof Error ? error.message : "the reader failed"}.`;
    return { kind: "unknown", reason, evidence: [], verified: false };
  }
}

function callContext(task: PhoneTask, { target }: Attempt, calledAt: number): CallContext {
  const timeZone = calleeZone(task, target);
  return {
    purpose: [task.purpose, ...Object.entries(task.details).map(([name, value]) => `${name}: ${value}`)].join(
      "\n",
    ),
    calledAt,
    ...(target.name !== undefined && { targetName: target.name }),
    ...(target.phone !== undefined && { targetPhone: target.phone }),
    ...(timeZone !== undefined && { timeZone }),
    ...(task.country !== undefined && { country: task.country }),
  };
}

/** Everything that the AI was told, or could say of its own target. */
function allowed(task: PhoneTask, history: readonly Fact[], { briefing, target }: Attempt): string[] {
  const { details } = standing(task, history);
  return [
    briefing,
    ...Object.values(details),
    ...[target.name, target.phone].filter((known) => known !== undefined),
  ];
}

function heard(
  outcome: Outcome,
  { id: attemptId, target }: Attempt,
  at: number,
  known: readonly string[],
): Fact {
  const found = target.phone === undefined ? outcome.targetPhone : undefined;
  const beyond = saidBeyond(outcome.transcript ?? [], known).map(({ what }) => what);
  return {
    fact: "heard",
    at,
    attemptId,
    kind: outcome.kind,
    spoken: outcome.transcript?.some(({ speaker }) => speaker === "callee") ?? false,
    ...(beyond.length > 0 && { saidBeyond: beyond }),
    ...(outcome.question !== undefined && { question: outcome.question }),
    ...(outcome.kind === "unknown" && { reason: outcome.reason }),
    ...(outcome.reopens?.at !== undefined && { reopensAt: outcome.reopens.at }),
    ...(outcome.targetName !== undefined && { reached: outcome.targetName }),
    ...(found && { reachedNumber: found.e164 ?? found.asWritten }),
  };
}
