import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { behaviours, type Sandbox, scaledClock, startSandbox } from "../../src/sandbox/index.js";
import { screenOf } from "./screen.js";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const hasScript = spawnSync("script", ["--version"]).status === 0;

function aHome(): string {
  const home = mkdtempSync(join(tmpdir(), "polly-pty-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

/** Runs the command in a process under a pseudo-terminal, and types each answer once its words are on the screen. */
function underTerminal(
  argv: string,
  {
    home,
    env = {},
    types,
  }: { home: string; env?: Record<string, string>; types: (readonly [after: string, keys: string])[] },
): Promise<{ code: number | null; screen: string }> {
  const child = spawn(
    "script",
    ["-qefc", `stty rows 24 cols 80; exec node --import tsx ${MAIN} ${argv}`, "/dev/null"],
    {
      env: { PATH: process.env.PATH, HOME: home, TERM: "xterm", NO_COLOR: "1", TZ: "UTC", ...env },
    },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  const waiting = [...types];
  let seen = "";
  let typedAt = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    seen += chunk.toString("utf8");
    const [next] = waiting;
    if (next && seen.indexOf(next[0], typedAt) >= 0) {
      typedAt = seen.length;
      waiting.shift();
      child.stdin.write(next[1]);
    }
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, screen: screenOf(seen) })));
}

const DOWN = `${String.fromCharCode(0x1b)}[B`;
const ENTER = "\r";
const CTRL_C = String.fromCharCode(0x03);

function lineOf(sandbox: Sandbox<ReturnType<typeof scaledClock>>) {
  return { POLLYREACH_BASE_URL: sandbox.baseUrl, POLLYREACH_TOKEN: sandbox.token };
}

describe.skipIf(!hasScript)("under a real pseudo-terminal (skipped where there is no script(1))", () => {
  it("offers the sandbox, and takes the arrow keys", { timeout: 60_000 }, async () => {
    const { code, screen } = await underTerminal("balance", {
      home: aHome(),
      types: [
        ["Enter: confirm", DOWN],
        ["● Try it", ENTER],
      ],
    });
    expect(screen).toMatchInlineSnapshot(`
      "│
      ◇  No phone line is set up here yet.
      │  Try it on the built-in sandbox: no phone rings
      (On the built-in sandbox, in virtual time: no phone rings.)
      💳 784 of 800 credits left."
    `);
    expect(code).toBe(0);
  });

  it("asks in place, shows the progress on one line, and Ctrl-C leaves the call going on", {
    timeout: 90_000,
  }, async () => {
    // The machine's clock, as another process has no other.
    await using sandbox = await startSandbox({
      clock: scaledClock(1),
      people: [
        {
          name: "Roma",
          phone: "+14155550101",
          behaviours: [behaviours.agrees("a table", { durationMs: 12_000 })],
        },
      ],
    });
    const home = aHome();
    const where = { home, env: lineOf(sandbox) };
    const task = `call "book a table" --to +14155550101 --name Roma --need "party size" --zone ${waking()}`;
    const left = await underTerminal(task, {
      ...where,
      types: [
        ["party size (Enter alone: later)", `4${ENTER}`],
        ["📞 Roma, +14155550101 · ", CTRL_C],
      ],
    });
    expect(left.screen).toMatch(
      /Stopped waiting\. The call to Roma, \+14155550101 goes on without you\.\nPick it up with: pollyreach call --resume [0-9a-f]{8}$/,
    );
    expect(left.code).toBe(130);

    const taken = await underTerminal("call --resume", { ...where, types: [] });
    expect(taken.screen).toContain("Success: Polly got it done.");
    expect(taken.code).toBe(0);
    expect(sandbox.rings("+14155550101")).toBe(1);
  });

  it("runs a sandbox until Ctrl-C, which another process can call on", { timeout: 60_000 }, async () => {
    const { code, screen } = await underTerminal("sandbox", {
      home: aHome(),
      types: [["Ctrl-C ends it.", CTRL_C]],
    });
    expect(screen.replace(/:\d+\//, ":…/").replace(/sandbox-[0-9a-f-]+/, "sandbox-…")).toMatchInlineSnapshot(`
      "🏖️  A simulated PollyReach service is running. No phone rings.

        export POLLYREACH_BASE_URL=http://127.0.0.1:…/platform/v1
        export POLLYREACH_TOKEN=sandbox-…

      People to call:
        +14155550101  Trattoria Roma       takes the booking
        +14155550102  Dr Chen's Practice   is engaged at first
        +14155550103  Harbour Hotel        offers something else
        +14155550104  Quick Plumbing       says no
        +14155550105  Sam Rivera           does not pick up
        +14155550106  City Theatre         asks something back

      Ctrl-C ends it.
      ^C"
    `);
    expect(code).toBe(0);
  });
});

/** A zone in which it is about noon now, so that somebody may be called there at any hour of this machine. */
function waking(): string {
  const ahead = 12 - new Date().getUTCHours();
  return ahead === 0 ? "UTC" : `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
}
