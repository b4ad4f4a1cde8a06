import { setMaxListeners } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { onTestFinished } from "vitest";
import type { Option, Prompter } from "../../src/cli/prompter.js";
import { Interrupted } from "../../src/cli/prompter.js";
import { runCommand } from "../../src/cli/run.js";
import type { World } from "../../src/cli/world.js";
import { DEFAULT_BASE_URL } from "../../src/client/wire.js";
import {
  createVirtualClock,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from "../../src/sandbox/index.js";

/** A token to be looked for wherever it must not be. */
export const CANARY = "canary-7d1f-cli-token";

/** Monday, 16 March 2026, 17:00 in UTC and 10:00 in San Francisco. */
export const START = "2026-03-16T17:00:00Z";

/** Ids are unique in the process, since a call is never dialed twice in one; on the screen they are shown as 0000…. */
let terminals = 0;

/** What a person types; "^C" is Ctrl-C. */
type Typed = string | (() => string);

/** Somebody at a terminal, whose commands reach a simulated service as if it were the live one. */
export interface Terminal {
  sandbox: Sandbox;
  home: string;
  world: World;
  /** Ctrl-C while the command works. */
  interrupt(): void;
  /** Runs a command as a new process would. `session` is all that was to be seen, in order. */
  run(...argv: string[]): Promise<{ code: number; session: string; stdout: string; stderr: string }>;
}

export interface TerminalOptions {
  sandbox?: SandboxOptions;
  /** Default: true, with answers for every question. */
  tty?: boolean;
  /** What is typed, in the order it is asked for. */
  types?: Typed[];
  env?: Record<string, string>;
  /** Whether a key is there. Default: true. */
  registered?: boolean;
  color?: boolean;
}

class Recorder extends Writable {
  isTTY?: boolean;
  columns?: number;
  own = "";
  constructor(private readonly all: string[]) {
    super({ decodeStrings: false });
  }
  override _write(chunk: string | Buffer, _encoding: string, done: () => void): void {
    this.own += chunk;
    this.all.push(String(chunk));
    done();
  }
}

export async function aTerminal(options: TerminalOptions = {}): Promise<Terminal> {
  const { tty = true, types = [], registered = true } = options;
  const clock = createVirtualClock(START);
  const sandbox = await startSandbox({ token: CANARY, ...options.sandbox, clock });
  const home = mkdtempSync(join(tmpdir(), "polly-cli-"));
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(home, { recursive: true, force: true });
  });
  let interruption = new AbortController();
  const typed = [...types];
  let ids = 0;
  const prefix = String(++terminals).padStart(4, "0");
  const world: World = {
    stdin: Object.assign(new PassThrough(), { isTTY: tty }),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    env: {
      ...(registered && { POLLYREACH_TOKEN: CANARY }),
      ...(!options.color && { NO_COLOR: "1" }),
      ...options.env,
    },
    homeDir: home,
    clock,
    timeZone: "UTC",
    newId: () => `${prefix}${String(++ids).padStart(4, "0")}-0000-4000-8000-000000000000`,
    random: () => 0.5,
    fetch: (input, init) =>
      sandbox.fetch(
        String(input instanceof Request ? input.url : input).replace(DEFAULT_BASE_URL, sandbox.baseUrl),
        init,
      ),
    interrupted: interruption.signal,
  };
  return {
    sandbox,
    home,
    world,
    interrupt: () => interruption.abort(),
    async run(...argv) {
      interruption = new AbortController();
      setMaxListeners(0, interruption.signal);
      const all: string[] = [];
      const [stdout, stderr] = [new Recorder(all), new Recorder(all)];
      Object.assign(stdout, { isTTY: tty, columns: 80 });
      Object.assign(stderr, { isTTY: tty, columns: 80 });
      const now = { ...world, stdout, stderr, interrupted: interruption.signal };
      const own = argv.map((word) => word.replace(/^0000(?=\d{4}$)/, prefix));
      const code = await runCommand(own, now, {
        version: "0.0.0",
        prompter: () => person(typed, (text) => all.push(text)),
      });
      return {
        code,
        session: screen(all.join("")).replaceAll(new RegExp(`\\b${prefix}(?=\\d{4}\\b)`, "g"), "0000"),
        stdout: stdout.own,
        stderr: stderr.own,
      };
    },
  };
}

/** Answers as they were laid down, and shows question and answer as a terminal would. */
function person(typed: Typed[], show: (text: string) => void): Prompter {
  const next = (message: string): string => {
    const answer = typed.shift();
    if (answer === undefined) throw new Error(`Nobody is there to answer: ${message}`);
    const text = typeof answer === "function" ? answer() : answer;
    show(`? ${message} ${text}\n`);
    if (text === "^C") throw new Interrupted();
    return text;
  };
  return {
    async choose<T extends string>(message: string, options: readonly Option<T>[]) {
      const offered = options.map(({ label }) => label).join(" / ");
      const label = next(`${message} [${offered}]`);
      const picked = options.find((option) => option.label === label);
      if (!picked) throw new Error(`“${label}” is not offered: ${offered}`);
      return picked.value;
    },
    async text(message, problem) {
      for (;;) {
        const answer = next(message);
        const wrong = problem?.(answer);
        if (wrong === undefined) return answer;
        show(`! ${wrong}\n`);
      }
    },
    enter: async (message) => void next(message),
  };
}

/** What is left on the screen: a line that was written over is gone. */
function screen(text: string): string {
  const clear = `\r${String.fromCharCode(0x1b)}[K`;
  return text
    .split("\n")
    .map((line) => line.slice(line.lastIndexOf(clear) < 0 ? 0 : line.lastIndexOf(clear) + clear.length))
    .join("\n");
}
