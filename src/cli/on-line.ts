import { CredentialsError } from "../client/errors.js";
import type { CommandEnd, Setting } from "./command.js";
import { setup } from "./commands/setup.js";
import { EXIT } from "./exit-codes.js";
import type { Invocation } from "./invocation.js";
import { liveSession, type Session, sandboxSession } from "./session.js";

/** Whether a command needs a line that is registered, or takes what there is. */
type Needs = "registered" | "any";

/**
 * Runs a command on the line it is meant for. Where it needs one and there is none, the person at the terminal is
 * offered to set one up or to go on with the sandbox; elsewhere the error says how.
 */
export async function onLine(
  invocation: Invocation,
  setting: Setting,
  needs: Needs,
  command: (line: Setting & { session: Session }) => Promise<CommandEnd>,
): Promise<CommandEnd> {
  const { output, world } = setting;
  if (invocation.sandbox) {
    return onSandbox(setting, invocation.command !== "setup", command);
  }
  await using session = liveSession(world, (warning) => output.note(`⚠️ ${warning}`));
  if (needs === "any" || session.client.hasToken) return await command({ ...setting, session });
  switch (await offer(setting, invocation)) {
    case "setup": {
      const end = await setup(
        { command: "setup", wait: true, json: invocation.json, sandbox: false },
        { ...setting, session },
      );
      return end.code === EXIT.done ? await command({ ...setting, session }) : end;
    }
    case "sandbox":
      return await onSandbox(setting, true, command);
    case "stop":
      throw noLine(invocation);
  }
}

async function onSandbox(
  setting: Setting,
  registered: boolean,
  command: (line: Setting & { session: Session }) => Promise<CommandEnd>,
): Promise<CommandEnd> {
  await using session = await sandboxSession(setting.world, registered);
  setting.output.note("(On the built-in sandbox, in virtual time: no phone rings.)");
  return await command({ ...setting, session });
}

async function offer({ prompter }: Setting, invocation: Invocation): Promise<"setup" | "sandbox" | "stop"> {
  if (!prompter) throw noLine(invocation);
  return prompter.choose("No phone line is set up here yet.", [
    { value: "setup", label: "Set one up now" },
    { value: "sandbox", label: "Try it on the built-in sandbox: no phone rings" },
    { value: "stop", label: "Stop here" },
  ]);
}

function noLine({ command }: Invocation): CredentialsError {
  return new CredentialsError("No phone line is set up here yet.", {
    nextStep: `Run “pollyreach setup”, or try it without one: “pollyreach --sandbox ${command} …”.`,
  });
}
