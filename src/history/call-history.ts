import type { BaseStore } from "@langchain/langgraph";
import type { CallDetails, CallEntry, CallRecord, OutgoingEntry } from "./call-record.js";
import { type FinishedTask, recordsOf } from "./finished-task.js";
import { allItems } from "./pages.js";
import { type CallQuery, matches } from "./search.js";
import { storable } from "./storable.js";
import { withoutSecrets } from "./without-secrets.js";

export interface CallHistoryOptions {
  /** Any LangGraph store; it outlives the process only if the store does. */
  store: BaseStore;
  /** Where in the store, from its root. No label may contain "." or ":". Default: `["pollyreach"]`. */
  namespace?: readonly string[] | undefined;
}

export interface SecretsOption {
  /** `shown` leaves one-time codes, card numbers and the like in what is given out. Default: `masked`. */
  secrets?: "masked" | "shown" | undefined;
}

/** Which calls to delete: those with one number, those before an instant (milliseconds), or with both given both. */
export type Deletion = { phone: string; before?: number } | { phone?: undefined; before: number };

/**
 * Every outgoing and incoming call, kept in a LangGraph store. Small entries are kept apart from what was said, so that
 * a search reads the entries only. Nothing is kept in the process.
 */
export class CallHistory {
  readonly #store: BaseStore;
  readonly #entries: string[];
  readonly #details: string[];

  constructor({ store, namespace = ["pollyreach"] }: CallHistoryOptions) {
    this.#store = store;
    this.#entries = [...namespace, "calls"];
    this.#details = [...namespace, "call_details"];
  }

  /** Keeps a call, or all there is to know of it by now. The details are written first, so that no entry lacks them. */
  async record(entry: CallEntry, details: CallDetails): Promise<void> {
    await this.#store.put(this.#details, entry.id, storable(details), false);
    await this.update(entry);
  }

  /** Rewrites a call's entry and leaves what was said as it is. */
  async update(entry: CallEntry): Promise<void> {
    await this.#store.put(this.#entries, entry.id, storable(entry), false);
  }

  /** Adds to what came from the service about a call that is kept. Does nothing if it was deleted meanwhile. */
  async addReceived(id: string, received: string): Promise<void> {
    const item = await this.#store.get(this.#details, id);
    if (!item) return;
    const details = item.value as CallDetails;
    await this.#store.put(
      this.#details,
      id,
      storable({ ...details, received: [...details.received, received] }),
      false,
    );
  }

  /** Keeps every call of a finished phone task. Doing it twice is doing it once. */
  async recordTask(task: FinishedTask): Promise<OutgoingEntry[]> {
    const records = recordsOf(task);
    for (const { entry, details } of records) await this.record(entry, details);
    return records.map(({ entry }) => entry);
  }

  /** The entry of a call; undefined if there is none. */
  async entry(id: string): Promise<CallEntry | undefined> {
    const item = await this.#store.get(this.#entries, id);
    return item ? ({ ...item.value } as CallEntry) : undefined;
  }

  /** One call, with what was said. */
  async get(id: string, { secrets = "masked" }: SecretsOption = {}): Promise<CallRecord | undefined> {
    const entry = await this.entry(id);
    if (entry === undefined) return undefined;
    const item = await this.#store.get(this.#details, id);
    const details: CallDetails = { transcript: [], received: [], ...item?.value };
    const record: CallRecord = { ...entry, ...details };
    return secrets === "shown" ? record : withoutSecrets(record);
  }

  /** The calls that are looked for, the latest first. */
  async search(query: CallQuery = {}): Promise<CallEntry[]> {
    const items = await allItems(this.#store, this.#entries, sieve(query));
    const found = items
      .map(({ value }) => ({ ...value }) as CallEntry)
      .filter((entry) => matches(entry, query));
    found.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
    return query.limit === undefined ? found : found.slice(0, query.limit);
  }

  /** The calls that are looked for as JSON Lines, the earliest first: one call per line, whole, each line ended. */
  async *exportJsonl(query: CallQuery & SecretsOption = {}): AsyncGenerator<string> {
    const { secrets, ...rest } = query;
    for (const { id } of (await this.search(rest)).reverse()) {
      const record = await this.get(id, { secrets });
      if (record) yield `${JSON.stringify(record)}\n`;
    }
  }

  /**
   * Deletes calls with all that was said in them.
   * @returns how many. If it fails in between, do it again: the rest is found again.
   */
  async delete({ phone, before }: Deletion): Promise<number> {
    const doomed = await this.search({ phone, until: before });
    for (const { id } of doomed) {
      // The entry goes last: as long as it is there, a deletion that broke off can be taken up.
      await this.#store.delete(this.#details, id);
      await this.#store.delete(this.#entries, id);
    }
    return doomed.length;
  }
}

/** What the store can sift out by itself, so that a watcher does not read the whole history every few minutes. */
function sieve({ direction, telling, taskId }: CallQuery): Record<string, string> | undefined {
  const filter = {
    ...(direction !== undefined && { direction }),
    ...(telling !== undefined && { telling }),
    ...(taskId !== undefined && { taskId }),
  };
  return Object.keys(filter).length > 0 ? filter : undefined;
}
