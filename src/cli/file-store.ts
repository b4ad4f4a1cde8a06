import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { BaseStore, type Item, type Operation, type OperationResults } from "@langchain/langgraph";
import { z } from "zod";
import type { Clock } from "../clock.js";
import { replaceFile } from "./state-folder.js";

const stored = z.object({
  key: z.string(),
  value: z.record(z.string(), z.unknown()),
  createdAt: z.number(),
  updatedAt: z.number(),
});

const LONGEST_NAME = 120;
const DEFAULT_LIMIT = 10;

/**
 * A LangGraph store of one file for each item, for this user only: what is put is on the disk when `put` resolves, what
 * is deleted is gone from it, and several commands at once see each other's items. Searches read every item under the
 * prefix; filters compare for equality, and a `query` is not looked at.
 */
export class FileStore extends BaseStore {
  constructor(
    private readonly folder: string,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async batch<Op extends Operation[]>(operations: Op): Promise<OperationResults<Op>> {
    return operations.map((operation) => this.#carryOut(operation)) as OperationResults<Op>;
  }

  #carryOut(operation: Operation): Item | Item[] | string[][] | null | undefined {
    if ("namespacePrefix" in operation) {
      const { namespacePrefix, filter = {}, limit = DEFAULT_LIMIT, offset = 0 } = operation;
      return this.#items(namespacePrefix)
        .filter(({ value }) => Object.entries(filter).every(([field, wanted]) => value[field] === wanted))
        .slice(offset, offset + limit);
    }
    if ("value" in operation) {
      const { namespace, key, value } = operation;
      if (value === null) rmSync(this.#path(namespace, key), { force: true });
      else this.#put(namespace, key, value);
      return undefined;
    }
    if ("key" in operation)
      return this.#read(this.#path(operation.namespace, operation.key), operation.namespace);
    const { matchConditions = [], limit, offset } = operation;
    return this.#namespaces([])
      .filter((namespace) => matchConditions.every(({ matchType, path }) => fits(namespace, matchType, path)))
      .slice(offset, offset + limit);
  }

  #put(namespace: string[], key: string, value: Record<string, unknown>): void {
    const path = this.#path(namespace, key);
    const now = this.clock.now();
    const createdAt = this.#read(path, namespace)?.createdAt.getTime() ?? now;
    replaceFile(
      path,
      JSON.stringify({ key, value, createdAt, updatedAt: now } satisfies z.infer<typeof stored>),
    );
  }

  /** In the order of their keys' files, which does not change when an item is rewritten. */
  #items(prefix: string[]): Item[] {
    return this.#namespaces(prefix).flatMap((namespace) =>
      this.#entries(namespace)
        .filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
        .map(({ name }) => this.#read(join(this.#folderOf(namespace), name), namespace))
        .filter((item) => item !== null),
    );
  }

  #namespaces(prefix: string[]): string[][] {
    return [
      prefix,
      ...this.#entries(prefix)
        .filter((entry) => entry.isDirectory())
        .flatMap(({ name }) => this.#namespaces([...prefix, decodeURIComponent(name)])),
    ];
  }

  #entries(namespace: string[]) {
    const folder = this.#folderOf(namespace);
    return existsSync(folder)
      ? readdirSync(folder, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1))
      : [];
  }

  /** @throws Error if the file is damaged */
  #read(path: string, namespace: string[]): Item | null {
    if (!existsSync(path)) return null;
    const { key, value, createdAt, updatedAt } = stored.parse(JSON.parse(readFileSync(path, "utf8")));
    return { namespace, key, value, createdAt: new Date(createdAt), updatedAt: new Date(updatedAt) };
  }

  #folderOf(namespace: string[]): string {
    return join(this.folder, ...namespace.map(fileName));
  }

  #path(namespace: string[], key: string): string {
    const name = fileName(key);
    const short = name.length <= LONGEST_NAME ? name : createHash("sha256").update(key).digest("base64url");
    return join(this.#folderOf(namespace), `${short}.json`);
  }
}

/** Nothing of a label can lead out of the folder: "." and "/" are written out. */
function fileName(label: string): string {
  return encodeURIComponent(label).replace(/\./g, "%2E");
}

function fits(namespace: string[], matchType: "prefix" | "suffix", path: readonly string[]): boolean {
  const part = matchType === "prefix" ? namespace.slice(0, path.length) : namespace.slice(-path.length);
  return part.length === path.length && path.every((label, index) => label === "*" || label === part[index]);
}
