import { spawnSync } from "node:child_process";
import { PollyReachClient } from "../src/client/client.js";
import { type Benchmark, CannotRun, cpuPerCall, type Measure } from "./harness.js";
import { startService, TOKEN } from "./service.js";

const MESSAGE = "Book a table for two at seven tonight.";
const POLLS = 5;
const CALLS = 40;
const SHELL_CALLS = 3;
const WARM_UP_CALLS = 400;

/**
 * The shell does what the service's own scripts do: curl for each request, then grep and sed to find what they need in
 * the reply. Theirs also make a TLS handshake each time, which does not count here.
 *
 * The CPU of a process started per request is taken from the shell's own `times`.
 */
export const sendAndPoll: Benchmark = {
  name: "send-and-poll",
  about: `placing a call and asking ${POLLS} times for its result, warm, against a shell script that starts curl for each request`,
  unit: "µs CPU",
  baseline: "client",
  rounds: 25,
  elsewhere: ["shell script", "curl alone"],
  goals: [{ variant: "shell script", of: "ratio", atLeast: 25 }],
  async open() {
    if (spawnSync("curl", ["--version"]).status !== 0) throw new CannotRun("there is no curl here");
    if (spawnSync("sh", ["-c", "times"]).status !== 0) throw new CannotRun("there is no POSIX shell here");
    const service = await startService();
    const client = new PollyReachClient({ baseUrl: service.url, token: TOKEN });
    const call = async () => {
      await client.send(MESSAGE);
      for (let poll = 0; poll < POLLS; poll++) await client.query();
    };
    for (let warm = 0; warm < WARM_UP_CALLS; warm++) await call();
    return {
      variants: {
        client: cpuPerCall(CALLS, call),
        "shell script": throughShell(service.url),
        "curl alone": throughShell(service.url, { reading: false }),
      },
      async close() {
        await client.close();
        service.close();
      },
    };
  },
};

function throughShell(url: string, { reading } = { reading: true }): Measure {
  const ask = (path: string, body: string) =>
    `REPLY=$(curl -s -X POST '${url}${path}' -H 'Authorization: Bearer ${TOKEN}' ` +
    `-H 'Content-Type: application/json' -d '${body}')`;
  const find = (name: string, pattern: string) => `${name}=$(echo "$REPLY" | ${pattern})`;
  const finds = (...all: string[]) => (reading ? all : []);
  const send = [
    ask("/chat/openclaw/completions", JSON.stringify({ message: MESSAGE })),
    ...finds(
      find("ACCEPTED", `grep '"status" *: *true'`),
      find("TASK", `sed -n 's/.*"task_id" *: *"\\([^"]*\\)".*/\\1/p'`),
      `[ "$TASK" = task-1 ] || exit 1`,
    ),
  ];
  const poll = [
    ask("/chat/openclaw/query", "{}"),
    ...finds(
      find("DONE", `grep '"done" *: *true'`),
      find("RESULT", `sed -n 's/.*"message" *: *"\\([^"]*\\)".*/\\1/p'`),
    ),
  ];
  const call = [...send, ...Array.from({ length: POLLS }, () => poll).flat()];
  const script = [...Array.from({ length: SHELL_CALLS }, () => call).flat(), "times"].join("\n");
  return () => {
    const { status, stdout, stderr } = spawnSync("sh", ["-c", script], { encoding: "utf8" });
    if (status !== 0) throw new Error(`The shell's requests failed: ${stderr}`);
    return (secondsIn(stdout) * 1e6) / SHELL_CALLS;
  };
}

/** Sums the four times that `times` prints: user and system, of the shell and of its children. */
function secondsIn(times: string): number {
  const found = [...times.matchAll(/(\d+)m(\d+(?:\.\d+)?)s/g)];
  if (found.length !== 4) throw new Error(`The shell's times are not understood: ${times}`);
  return found.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}
