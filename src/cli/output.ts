import { stripVTControlCharacters, styleText } from "node:util";
import { columns, cut } from "../reports/columns.js";
import type { Report } from "../reports/layout.js";
import { renderTerminal } from "../reports/render-terminal.js";
import { wrapped } from "./text-wrapping.js";
import type { Screen, World } from "./world.js";

/** Nothing is wider, however wide the terminal. */
const WIDEST = 80;

const CLEAR_LINE = "\r\u001b[K";

/**
 * What the command says: results on standard output, and what is only of the moment (progress, hints, questions) on
 * standard error. With `--json` there is nothing but one document on standard output.
 */
export class Output {
  readonly width: number;
  readonly color: boolean;
  readonly #out: Screen;
  readonly #err: Screen;
  #progress = "";

  constructor(
    { stdout, stderr, env }: Pick<World, "stdout" | "stderr" | "env">,
    readonly json: boolean,
  ) {
    this.#out = stdout;
    this.#err = stderr;
    this.width = Math.max(20, Math.min(stdout.columns ?? WIDEST, WIDEST));
    const refused = (env.NO_COLOR ?? "") !== "" || env.TERM === "dumb";
    this.color = stdout.isTTY === true && !refused;
  }

  /** A result, for people. */
  say(text = ""): void {
    if (this.json) return;
    this.#endProgress();
    this.#out.write(`${wrapped(text, this.width)}\n`);
  }

  /** A result that must stand as it is, such as a message to copy. */
  verbatim(text: string): void {
    if (this.json) return;
    this.#endProgress();
    this.#out.write(`${text}\n`);
  }

  report(report: Report): void {
    if (this.json) return;
    this.#endProgress();
    this.#out.write(renderTerminal(report, { width: this.width, color: this.color }));
  }

  /** A hint beside the result, also with `--json`. */
  note(text: string): void {
    this.#endProgress();
    this.#err.write(`${wrapped(text, this.width)}\n`);
  }

  /** How it goes at the moment: one line that is written over in a terminal, a line each time elsewhere. */
  progress(text: string): void {
    if (this.json || text === this.#progress) return;
    const line = columns(text) < this.width ? text : `${cut(text, this.width - 2)[0] ?? ""}…`;
    if (this.#err.isTTY) {
      this.#err.write(`${CLEAR_LINE}${line}`);
      this.#progress = text;
    } else this.#err.write(`${line}\n`);
  }

  /** Progress that comes every few seconds: shown in a terminal only. */
  tick(text: string): void {
    if (this.#err.isTTY) this.progress(text);
  }

  /** The document for machines. */
  document(value: unknown): void {
    if (this.json) this.#out.write(`${JSON.stringify(value)}\n`);
  }

  strong(text: string): string {
    return this.color ? styleText("bold", text, { validateStream: false }) : stripVTControlCharacters(text);
  }

  #endProgress(): void {
    if (this.#progress === "") return;
    this.#err.write(CLEAR_LINE);
    this.#progress = "";
  }
}
