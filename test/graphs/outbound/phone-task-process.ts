import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { MemorySaver } from "@langchain/langgraph";
import { z } from "zod";
import { PollyReachClient } from "../../../src/client/client.js";
import { fixedPolling } from "../../../src/client/polling.js";
import { runPhoneTask } from "../../../src/graphs/outbound/run-phone-task.js";
import { scaledClock } from "../../../src/sandbox/index.js";
import { BOOKING, ending } from "../../support/phone-job.js";

/** A process that carries out the booking on a line of its parent's, and kills itself at a point it is told. */
const { file, token, baseUrl, factor, origin, dieAt } = z
  .object({
    file: z.string(),
    token: z.string(),
    baseUrl: z.string(),
    factor: z.number(),
    origin: z.number(),
    dieAt: z.enum(["before_the_post", "after_the_post", "while_listening", "never"]),
  })
  .parse(JSON.parse(process.argv[2] ?? "{}"));

/** Keeps everything in one file, written whole before a write counts as done. */
class FileSaver extends MemorySaver {
  constructor() {
    super();
    if (!existsSync(file)) return;
    const { storage, writes } = JSON.parse(readFileSync(file, "utf8"), revive);
    this.storage = storage;
    this.writes = writes;
  }

  override async put(...args: Parameters<MemorySaver["put"]>) {
    const config = await super.put(...args);
    this.#save();
    return config;
  }

  override async putWrites(...args: Parameters<MemorySaver["putWrites"]>) {
    await super.putWrites(...args);
    this.#save();
  }

  #save(): void {
    const { storage, writes } = this;
    writeFileSync(`${file}.new`, JSON.stringify({ storage, writes }, preserve));
    renameSync(`${file}.new`, file);
  }
}

function preserve(_: string, value: unknown): unknown {
  return value instanceof Uint8Array ? { bytes: Buffer.from(value).toString("base64") } : value;
}

function revive(_: string, value: unknown): unknown {
  const bytes = z.strictObject({ bytes: z.string() }).safeParse(value);
  return bytes.success ? new Uint8Array(Buffer.from(bytes.data.bytes, "base64")) : value;
}

const die = () => process.kill(process.pid, "SIGKILL");
let sent = false;
const fetch: typeof globalThis.fetch = async (url, init) => {
  const sends = String(url).endsWith("/completions");
  if (sends && dieAt === "before_the_post") die();
  if (sent && dieAt === "while_listening") die();
  const reply = await globalThis.fetch(url, init);
  sent ||= sends;
  if (sends && dieAt === "after_the_post") die();
  return reply;
};

const clock = scaledClock(factor, origin);
const run = await runPhoneTask(BOOKING, {
  client: new PollyReachClient({ token, baseUrl, fetch, clock, polling: fixedPolling(30_000) }),
  clock,
  checkpointer: new FileSaver(),
  reader: {
    read: (message) =>
      message.includes("✅")
        ? { kind: "achieved", evidence: [], verified: false }
        : { kind: "unknown", reason: "…", evidence: [], verified: false },
  },
});
process.stdout.write(ending(run));
