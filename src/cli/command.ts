import type { ExitCode } from "./exit-codes.js";
import type { CommandName, InvocationOf } from "./invocation.js";
import type { Output } from "./output.js";
import type { Prompter } from "./prompter.js";
import type { Session } from "./session.js";
import type { World } from "./world.js";

/** What every command works with. */
export interface Setting {
  world: World;
  output: Output;
  /** Absent where nobody can be asked: not at a terminal, or with `--json`. */
  prompter: Prompter | undefined;
}

/** How a command ended: its exit code, and what `--json` prints of it. */
export interface CommandEnd {
  code: ExitCode;
  result: Record<string, unknown>;
}

/** A command that needs no phone line. */
export type LocalCommand<Name extends CommandName> = (
  invocation: InvocationOf<Name>,
  setting: Setting,
) => Promise<CommandEnd> | CommandEnd;

/** A command that works on a phone line. */
export type LineCommand<Name extends CommandName> = (
  invocation: InvocationOf<Name>,
  setting: Setting & { session: Session },
) => Promise<CommandEnd>;
