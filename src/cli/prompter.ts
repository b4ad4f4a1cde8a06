import type { World } from "./world.js";

/** One answer to choose. */
export interface Option<T> {
  value: T;
  label: string;
}

/** Asks the person at the terminal. */
export interface Prompter {
  /** @throws Interrupted when they press Ctrl-C */
  choose<T extends string>(message: string, options: readonly Option<T>[]): Promise<T>;
  /**
   * @param problem what is wrong with an answer, or undefined; asked again until nothing is
   * @throws Interrupted when they press Ctrl-C
   */
  text(message: string, problem?: (answer: string) => string | undefined): Promise<string>;
  /** Resolves when they press Enter. @throws the signal's reason */
  enter(message: string, signal: AbortSignal): Promise<void>;
}

/** The person pressed Ctrl-C, at a question or while waiting. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  constructor() {
    super("Interrupted.");
  }
}

/** Questions in the terminal: on standard error, so that results can be redirected. */
export function terminalPrompter({ stdin, stderr, interrupted }: World): Prompter {
  const streams = { input: stdin, output: stderr, signal: interrupted };
  return {
    async choose(message, options) {
      const { isCancel, select } = await import("@clack/prompts");
      const choices = options.map(({ value, label }) => ({ value: value as string, label }));
      const picked = await select<string>({ message, options: choices, ...streams });
      const chosen = options.find(({ value }) => value === picked);
      if (isCancel(picked) || chosen === undefined) throw new Interrupted();
      return chosen.value;
    },
    async text(message, problem) {
      const { isCancel, text } = await import("@clack/prompts");
      const answer = await text({
        message,
        validate: (value) => problem?.(value?.trim() ?? ""),
        ...streams,
      });
      if (isCancel(answer)) throw new Interrupted();
      return (answer ?? "").trim();
    },
    async enter(message, signal) {
      stderr.write(`${message}\n`);
      const { createInterface } = await import("node:readline/promises");
      const lines = createInterface({ input: stdin });
      try {
        await lines.question("", { signal });
      } finally {
        lines.close();
      }
    },
  };
}
