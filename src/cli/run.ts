import { parseArguments } from "./arguments.js";
import type { CommandEnd, Setting } from "./command.js";
import { errorEnd } from "./error-end.js";
import { EXIT, type ExitCode } from "./exit-codes.js";
import type { Invocation } from "./invocation.js";
import { Output } from "./output.js";
import { Interrupted, type Prompter } from "./prompter.js";
import type { World } from "./world.js";

/** How the command is run, besides the machine. */
export interface RunOptions {
  version: string;
  /** Asks the person at the terminal. Called only where there is one. */
  prompter: (world: World) => Prompter;
}

/** Carries out one command line, and says how it ended by its exit code. Never throws. */
export async function runCommand(
  argv: readonly string[],
  world: World,
  { version, prompter }: RunOptions,
): Promise<ExitCode> {
  const parsed = parseArguments(argv, version);
  if (parsed.kind === "show") {
    world.stdout.write(parsed.text);
    return EXIT.done;
  }
  if (parsed.kind === "mistake") {
    const output = new Output(world, argv.includes("--json"));
    const error = { code: "usage", message: parsed.message };
    output.document({ ok: false, exitCode: EXIT.usage, error });
    output.note(`pollyreach: ${parsed.message}\nSee pollyreach --help.`);
    return EXIT.usage;
  }
  const { invocation } = parsed;
  const output = new Output(world, invocation.json);
  const atTerminal = world.stdin.isTTY === true && world.stderr.isTTY === true && !invocation.json;
  const setting: Setting = { world, output, prompter: atTerminal ? prompter(world) : undefined };
  const { command } = invocation;
  try {
    const { code, result } = await carryOut(invocation, setting);
    output.document({ ok: code === EXIT.done, command, exitCode: code, result });
    return code;
  } catch (thrown) {
    if (thrown instanceof Interrupted || world.interrupted.aborted) {
      const error = { code: "interrupted", message: "Interrupted." };
      output.document({ ok: false, command, exitCode: EXIT.interrupted, error });
      output.note("Interrupted.");
      return EXIT.interrupted;
    }
    const { code, error } = errorEnd(thrown);
    output.document({ ok: false, command, exitCode: code, error });
    output.note(`pollyreach: ${error.message}`);
    if (error.nextStep !== undefined) output.note(error.nextStep);
    return code;
  }
}

/** Loads only what the command needs: the workflows take longer to load than most commands take to run. */
async function carryOut(invocation: Invocation, setting: Setting): Promise<CommandEnd> {
  switch (invocation.command) {
    case "share":
      return (await import("./commands/share.js")).share(invocation, setting);
    case "completion":
      return (await import("./commands/completion.js")).completion(invocation, setting);
    case "sandbox":
      return (await import("./commands/sandbox.js")).sandbox(invocation, setting);
  }
  const { onLine } = await import("./on-line.js");
  switch (invocation.command) {
    case "setup": {
      const { setup } = await import("./commands/setup.js");
      return onLine(invocation, setting, "any", (line) => setup(invocation, line));
    }
    case "history": {
      const { history } = await import("./commands/history.js");
      return onLine(invocation, setting, "any", (line) => history(invocation, line));
    }
    case "doctor": {
      const { doctor } = await import("./commands/doctor.js");
      return onLine(invocation, setting, "any", (line) => doctor(invocation, line));
    }
    case "balance": {
      const { balance } = await import("./commands/balance.js");
      return onLine(invocation, setting, "registered", (line) => balance(invocation, line));
    }
    case "call": {
      const { call } = await import("./commands/call.js");
      return onLine(invocation, setting, "registered", (line) => call(invocation, line));
    }
    case "inbound": {
      const { inbound } = await import("./commands/inbound.js");
      return onLine(invocation, setting, "registered", (line) => inbound(invocation, line));
    }
    case "prompt": {
      const { prompt } = await import("./commands/prompt.js");
      return onLine(invocation, setting, "registered", (line) => prompt(invocation, line));
    }
  }
}
