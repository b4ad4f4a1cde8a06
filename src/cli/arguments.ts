import { CommanderError } from "commander";
import { type Invocation, invocation } from "./invocation.js";
import { program } from "./program.js";

/** What a command line comes to: something to do, something to show, or a mistake. */
export type Parsed =
  | { kind: "run"; invocation: Invocation }
  | { kind: "show"; text: string }
  | { kind: "mistake"; message: string };

/** Reads a command line, without the program's own name. Pure: prints nothing and ends nothing. */
export function parseArguments(argv: readonly string[], version: string): Parsed {
  let shown = "";
  let asked: Record<string, unknown> | undefined;
  const root = program(version, (command, given) => {
    asked = { ...given, command };
  });
  for (const each of [root, ...root.commands]) {
    each.exitOverride().configureOutput({
      writeOut: (text) => (shown += text),
      writeErr: () => {},
      getOutHelpWidth: () => 80,
    });
  }
  try {
    root.parse(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: "show", text: shown };
    if (error.code === "commander.help") return { kind: "show", text: root.helpInformation() };
    return { kind: "mistake", message: error.message.replace(/^error: /, "") };
  }
  const checked = invocation.safeParse(asked);
  if (checked.success) return { kind: "run", invocation: checked.data };
  const problems = checked.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  return { kind: "mistake", message: problems.join("; ") };
}
