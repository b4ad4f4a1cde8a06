import { Command, END, type LangGraphRunnableConfig } from "@langchain/langgraph";
import type { Telling } from "../../../history/call-record.js";
import type { CreditBalance } from "../../../reports/call-report-input.js";
import { type InboundAction, InvalidChoiceError } from "../choices.js";
import { settle } from "../decide-inbound.js";
import type { InboundParts, Told } from "../deps.js";
import { type IncomingCall, incomingCall } from "../incoming-call.js";
import type { InboundStateValue } from "../state.js";

/** What became of telling one message. */
type Result = { told: Told } | { failed: true };

/**
 * Tells the human of one message. It is noted that it is being told before, and that it was told after: whatever ends
 * the process in between leaves a message that is possibly told, which is listed and not told again.
 */
export const tell =
  (parts: InboundParts) => async (state: InboundStateValue, config: LangGraphRunnableConfig) => {
    const [id, ...queue] = state.queue;
    if (id === undefined) return new Command({ update: {}, goto: END });
    const balance = state.balance ?? (await balanceNow(parts, config.signal));
    const call = await claim(parts, id, balance);
    const change: Change = call === undefined ? {} : await carryOut(parts, state, call, config.signal);
    const { undecided = state.undecided, ...update } = change;
    const goto = queue.length > 0 ? "tell" : undecided.length > 0 ? "decide" : END;
    return new Command({ update: { ...update, queue, balance, undecided }, goto });
  };

type Change = Pick<Partial<InboundStateValue>, "told" | "untold" | "possiblyTold" | "undecided" | "actions">;

async function carryOut(
  parts: InboundParts,
  state: InboundStateValue,
  call: IncomingCall,
  signal: AbortSignal | undefined,
): Promise<Change> {
  const { id } = call;
  const undecided = parts.decisions === "interrupt" ? [...state.undecided, id] : state.undecided;
  try {
    if (parts.onMessage === undefined) return { told: [...state.told, id], undecided };
    const result = await callBack(parts.onMessage, call, signal);
    if ("failed" in result) {
      await mark(parts, id, "waiting");
      return { untold: [...state.untold, id] };
    }
    const { told } = result;
    if (told && "unsure" in told) {
      await mark(parts, id, "possibly_told");
      return { possiblyTold: [...state.possiblyTold, id] };
    }
    await mark(parts, id, "told");
    const update = { told: [...state.told, id] };
    if (!told) return { ...update, undecided };
    return { ...update, actions: [...state.actions, await actionOf(parts, call, told)] };
  } finally {
    parts.memory.beingTold.delete(id);
  }
}

async function callBack(
  onMessage: NonNullable<InboundParts["onMessage"]>,
  call: IncomingCall,
  signal: AbortSignal | undefined,
): Promise<Result> {
  try {
    return { told: (await onMessage(call)) as Told };
  } catch (error) {
    // Whoever is stopped in the middle does not know how far they came.
    if (signal?.aborted) throw error;
    return { failed: true };
  }
}

/** Takes a message to tell it; undefined if somebody else of this process did, or it was deleted. */
function claim(
  { history, memory, timeZone, secrets }: InboundParts,
  id: string,
  balance: CreditBalance | undefined,
): Promise<IncomingCall | undefined> {
  return memory.inTurn(async () => {
    const record = await history.get(id, { secrets: "shown" });
    const entry = await history.entry(id);
    if (record?.direction !== "incoming" || entry?.direction !== "incoming") return undefined;
    if (entry.telling !== "waiting") return undefined;
    const call = incomingCall(record, { balance, timeZone, secrets });
    await history.update({ ...entry, telling: "telling" });
    memory.beingTold.add(id);
    return call;
  });
}

/** What the human has decided meanwhile, or deleted, stays so. */
function mark({ history, memory }: InboundParts, id: string, telling: Telling): Promise<void> {
  return memory.inTurn(async () => {
    const entry = await history.entry(id);
    if (entry?.direction === "incoming" && entry.telling === "telling")
      await history.update({ ...entry, telling });
  });
}

async function actionOf(parts: InboundParts, call: IncomingCall, choice: unknown): Promise<InboundAction> {
  try {
    return await settle(parts, call, choice);
  } catch (error) {
    if (!(error instanceof InvalidChoiceError)) throw error;
    return { action: "impossible", callId: call.id, why: error.message };
  }
}

/** A message is told whether or not the account can be asked. */
async function balanceNow(
  { client }: InboundParts,
  signal: AbortSignal | undefined,
): Promise<CreditBalance | undefined> {
  try {
    return await client.balance(signal ? { signal } : {});
  } catch {
    return undefined;
  }
}
