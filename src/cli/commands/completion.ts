import type { Command } from "commander";
import type { LocalCommand } from "../command.js";
import { EXIT } from "../exit-codes.js";
import { program } from "../program.js";

interface Completable {
  name: string;
  description: string;
  flags: { long: string; description: string }[];
  values: readonly string[];
}

/** `pollyreach completion <shell>`: made from the command line's own definition, so that it cannot lag behind. */
export const completion: LocalCommand<"completion"> = ({ shell }, { output }) => {
  const script = SCRIPTS[shell](completables());
  output.verbatim(script);
  return { code: EXIT.done, result: { shell, script } };
};

function completables(): Completable[] {
  return program("", () => {}).commands.map((command: Command) => ({
    name: command.name(),
    description: command.description(),
    flags: command.options.flatMap(({ long, description }) => (long ? [{ long, description }] : [])),
    values: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? []),
  }));
}

const words = ({ flags, values }: Completable) => [...values, ...flags.map(({ long }) => long)].join(" ");
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

const SCRIPTS = {
  bash: (commands: Completable[]) => `# source <(pollyreach completion bash)
_pollyreach() {
  local words
  case "\${COMP_WORDS[1]}" in
${commands.map((each) => `    ${each.name}) words=${quoted(words(each))} ;;`).join("\n")}
    *) words=${quoted(commands.map(({ name }) => name).join(" "))} ;;
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words=${quoted(commands.map(({ name }) => name).join(" "))}; fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _pollyreach pollyreach`,
  zsh: (commands: Completable[]) => `#compdef pollyreach
# source <(pollyreach completion zsh)
_pollyreach() {
  if (( CURRENT == 2 )); then
    local -a commands=(
${commands.map(({ name, description }) => `      ${quoted(`${name}:${description}`)}`).join("\n")}
    )
    _describe command commands
    return
  fi
  case $words[2] in
${commands.map((each) => `    ${each.name}) compadd -- ${words(each)} ;;`).join("\n")}
  esac
}
compdef _pollyreach pollyreach`,
  fish: (commands: Completable[]) =>
    [
      "# pollyreach completion fish | source",
      "complete -c pollyreach -f",
      ...commands.flatMap(({ name, description, flags, values }) => {
        const within = `-n "__fish_seen_subcommand_from ${name}"`;
        return [
          `complete -c pollyreach -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`,
          ...(values.length > 0 ? [`complete -c pollyreach ${within} -a ${quoted(values.join(" "))}`] : []),
          ...flags.map(
            (flag) =>
              `complete -c pollyreach ${within} -l ${flag.long.slice(2)} -d ${quoted(flag.description)}`,
          ),
        ];
      }),
    ].join("\n"),
} as const;
