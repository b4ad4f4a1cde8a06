import { actionFor, type CarriedOut, InvalidChoiceError } from "./choices.js";
import { completeInboundDeps, type InboundDeps, type InboundParts } from "./deps.js";
import { type IncomingCall, incomingCall } from "./incoming-call.js";

type StoredDeps = Pick<InboundDeps, "store" | "namespace" | "country" | "timeZone" | "secrets"> & {
  client: Pick<InboundDeps["client"], "lineId">;
};

/**
 * Notes what the human chose to do about a message, at any time after it came in, and returns what follows from it. The
 * message counts as told from then on.
 * @throws {InvalidChoiceError} for a choice that cannot be carried out, or a message that is not there
 */
export async function decideInbound(deps: StoredDeps, id: string, choice: unknown): Promise<CarriedOut> {
  const parts = completeStoredDeps(deps);
  return settle(parts, await callById(parts, id), choice);
}

/** Notes that the human has been shown messages that were handed over, or were possibly told. */
export async function confirmTold(deps: StoredDeps, ids: readonly string[]): Promise<void> {
  const { history, memory } = completeStoredDeps(deps);
  await memory.inTurn(async () => {
    for (const id of ids) {
      const entry = await history.entry(id);
      if (entry?.direction === "incoming") await history.update({ ...entry, telling: "told" });
    }
  });
}

/** A message as it is told, whenever it is wanted; undefined if there is none, or no more. */
export async function incomingCallById(deps: StoredDeps, id: string): Promise<IncomingCall | undefined> {
  const { history, timeZone, secrets } = completeStoredDeps(deps);
  const record = await history.get(id, { secrets: "shown" });
  return record?.direction === "incoming" ? incomingCall(record, { timeZone, secrets }) : undefined;
}

/** The choice becomes an action first: one that cannot be carried out changes nothing. */
export async function settle(
  { history, memory, country }: Pick<InboundParts, "history" | "memory" | "country">,
  call: IncomingCall,
  choice: unknown,
): Promise<CarriedOut> {
  const action = actionFor(call, choice, { country });
  await memory.inTurn(async () => {
    const entry = await history.entry(call.id);
    if (entry?.direction === "incoming")
      await history.update({ ...entry, telling: "told", decided: action.action });
  });
  return action;
}

async function callById({ history, timeZone, secrets }: InboundParts, id: string): Promise<IncomingCall> {
  const record = await history.get(id, { secrets: "shown" });
  if (record?.direction !== "incoming") throw new InvalidChoiceError(`There is no incoming call “${id}”.`);
  return incomingCall(record, { timeZone, secrets });
}

/** What works on the store alone asks nothing of the service. */
function completeStoredDeps({ client, ...deps }: StoredDeps): InboundParts {
  const { lineId } = client;
  const offline = () => Promise.reject(new Error("The service is not asked here."));
  return completeInboundDeps({ ...deps, client: { lineId, unreadInbound: offline, balance: offline } });
}
