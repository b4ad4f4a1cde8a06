import { Argument, Command, Option } from "commander";
import { ANSWERING_PRESETS } from "../answering/presets.js";
import type { CommandName } from "./invocation.js";

const EXIT_CODES = `
Exit codes:
  0  done
  1  carried out, but the outcome is not what was asked for, or not certain
  2  the command line was not understood
  3  a human has to answer or decide
  4  no phone line is set up here, or its key cannot be used
  5  the service or the network is in trouble
  130  interrupted; a call that was placed goes on
`;

const ENVIRONMENT = `
Environment:
  POLLYREACH_TOKEN, POLLYREACH_KEY_FILE  the key, in place of the saved one
  POLLYREACH_BASE_URL                    another service, such as a sandbox
  POLLYREACH_STATE_DIR                   where tasks and history are kept
  NO_COLOR                               no colours
`;

const several = (value: string, before: string[] = []) => [...before, value];

/** The command line, as it is documented. `asked` is told which command was named, with what. */
export function program(
  version: string,
  asked: (command: CommandName, given: Record<string, unknown>) => void,
): Command {
  const root = new Command("pollyreach")
    .description("Phone calls from the terminal: Polly calls, answers, and reports what was really said.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help on a command")
    .option("--sandbox", "on the built-in sandbox, in virtual time: no phone rings")
    .option("--json", "one JSON document on standard output, for machines")
    .showSuggestionAfterError(true)
    .addHelpText("after", EXIT_CODES + ENVIRONMENT);

  const command = (name: CommandName, description: string) => {
    const made = root.command(name).description(description).helpOption("-h, --help", "print help");
    return made.allowExcessArguments(false).configureHelp({ showGlobalOptions: true });
  };
  const ends = (made: Command, name: CommandName, ...argumentNames: string[]) =>
    made.action((...given: unknown[]) => {
      const named = argumentNames.map((argument, index) => [argument, given[index]] as const);
      const present = named.filter(([, value]) => value !== undefined);
      asked(name, { ...made.optsWithGlobals(), ...Object.fromEntries(present) });
    });

  ends(
    command("setup", "get a phone number, or go on with a set-up that was left")
      .option("--name <name>", "what your assistant is called")
      .option("--no-wait", "do not wait for the sign-in; run setup again when it is done"),
    "setup",
  );
  ends(
    command("call", "have something done over the phone")
      .argument("[what]", "what is to be done, in plain words")
      .option("--to <number>", "whom to call; again for more, in order of preference", several)
      .option("--name <name>", "their name, one for each --to; alone, Polly looks the number up", several)
      .option("--for <name>", "on whose behalf the call is made")
      .option("--when <time>", "not before, or from/to: 2026-03-17T19:00+09:00, 09:30, in 2h")
      .option("--zone <zone>", "time zone of those called, such as Asia/Tokyo")
      .option("--hours <hours>", 'their opening hours, such as "mon-fri 09:00-17:00, sat 10:00-13:00"')
      .option("--language <tag>", "language to speak, such as ja")
      .option("--country <code>", "country of numbers without +, such as JP")
      .option("--may-tell <name=value>", "a detail they may be told; again for more", several)
      .option("--may-agree <terms>", "what may be agreed to without asking you; again for more", several)
      .option("--need <name>", "a detail you will be asked for before the call; again for more", several)
      .option("--find-other", "Polly may look for another place if these do not work out")
      .option("--confirm <number>", "confirm the first number on a live line without being asked")
      .option("--resume [id]", "pick up a call again; without an id, the last one that is open")
      .option("--answer <text>", "with --resume: the answer to what was asked")
      .option("--choose <option>", "with --resume: one of the options offered"),
    "call",
    "what",
  );
  ends(
    command("inbound", "show the calls that Polly has answered")
      .option("--watch", "go on looking, until Ctrl-C")
      .option("--every <minutes>", "with --watch: how often, 5 to 10 minutes")
      .option("--show-secrets", "do not mask one-time codes and the like"),
    "inbound",
  );
  ends(
    command("prompt", "see or set how incoming calls are answered")
      .addArgument(new Argument("[action]", "what to do").choices(["show", "set", "history"]))
      .argument("[text]", "with set: how to answer, in plain words")
      .addOption(new Option("--preset <name>", "with set: a way of answering").choices(ANSWERING_PRESETS))
      .option("--for <name>", "with --preset: on whose behalf calls are answered")
      .option("--company <name>", "with --preset: the business that calls are answered for")
      .option("--restore <version>", "with set: an earlier version, by its number in the history"),
    "prompt",
    "action",
    "text",
  );
  ends(
    command("history", "search the calls made and answered")
      .argument("[search]", "words, a name or a number")
      .option("--number <number>", "only this number")
      .option("--name <name>", "only this name")
      .option("--since <time>", "only from then on, such as 2026-03-01")
      .option("--until <time>", "only until then")
      .option("--outcome <kind>", "only this outcome, such as achieved")
      .option("--direction <direction>", "only calls that came in, or went out: in, out")
      .option("--limit <count>", "at most so many; default 20")
      .option("--export", "as JSON lines, with everything that is kept")
      .option("--delete", "delete what is found; needs --number or --until"),
    "history",
    "search",
  );
  ends(command("balance", "show the credits that are left"), "balance");
  ends(command("share", "show the message to share with friends for free credits"), "share");
  ends(command("doctor", "look for what is wrong, and say what to do about it"), "doctor");
  ends(
    command("sandbox", "run a simulated service until Ctrl-C, and print its address and a token").option(
      "--fast <factor>",
      "let its time pass so many times as fast; default 1",
    ),
    "sandbox",
  );
  ends(
    command("completion", "print a script that completes this command in a shell").addArgument(
      new Argument("<shell>", "your shell").choices(["bash", "zsh", "fish"]),
    ),
    "completion",
    "shell",
  );
  return root;
}
