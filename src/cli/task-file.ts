import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { MemorySaver } from "@langchain/langgraph";
import { z } from "zod";
import { replaceFile } from "./state-folder.js";

const base64 = z.string();
const kept = z.object({
  what: z.string(),
  storage: z.record(
    z.string(),
    z.record(z.string(), z.record(z.string(), z.tuple([base64, base64, z.string().nullable()]))),
  ),
  writes: z.record(
    z.string(),
    z.record(z.string(), z.tuple([z.string(), z.string(), base64, z.string().nullable()])),
  ),
});

/** A task that has not ended. */
export interface OpenTask {
  id: string;
  /** What it is about, in the words it was started with. */
  what: string;
}

/** Ids come from the command line too, so none may lead out of the folder. */
const ID = /^[\w-]{1,64}$/;

/**
 * Keeps one task in one file: its last checkpoint and what was written since, on the disk before each next step. The
 * checkpoint of a phone task holds briefings and results, and never a token.
 */
export class TaskFile extends MemorySaver {
  readonly #path: string;
  readonly #what: string;

  private constructor(path: string, what: string) {
    super();
    this.#path = path;
    this.#what = what;
  }

  static create(folder: string, id: string, what: string): TaskFile {
    return new TaskFile(pathOf(folder, id), what);
  }

  /** The task of that id, or undefined if none is kept. @throws Error if its file is damaged */
  static open(folder: string, id: string): TaskFile | undefined {
    if (!ID.test(id)) return undefined;
    const path = pathOf(folder, id);
    if (!existsSync(path)) return undefined;
    const { what, storage, writes } = kept.parse(JSON.parse(readFileSync(path, "utf8")));
    const file = new TaskFile(path, what);
    for (const [thread, spaces] of Object.entries(storage)) {
      file.storage[thread] = mapValues(spaces, (points) =>
        mapValues(points, ([point, metadata, parent]) => [
          bytes(point),
          bytes(metadata),
          parent ?? undefined,
        ]),
      );
    }
    for (const [key, entries] of Object.entries(writes)) {
      file.writes[key] = mapValues(entries, ([task, channel, value, path]) =>
        path === null ? [task, channel, bytes(value)] : [task, channel, bytes(value), path],
      );
    }
    return file;
  }

  /** Tasks that have not ended, the latest first. */
  static list(folder: string): OpenTask[] {
    const tasks = join(folder, "tasks");
    if (!existsSync(tasks)) return [];
    return readdirSync(tasks)
      .filter((name) => name.endsWith(".json"))
      .map((name) => ({ id: name.slice(0, -".json".length), at: statSync(join(tasks, name)).mtimeMs }))
      .sort((one, other) => other.at - one.at)
      .flatMap(({ id }) => {
        const what = TaskFile.open(folder, id)?.what;
        return what === undefined ? [] : [{ id, what }];
      });
  }

  get what(): string {
    return this.#what;
  }

  /** The task has ended; its result is in the history. */
  remove(): void {
    rmSync(this.#path, { force: true });
  }

  override async put(...given: Parameters<MemorySaver["put"]>): ReturnType<MemorySaver["put"]> {
    const config = await super.put(...given);
    this.#forgetAllBut(String(config.configurable?.checkpoint_id));
    this.#write();
    return config;
  }

  override async putWrites(...given: Parameters<MemorySaver["putWrites"]>): Promise<void> {
    await super.putWrites(...given);
    this.#write();
  }

  /** Only the last checkpoint is ever gone on from. */
  #forgetAllBut(latest: string): void {
    for (const spaces of Object.values(this.storage)) {
      for (const points of Object.values(spaces)) {
        for (const id of Object.keys(points)) if (id !== latest) delete points[id];
      }
    }
    for (const key of Object.keys(this.writes)) if (!key.includes(latest)) delete this.writes[key];
  }

  #write(): void {
    const content: z.input<typeof kept> = {
      what: this.#what,
      storage: mapValues(this.storage, (spaces) =>
        mapValues(spaces, (points) =>
          mapValues(points, ([point, metadata, parent]) => [text(point), text(metadata), parent ?? null]),
        ),
      ),
      writes: mapValues(this.writes, (entries) =>
        mapValues(entries, ([task, channel, value, path]) => [task, channel, text(value), path ?? null]),
      ),
    };
    replaceFile(this.#path, JSON.stringify(content));
  }
}

function pathOf(folder: string, id: string): string {
  return join(folder, "tasks", `${id}.json`);
}

function mapValues<A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

const bytes = (encoded: string) => new Uint8Array(Buffer.from(encoded, "base64"));
const text = (raw: Uint8Array) => Buffer.from(raw).toString("base64");
