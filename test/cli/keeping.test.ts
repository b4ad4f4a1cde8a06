import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { InMemoryStore } from "@langchain/langgraph";
import { describe, expect, it, onTestFinished } from "vitest";
import { FileStore } from "../../src/cli/file-store.js";
import { PollyReachClient } from "../../src/client/client.js";
import { systemClock } from "../../src/clock.js";
import { behaviours } from "../../src/sandbox/index.js";
import { aTerminal, CANARY } from "./terminal.js";

function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "polly-keeping-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe("the store of files", () => {
  it("answers as LangGraph's own store in memory does, also for odd keys and labels", async () => {
    const stores = [new FileStore(aFolder(), systemClock), new InMemoryStore()];
    const keys = ["plain", "../../etc/passwd", "a/b", "ü 漢", "x".repeat(400), "con"];
    const seen = [];
    for (const store of stores) {
      for (const key of keys)
        await store.put(["pollyreach", "calls"], key, { key, even: key.length % 2 === 0 });
      await store.put(["pollyreach", "calls", "line"], "deeper", { key: "deeper" });
      await store.put(["pollyreach", "other"], "elsewhere", { key: "elsewhere" });
      await store.put(["pollyreach", "calls"], "plain", { key: "again", even: true });
      await store.delete(["pollyreach", "calls"], "a/b");
      const found = async (...given: Parameters<typeof store.search>) =>
        (await store.search(...given))
          .map(({ value, namespace }) => `${namespace.join("/")} ${value.key}`)
          .sort();
      seen.push({
        one: (await store.get(["pollyreach", "calls"], "../../etc/passwd"))?.value,
        gone: await store.get(["pollyreach", "calls"], "a/b"),
        under: await found(["pollyreach", "calls"], { limit: 100 }),
        even: await found(["pollyreach"], { limit: 100, filter: { even: true } }),
        pages:
          (await found(["pollyreach"], { limit: 3 })).length +
          (await found(["pollyreach"], { limit: 100, offset: 3 })).length,
        nothing: await found(["nowhere"]),
      });
    }
    expect(seen[0]).toEqual(seen[1]);
  });

  it("shows one command what another has put, and forgets on the disk what was deleted", async () => {
    const folder = aFolder();
    const [one, other] = [new FileStore(folder, systemClock), new FileStore(folder, systemClock)];
    await one.put(["calls"], "a", { said: "the secret word" });
    expect((await other.get(["calls"], "a"))?.value).toEqual({ said: "the secret word" });
    await other.delete(["calls"], "a");
    expect(await one.get(["calls"], "a")).toBeNull();
    const left = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    expect(left).toEqual([]);
  });
});

const ROMA = { name: "Trattoria Roma", phone: "+14155550101" };
const BOOK = ["call", "book a table", "--to", ROMA.phone, "--confirm", ROMA.phone];

describe("a call under way", () => {
  it("is kept in one small file, and nothing of it when it has ended", async () => {
    const terminal = await aTerminal({
      tty: false,
      sandbox: {
        people: [{ ...ROMA, behaviours: [behaviours.busy(), behaviours.busy(), behaviours.agrees()] }],
      },
    });
    const tasks = join(terminal.home, ".local/state/pollyreach/tasks");
    const sizes: number[] = [];
    const watching = setInterval(() => {
      try {
        for (const name of readdirSync(tasks)) sizes.push(readFileSync(join(tasks, name)).length);
      } catch {
        // Being replaced at this moment.
      }
    }, 1);
    expect((await terminal.run(...BOOK)).code).toBe(0);
    clearInterval(watching);
    expect(Math.max(...sizes)).toBeGreaterThan(0);
    expect(Math.max(...sizes)).toBeLessThan(64 * 1024);
    expect(readdirSync(tasks)).toEqual([]);
  });

  it("waits while another command has the line, and takes the line of one that died", async () => {
    const terminal = await aTerminal({
      tty: false,
      sandbox: { people: [{ ...ROMA, behaviours: [behaviours.agrees()] }] },
    });
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    onTestFinished(() => void other.kill("SIGKILL"));
    await once(other, "spawn");
    const lines = join(terminal.home, ".local/state/pollyreach/lines");
    mkdirSync(lines, { recursive: true });
    const { lineId } = new PollyReachClient({ token: CANARY });
    writeFileSync(join(lines, `${lineId}.lock`), `${other.pid} ${hostname()}`);

    const running = terminal.run(...BOOK);
    await terminal.sandbox.clock.sleep(60_000);
    expect(terminal.sandbox.rings()).toBe(0);
    const gone = once(other, "exit");
    other.kill("SIGKILL");
    await gone;

    const { session, code } = await running;
    expect(session).toContain("⏳ The line is in use by another call; waiting.");
    expect(code).toBe(0);
    expect(readdirSync(lines)).toEqual([]);
  });
});
