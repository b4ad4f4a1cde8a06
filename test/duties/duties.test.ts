import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const ROOT = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), "utf8");

/** A row of a table of docs/duties.md, with the heading that the table stands under. */
interface Duty {
  section: string;
  duty: string;
  carriedOut: string;
  code: string;
  tests: string;
}

function duties(text: string): Duty[] {
  let section = "";
  return text.split("\n").flatMap((line) => {
    const heading = /^#+ (.*)/.exec(line);
    if (heading) section = heading[1] ?? "";
    const cells = line.split("|").map((cell) => cell.trim());
    const [, duty = "", carriedOut = "", code = "", tests = ""] = cells;
    const isHead = carriedOut === "Carried out" || /^-+$/.test(duty);
    return line.startsWith("|") && !isHead ? [{ section, duty, carriedOut, code, tests }] : [];
  });
}

/** Files in backticks, each with the test names in quotation marks that follow it. */
function named(cell: string): { file: string; names: string[] }[] {
  return cell
    .split("`")
    .slice(1)
    .flatMap((file, index, parts) =>
      index % 2 === 0
        ? [
            {
              file,
              names: [...(parts[index + 1] ?? "").matchAll(/“([^”]*)”/g)].map(([, name]) => name ?? ""),
            },
          ]
        : [],
    );
}

/** A whole string literal: the title of a test, or of one case of it. */
const hasLiteral = (source: string, name: string) =>
  ['"', "'", "`"].some((quote) => source.includes(`${quote}${name}${quote}`));

/** What is wrong with a row, in sentences. */
function wrong({ duty, carriedOut, code, tests }: Duty): string[] {
  const said = /^(yes|partly|no)\b/.test(carriedOut) ? [] : [`“${duty}”: carried out or not?`];
  const files = named(code).map(({ file }) => file);
  const shown = named(tests);
  const missing = [...files, ...shown.map(({ file }) => file)].filter(
    (file) => !existsSync(new URL(file, ROOT)),
  );
  const unnamed = shown.flatMap(({ file, names }) => {
    if (names.length === 0) return [`“${duty}” names no test in ${file}`];
    if (missing.includes(file)) return [];
    const source = read(file);
    return names.filter((name) => !hasLiteral(source, name)).map((name) => `${file} has no test “${name}”`);
  });
  const none = carriedOut.startsWith("no") || (files.length > 0 && shown.length > 0);
  return [
    ...said,
    ...missing.map((file) => `There is no ${file}`),
    ...unnamed,
    ...(none ? [] : [`“${duty}” is said to be carried out, and no code or no test says so`]),
  ];
}

const TABLE = duties(read("docs/duties.md"));

test("every file and every test that docs/duties.md names is there", () => {
  expect(TABLE.flatMap(wrong)).toEqual([]);
});

test.each([
  ["The report's fields", 8],
  ["The notification's fields", 8],
  ["Exception table", 7],
  ["Everything an agent can do", 6],
  ["Troubleshooting table", 5],
])("the table “%s” has all its %i rows", (section, rows) => {
  expect(new Set(TABLE.filter((row) => row.section === section).map(({ duty }) => duty)).size).toBe(rows);
});

test("a row that names what is not there is found out", () => {
  const row = { section: "", duty: "x", carriedOut: "yes", code: "`src/none.ts`" };
  expect(wrong({ ...row, tests: "`test/duties/duties.test.ts` “no such test”" })).toEqual([
    "There is no src/none.ts",
    "test/duties/duties.test.ts has no test “no such test”",
  ]);
});
