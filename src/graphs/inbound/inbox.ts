import { createHash } from "node:crypto";
import type { BaseStore } from "@langchain/langgraph";
import { allItems } from "../../history/pages.js";
import { storable } from "../../history/storable.js";
import type { MessageIdentity, ServedBefore } from "../../inbound/same-message.js";

/** One reply of the service that held messages, or may have. It is stored as it came, in one piece. */
export interface KeptReply {
  id: string;
  receivedAt: number;
  /** Its messages, each as JSON. As text, since not every store takes every character. */
  messages: readonly string[];
  /** The text of a reply that was cut off or not understood, as JSON. */
  broken?: string;
}

/** A message that a key was seen in before. */
export interface KnownMessage extends MessageIdentity {
  id: string;
}

/** A message that was cut off; whether the next good reply has it whole decides what becomes of it. */
export interface Fragment {
  id: string;
  receivedAt: number;
  /** As JSON. */
  message: string;
}

/** More messages with the same words of the same caller need not be told apart. */
const KNOWN_PER_KEY = 50;

/**
 * What is kept of the service's replies until each message is in the call history, and by what messages are known
 * again. Part of the user's store; all of it survives the process.
 */
export class Inbox {
  readonly #store: BaseStore;
  readonly #root: string[];

  constructor(store: BaseStore, lineId: string, namespace: readonly string[] = ["pollyreach"]) {
    this.#store = store;
    this.#root = [...namespace, "inbound", lineId];
  }

  /** Keeps a reply, in one write: all of it or nothing. */
  async keep(reply: KeptReply): Promise<void> {
    await this.#put("arrived", reply.id, reply);
  }

  /** The replies whose messages are not all in the history yet, the earliest first. */
  async kept(): Promise<KeptReply[]> {
    const items = await allItems(this.#store, this.#in("arrived"));
    const replies = items.map(({ value }) => value as KeptReply);
    return replies.sort((a, b) => a.receivedAt - b.receivedAt || (a.id < b.id ? -1 : 1));
  }

  /** The messages of a reply are in the history. */
  async done(replyId: string): Promise<void> {
    await this.#store.delete(this.#in("arrived"), replyId);
  }

  /** Messages that share a key with this one, in each shape that they came in. */
  async sharing({ keys }: MessageIdentity): Promise<KnownMessage[]> {
    const lists = [];
    for (const key of keys) lists.push(await this.#known(key));
    return lists.flat();
  }

  /** From now on, this message is known again. */
  async know(message: KnownMessage): Promise<void> {
    for (const key of message.keys) {
      const others = (await this.#known(key)).filter(
        ({ id, shape }) => id !== message.id || shape !== message.shape,
      );
      await this.#put("keys", key, { messages: [...others, message].slice(-KNOWN_PER_KEY) });
    }
  }

  async #known(key: string): Promise<KnownMessage[]> {
    const item = await this.#store.get(this.#in("keys"), key);
    return item?.value.messages ?? [];
  }

  /** How often each message stood in the last reply, and which reply that was. */
  async lastServed(): Promise<{ replyId?: string; counts: ServedBefore }> {
    const item = await this.#store.get(this.#in("served"), "last");
    return { counts: {}, ...item?.value };
  }

  async noteServed(replyId: string, counts: ServedBefore): Promise<void> {
    await this.#put("served", "last", { replyId, counts });
  }

  async fragments(): Promise<Fragment[]> {
    return (await allItems(this.#store, this.#in("fragments"))).map(({ value }) => value as Fragment);
  }

  async keepFragment(fragment: Fragment): Promise<void> {
    await this.#put("fragments", fragment.id, fragment);
  }

  async dropFragment(id: string): Promise<void> {
    await this.#store.delete(this.#in("fragments"), id);
  }

  #in(part: string): string[] {
    return [...this.#root, part];
  }

  async #put(part: string, key: string, value: object): Promise<void> {
    await this.#store.put(this.#in(part), key, storable(value), false);
  }
}

/** An id for a reply: the same when it is written again, because it is not known whether the first time succeeded. */
export function replyId(receivedAt: number, content: string): string {
  return `${receivedAt}-${createHash("sha256").update(content).digest("base64url").slice(0, 12)}`;
}
