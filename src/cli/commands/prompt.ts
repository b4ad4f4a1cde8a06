import { currentPrompt, type PromptVersion, promptHistory } from "../../answering/prompt-versions.js";
import {
  type AnsweringPromptChoice,
  updateAnsweringPrompt,
} from "../../answering/update-answering-prompt.js";
import type { CommandEnd, LineCommand, Setting } from "../command.js";
import { EXIT } from "../exit-codes.js";
import type { InvocationOf } from "../invocation.js";
import type { Session } from "../session.js";
import { UsageError } from "../usage-error.js";

type Line = Setting & { session: Session };

/** `pollyreach prompt`: how incoming calls are answered, as far as it was set from here. */
export const prompt: LineCommand<"prompt"> = (invocation, line) => {
  switch (invocation.action) {
    case "show":
      return show(line);
    case "set":
      return set(invocation, line);
    case "history":
      return history(line);
  }
};

async function show({ output, session }: Line): Promise<CommandEnd> {
  const { current, uncertain } = await currentPrompt(session.store, session.lineName());
  if (current) tell(current, output.say.bind(output));
  else output.say("No prompt was set from here, so the service's own way of answering applies.");
  if (uncertain) {
    output.say();
    output.say("⚠️ It is not known whether the service took this later one. Set it again to be sure:");
    tell(uncertain, output.say.bind(output));
  }
  return { code: EXIT.done, result: { ...(current && { current }), ...(uncertain && { uncertain }) } };
}

async function set(
  invocation: InvocationOf<"prompt">,
  { output, session, world }: Line,
): Promise<CommandEnd> {
  const { client, clock, store } = session;
  const line = {
    lineId: session.lineName(),
    updateAnsweringPrompt: client.updateAnsweringPrompt.bind(client),
  };
  const options = { clock, signal: world.interrupted };
  const version = await updateAnsweringPrompt(line, store, choiceOf(invocation), options);
  output.say("✅ Calls are answered like this from now on:");
  tell(version, output.say.bind(output));
  return { code: EXIT.done, result: { set: version } };
}

function choiceOf(invocation: InvocationOf<"prompt">): AnsweringPromptChoice {
  const { text, preset, restore, company } = invocation;
  const given = [text, preset, restore].filter((each) => each !== undefined);
  if (given.length !== 1) {
    throw new UsageError("Give one of: the text of the prompt, --preset <name>, or --restore <version>.");
  }
  if (preset !== undefined) return { preset, owner: invocation.for, company };
  return restore === undefined ? (text ?? "") : { version: restore };
}

async function history({ output, session, world }: Line): Promise<CommandEnd> {
  const versions = await promptHistory(session.store, session.lineName());
  if (versions.length === 0) output.say("No prompt was set from here.");
  const dates = new Intl.DateTimeFormat("sv-SE", {
    dateStyle: "short",
    timeStyle: "short",
    timeZone: world.timeZone,
  });
  for (const version of versions) {
    output.say(`${version.version}. ${dates.format(version.at)}, ${STATES[version.state]}`);
    output.say(indented(version.prompt));
  }
  return { code: EXIT.done, result: { versions } };
}

const STATES: Readonly<Record<PromptVersion["state"], string>> = {
  set: "set",
  setting: "sent; whether the service took it is not known",
  failed: "not taken by the service",
};

function tell(version: PromptVersion, say: (text: string) => void): void {
  say(indented(version.prompt));
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}
