import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import type { IncomingEntry } from "../../../history/call-record.js";
import { isContinued, saysSomething } from "../../../inbound/merge-messages.js";
import { CUT_OFF, readShape } from "../../../inbound/read-shape.js";
import { salvage } from "../../../inbound/salvage.js";
import { identify, servedAs } from "../../../inbound/same-message.js";
import type { InboundParts } from "../deps.js";
import type { KeptReply } from "../inbox.js";
import type { InboundStateUpdate, InboundStateValue } from "../state.js";
import { takeIn } from "../take-in.js";

/**
 * Brings every stored reply into the call history, message by message, and finds what is to be told. Each step may be
 * done twice without harm, so it does not matter where the process ends.
 */
export const sort =
  (parts: InboundParts) =>
  (_state: InboundStateValue, config: LangGraphRunnableConfig): Promise<InboundStateUpdate> =>
    parts.memory.inTurn(async () => {
      const possiblyTold = await findPossiblyTold(parts);
      const filtered: string[] = [];
      for (const reply of await parts.inbox.kept()) {
        filtered.push(...(await sortReply(parts, reply, config.signal)));
        await parts.inbox.done(reply.id);
      }
      const waiting = await parts.history.search({ direction: "incoming", telling: "waiting" });
      const queue = waiting.filter(({ id }) => isOfLine(parts, id)).map(({ id }) => id);
      return { queue: queue.reverse(), possiblyTold, filtered };
    });

/** Whatever is being told by nobody of this process was being told by one that is no more. */
async function findPossiblyTold(parts: InboundParts): Promise<string[]> {
  const { history, memory } = parts;
  const found: string[] = [];
  for (const entry of await history.search({ direction: "incoming", telling: "telling" })) {
    if (entry.direction !== "incoming" || memory.beingTold.has(entry.id) || !isOfLine(parts, entry.id))
      continue;
    await history.update({ ...entry, telling: "possibly_told" });
    found.push(entry.id);
  }
  return found;
}

async function sortReply(
  parts: InboundParts,
  reply: KeptReply,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const { inbox } = parts;
  const last = await inbox.lastServed();
  if (last.replyId === reply.id) return [];
  const { messages, fragment } = unpack(reply);
  const counts: Record<string, number> = {};
  const entries: (IncomingEntry | undefined)[] = [];
  for (const [index, json] of messages.entries()) {
    const message = readShape(JSON.parse(json));
    const served = servedAs(identify(message, reply.receivedAt));
    counts[served] = (counts[served] ?? 0) + 1;
    // What the service has been serving ever since is not new, however little there is to know it by.
    if ((counts[served] ?? 0) <= (last.counts[served] ?? 0)) continue;
    entries.push(
      await takeIn(parts, { id: messageId(parts, reply, index), json, receivedAt: reply.receivedAt, signal }),
    );
  }
  if (reply.broken === undefined) entries.push(...(await settleFragments(parts, messages, signal)));
  if (fragment !== undefined) {
    const id = messageId(parts, reply, messages.length);
    await inbox.keepFragment({ id, receivedAt: reply.receivedAt, message: fragment });
  }
  await inbox.noteServed(reply.id, reply.broken === undefined ? counts : atLeast(last.counts, counts));
  return entries.flatMap((entry) => (entry?.telling === "filtered" ? [entry.id] : []));
}

/** The first good reply after a broken one shows whether a message that was cut off is served again, whole. */
async function settleFragments(
  parts: InboundParts,
  messages: readonly string[],
  signal: AbortSignal | undefined,
): Promise<(IncomingEntry | undefined)[]> {
  const entries: (IncomingEntry | undefined)[] = [];
  for (const { id, receivedAt, message } of await parts.inbox.fragments()) {
    const fragment = readShape(JSON.parse(message));
    if (!messages.some((json) => isContinued(fragment, readShape(JSON.parse(json))))) {
      entries.push(await takeIn(parts, { id, json: message, receivedAt, signal }));
    }
    await parts.inbox.dropFragment(id);
  }
  return entries;
}

function unpack({ messages, broken }: KeptReply): { messages: readonly string[]; fragment?: string } {
  if (broken === undefined) return { messages };
  const received: unknown = JSON.parse(broken);
  const { whole, fragment } = salvage(typeof received === "string" ? received : "");
  return {
    messages: whole.map((message) => JSON.stringify(message)),
    ...(fragment !== undefined &&
      saysSomething(readShape(fragment)) && { fragment: JSON.stringify({ ...fragment, [CUT_OFF]: true }) }),
  };
}

/** A message's id names its line, so that several lines may share one history. */
function messageId({ client }: InboundParts, reply: KeptReply, index: number): string {
  return `in-${client.lineId}-${reply.id}-${index}`;
}

function isOfLine({ client }: InboundParts, id: string): boolean {
  return id.startsWith(`in-${client.lineId}-`);
}

/** A broken reply shows some of what is served; the rest may still be. */
function atLeast(one: Readonly<Record<string, number>>, other: Readonly<Record<string, number>>) {
  const most: Record<string, number> = { ...one };
  for (const [name, count] of Object.entries(other)) most[name] = Math.max(count, most[name] ?? 0);
  return most;
}
