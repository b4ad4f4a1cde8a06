import type { BaseCheckpointSaver, BaseStore } from "@langchain/langgraph";
import type { PollyReachClient } from "../../client/client.js";
import { type Clock, systemClock } from "../../clock.js";
import { CallHistory } from "../../history/call-history.js";
import { type InboundReader, rulesInboundReader } from "../../inbound/reading.js";
import type { InboundChoice } from "./choices.js";
import { Inbox } from "./inbox.js";
import type { IncomingCall } from "./incoming-call.js";
import { type LineMemory, memoryOf } from "./line-memory.js";

/** What the inbound workflow needs of a client. */
export type AnsweringLine = Pick<PollyReachClient, "lineId" | "unreadInbound" | "balance">;

/** What telling a message came to: nothing to add, what the human chose, or that it may not have got through. */
export type Told = undefined | InboundChoice | { unsure: true };

/** Tells the human of one message. */
export type OnMessage = (call: IncomingCall) => Told | Promise<Told> | Promise<void>;

/** What the inbound graph works with. */
export interface InboundDeps {
  client: AnsweringLine;
  /** Keeps messages and history; only a store that outlives the process keeps them beyond it. */
  store: BaseStore;
  /** Default: the machine's clock. Give the client the same. */
  clock?: Clock | undefined;
  /** Default: the rules. */
  reader?: InboundReader | undefined;
  /**
   * Tells the human of one message. Throw only if the human has certainly not been told: it is told again with the next
   * round. If that is not sure, return `{ unsure: true }`: it is listed as possibly told and not told again. Without
   * it, messages are handed over as the result, and count as told once `confirmTold` says so.
   */
  onMessage?: OnMessage | undefined;
  /**
   * `interrupt`: after being told, each message that the human has not decided on interrupts the graph with an
   * `InboundQuestion`. Needs a checkpointer. Default: nobody is asked.
   */
  decisions?: "interrupt" | undefined;
  checkpointer?: BaseCheckpointSaver | undefined;
  /** ISO 3166-1 alpha-2 country that numbers without `+` belong to. Default: that of the caller's number. */
  country?: string | undefined;
  /** IANA zone in which times are shown. Default: UTC. */
  timeZone?: string | undefined;
  /** `shown` tells one-time codes and other secrets as they are. Default: `masked`. */
  secrets?: "masked" | "shown" | undefined;
  /** Where in the store. Default: `["pollyreach"]`. */
  namespace?: readonly string[] | undefined;
}

/** The same, complete. */
export interface InboundParts extends InboundDeps {
  clock: Clock;
  reader: InboundReader;
  history: CallHistory;
  inbox: Inbox;
  memory: LineMemory;
}

export function completeInboundDeps(deps: InboundDeps): InboundParts {
  const { client, store, namespace } = deps;
  return {
    ...deps,
    clock: deps.clock ?? systemClock,
    reader: deps.reader ?? rulesInboundReader,
    history: new CallHistory({ store, namespace }),
    inbox: new Inbox(store, client.lineId, namespace),
    memory: memoryOf(store, client.lineId, namespace),
  };
}
