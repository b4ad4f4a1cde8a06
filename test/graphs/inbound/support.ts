import { InMemoryStore } from "@langchain/langgraph";
import { PollyReachClient } from "../../../src/client/client.js";
import type { IncomingCall as Told } from "../../../src/graphs/inbound/incoming-call.js";
import type { IncomingCall, Sandbox } from "../../../src/sandbox/index.js";

/** How a process ends, as its store sees it. */
export interface Death {
  /** At which of its writes, counting from 1: before it is done, or right `after`, so that nobody knows. */
  atWrite: number;
  after: boolean;
}

/** The store of one process: the data of a disk, through a connection that may die or find the disk full. */
export class ProcessStore extends InMemoryStore {
  full = false;
  writes = 0;
  dead = false;
  /** Called before each write, with the last label of its namespace. */
  onWrite: (where: string) => void = () => {};

  constructor(
    readonly disk: InMemoryStore,
    private readonly death?: Death,
  ) {
    super();
  }

  override async get(...call: Parameters<InMemoryStore["get"]>) {
    this.#live();
    return this.disk.get(...call);
  }

  override async search(...call: Parameters<InMemoryStore["search"]>) {
    this.#live();
    return this.disk.search(...call);
  }

  override put(...call: Parameters<InMemoryStore["put"]>) {
    return this.#write(call[0], () => this.disk.put(...call));
  }

  override delete(...call: Parameters<InMemoryStore["delete"]>) {
    return this.#write(call[0], () => this.disk.delete(...call));
  }

  async #write(namespace: readonly string[], work: () => Promise<void>): Promise<void> {
    this.#live();
    this.writes += 1;
    this.onWrite(namespace.at(-1) ?? "");
    if (this.full) throw new Error("ENOSPC: no space left on device");
    if (this.death?.atWrite !== this.writes) return work();
    if (this.death.after) await work();
    this.dead = true;
    this.#live();
  }

  #live(): void {
    if (this.dead) throw new Error("The process is dead.");
  }
}

export const clientOf = (sandbox: Sandbox) =>
  new PollyReachClient({ ...sandbox.clientOptions(), random: () => 0 });

/** A call that says one recognisable thing. */
export function aCall(name: string, more: Partial<IncomingCall> = {}): IncomingCall {
  return { from: "+12025550143", content: `This is ${name}. Please call me back about it.`, ...more };
}

/** Which of the names a message is about. */
export function nameIn(call: Told): string {
  return /This is (\w+)\./.exec(call.report.summary ?? "")?.[1] ?? `nobody: ${call.report.summary}`;
}
