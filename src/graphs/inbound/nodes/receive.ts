import type { LangGraphRunnableConfig } from "@langchain/langgraph";
import {
  AuthenticationError,
  InvalidReplyError,
  PollyReachError,
  RateLimitError,
  ServiceError,
} from "../../../client/errors.js";
import type { InboundParts } from "../deps.js";
import { type KeptReply, replyId } from "../inbox.js";
import { type InboundStateUpdate, type InboundStateValue, type InboundTrouble, NEW_ROUND } from "../state.js";

/**
 * Asks for unread messages and stores the reply as it came, before anything else is done with it. These two are one
 * node on purpose: the service may count what it served as read, so whatever lies between them can lose it.
 *
 * A reply that cannot be stored stays in this process's memory, and nothing more is fetched until it is stored.
 */
export const receive =
  (parts: InboundParts) =>
  (_state: InboundStateValue, config: LangGraphRunnableConfig): Promise<InboundStateUpdate> =>
    parts.memory.inTurn(async () => {
      await storeUnstored(parts);
      const trouble = await fetchAndStore(parts, config.signal);
      return { ...NEW_ROUND, trouble };
    });

async function fetchAndStore(
  parts: InboundParts,
  signal: AbortSignal | undefined,
): Promise<InboundTrouble | undefined> {
  const { client, clock, inbox, memory } = parts;
  let reply: KeptReply;
  let trouble: InboundTrouble | undefined;
  try {
    const messages = await client.unreadInbound(signal ? { signal } : {});
    reply = kept(
      clock.now(),
      messages.map(({ raw }) => JSON.stringify(raw) ?? "null"),
    );
  } catch (error) {
    if (!(error instanceof PollyReachError) || error.code === "aborted") throw error;
    trouble = troubleOf(error);
    if (!(error instanceof InvalidReplyError) || error.received === "") return trouble;
    reply = kept(clock.now(), [], JSON.stringify(error.received));
  }
  memory.unstored = reply;
  if (reply.messages.length === 0 && reply.broken === undefined && !(await isWorthNoting(parts))) {
    delete memory.unstored;
    return trouble;
  }
  await inbox.keep(reply);
  delete memory.unstored;
  return trouble;
}

async function storeUnstored({ inbox, memory }: InboundParts): Promise<void> {
  if (memory.unstored === undefined) return;
  await inbox.keep(memory.unstored);
  delete memory.unstored;
}

/** An empty reply says something only after one that was not: what stood in it is no longer served. */
async function isWorthNoting({ inbox }: InboundParts): Promise<boolean> {
  const { counts } = await inbox.lastServed();
  return Object.keys(counts).length > 0 || (await inbox.kept()).length > 0;
}

function kept(now: number, messages: string[], broken?: string): KeptReply {
  const receivedAt = Math.round(now);
  const id = replyId(receivedAt, broken ?? messages.join("\n"));
  return { id, receivedAt, messages, ...(broken !== undefined && { broken }) };
}

function troubleOf(error: PollyReachError): InboundTrouble {
  const waits =
    error instanceof RateLimitError || error instanceof ServiceError ? error.retryAfterMs : undefined;
  return {
    code: error.code,
    message: error.message,
    nextStep: error.nextStep,
    final:
      error instanceof AuthenticationError || error.code === "credentials" || error.code === "configuration",
    ...(waits !== undefined && { retryAfterMs: waits }),
  };
}
