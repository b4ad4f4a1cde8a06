#!/usr/bin/env node
import { setMaxListeners } from "node:events";
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { systemClock } from "../clock.js";
import { EXIT } from "./exit-codes.js";
import { terminalPrompter } from "./prompter.js";
import { runCommand } from "./run.js";

const interruption = new AbortController();
// Everything that waits listens to it, for as long as the command runs.
setMaxListeners(0, interruption.signal);

/** The first Ctrl-C ends the waiting; a second one ends the program where it stands. */
process.on("SIGINT", () => {
  if (interruption.signal.aborted) process.exit(EXIT.interrupted);
  interruption.abort();
});
// A reader that goes away, as `| head` does, is no failure.
process.stdout.on("error", () => process.exit(EXIT.done));

/** The package's own version: two folders up from here, in the sources as in what is built of them. */
function version(): string {
  const found: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return typeof found === "object" && found !== null && "version" in found ? String(found.version) : "";
}

process.exitCode = await runCommand(
  process.argv.slice(2),
  {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    homeDir: homedir(),
    clock: systemClock,
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    newId: () => crypto.randomUUID(),
    random: Math.random,
    interrupted: interruption.signal,
  },
  { version: version(), prompter: terminalPrompter },
);
process.stdin.unref?.();
