import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { systemClock } from "../../../src/clock.js";
import { behaviours, scaledClock, startSandbox } from "../../../src/sandbox/index.js";

const PROCESS = fileURLToPath(new URL("phone-task-process.ts", import.meta.url));
/** A call takes a fifth of a second, and looking for one in vain two seconds. */
const FACTOR = 500;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "task-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a process to its end. @returns what it said, or the signal that ended it. */
function aProcess(setting: object): Promise<string> {
  const child = spawn(process.execPath, ["--import", "tsx", PROCESS, JSON.stringify(setting)]);
  let said = "";
  child.stdout.on("data", (piece) => {
    said += piece;
  });
  child.stderr.on("data", (piece) => {
    said += piece;
  });
  return new Promise((resolve) => child.on("close", (_, signal) => resolve(signal ?? said)));
}

it.each([
  ["before_the_post", "asking: submission_unknown", 0],
  ["after_the_post", "finished: settled", 1],
  ["while_listening", "finished: settled", 1],
])(
  "a process that is killed -9 %s leaves a task that another ends without a second call",
  async (dieAt, end, rings) => {
    const origin = systemClock.now();
    await using sandbox = await startSandbox({
      clock: scaledClock(FACTOR, origin),
      people: [{ name: "Roma", phone: "+390612345678", behaviours: [behaviours.agrees()] }],
    });
    const { token, baseUrl } = sandbox;
    const setting = { file: join(folder, "task.json"), token, baseUrl, factor: FACTOR, origin };
    expect(await aProcess({ ...setting, dieAt })).toBe("SIGKILL");
    expect(await aProcess({ ...setting, dieAt: "never" })).toBe(end);
    expect(sandbox.rings()).toBe(rings);
    expect(sandbox.record.requests.filter(({ endpoint }) => endpoint === "send")).toHaveLength(rings);
  },
  120_000,
);
