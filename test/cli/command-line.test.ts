import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { parseArguments } from "../../src/cli/arguments.js";
import { parseOpeningHours } from "../../src/cli/opening-hours.js";
import { wrapped } from "../../src/cli/text-wrapping.js";
import { parseTime, parseWindow } from "../../src/cli/times.js";
import { aTerminal } from "./terminal.js";

const NOW = Date.parse("2026-03-16T17:00:00Z");
const iso = (at: number) => new Date(at).toISOString();

describe("the command line", () => {
  it("is read into an invocation, wherever --sandbox and --json stand", () => {
    const parsed = parseArguments(
      ["--sandbox", "call", "book a table", "--to", "+1", "--to", "+2", "--may-tell", "size=4", "--json"],
      "1.2.3",
    );
    expect(parsed).toMatchObject({
      kind: "run",
      invocation: {
        command: "call",
        sandbox: true,
        json: true,
        what: "book a table",
        to: ["+1", "+2"],
        mayTell: ["size=4"],
        mayAgree: [],
      },
    });
  });

  it.each([
    [[], "show", /Usage: pollyreach/],
    [["--version"], "show", /1\.2\.3/],
    [["help", "call"], "show", /Usage: pollyreach call/],
    [["history", "--direction", "up"], "mistake", /direction/],
    [["prompt", "sing"], "mistake", /Allowed choices are show, set, history/],
    [["completion"], "mistake", /missing required argument 'shell'/],
    [["share", "this"], "mistake", /too many arguments/],
  ])("%j", (argv, kind, words) => {
    const parsed = parseArguments(argv, "1.2.3");
    expect(parsed.kind).toBe(kind);
    expect(parsed.kind === "show" ? parsed.text : parsed.kind === "mistake" && parsed.message).toMatch(words);
  });
});

describe("times", () => {
  it.each([
    ["2026-03-17T19:00+09:00", "2026-03-17T10:00:00.000Z"],
    ["2026-03-17T10:00:00Z", "2026-03-17T10:00:00.000Z"],
    ["2026-03-17 19:00", "2026-03-18T02:00:00.000Z"],
    ["2026-03-17", "2026-03-17T07:00:00.000Z"],
    ["11:30", "2026-03-16T18:30:00.000Z"],
    ["09:30", "2026-03-17T16:30:00.000Z"],
    ["tomorrow 09:30", "2026-03-17T16:30:00.000Z"],
    ["in 2h", "2026-03-16T19:00:00.000Z"],
    ["in 30 min", "2026-03-16T17:30:00.000Z"],
    ["2026-11-01 12:00", "2026-11-01T20:00:00.000Z"],
  ])("%s in San Francisco is %s", (text, at) => {
    expect(iso(parseTime(text, NOW, "America/Los_Angeles"))).toBe(at);
  });

  it("may be a window with an open end", () => {
    expect(parseWindow("in 1h/in 3h", NOW, "UTC")).toEqual({ from: NOW + 3_600_000, to: NOW + 10_800_000 });
    expect(parseWindow("/in 3h", NOW, "UTC")).toEqual({ to: NOW + 10_800_000 });
  });

  it.each(["soon", "", "25:00/", "/", "in 2 weeks", "2026-13-01", "1/2/3"])("“%s” is refused", (text) => {
    expect(() => parseWindow(text, NOW, "UTC")).toThrow(/is no time/);
  });
});

describe("opening hours", () => {
  it("are read by day, over the week's end, and with a break", () => {
    expect(parseOpeningHours("mon-tue 09:00-12:00 14:00-17:00, sun-mon 18:00-20:00")).toEqual({
      mon: [
        ["09:00", "12:00"],
        ["14:00", "17:00"],
        ["18:00", "20:00"],
      ],
      tue: [
        ["09:00", "12:00"],
        ["14:00", "17:00"],
      ],
      sun: [["18:00", "20:00"]],
    });
  });

  it.each(["always", "mon", "mon-foo 09:00-12:00", "mon 9-12", ""])("“%s” is refused", (text) => {
    expect(() => parseOpeningHours(text)).toThrow(/no opening hours/);
  });
});

it("wraps at spaces, as deep as the line began, and keeps addresses whole", () => {
  const address = `https://agent.pollyreach.ai/auth?code=${"x".repeat(60)}`;
  expect(wrapped(`- one two three four\n  see ${address} there`, 14)).toBe(
    `- one two\n  three four\n  see\n  ${address}\n  there`,
  );
});

describe("completion", () => {
  it.each(["bash", "zsh", "fish"])(
    "%s: a script that the shell itself accepts, if it is installed",
    async (shell) => {
      const { stdout, code } = await (await aTerminal({ registered: false })).run("completion", shell);
      expect(code).toBe(0);
      for (const word of ["inbound", "may-agree", "resume"]) expect(stdout).toContain(word);
      const checked = spawnSync(shell, ["-n"], { input: stdout, encoding: "utf8" });
      if (checked.error === undefined) expect(checked).toMatchObject({ status: 0, stderr: "" });
    },
  );

  it("bash: completes commands, options and choices", async () => {
    const { stdout } = await (await aTerminal({ registered: false })).run("completion", "bash");
    const complete = (...words: string[]) =>
      spawnSync(
        "bash",
        [
          "--norc",
          "-c",
          `${stdout}\nCOMP_WORDS=(${words.map((word) => `"${word}"`).join(" ")})\nCOMP_CWORD=${words.length - 1}\n_pollyreach\necho "\${COMPREPLY[@]}"`,
        ],
        { encoding: "utf8" },
      ).stdout.trim();
    expect(complete("pollyreach", "s")).toBe("setup share sandbox");
    expect(complete("pollyreach", "call", "--may")).toBe("--may-tell --may-agree");
    expect(complete("pollyreach", "prompt", "h")).toBe("history");
  });
});
