import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { InMemoryStore } from "@langchain/langgraph";
import { createOutboundGraph, PollyReachClient, PollyReachToolkit } from "langchain-pollyreach";

/**
 * Keeps the README true: `check` fails unless its TypeScript compiles, its picture is that of the compiled graph and
 * its table names every tool; `draw` puts the picture and the table in.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const file = join(root, "README.md");
const [mode = "check"] = process.argv.slice(2);
const readme = readFileSync(file, "utf8");
const current = between(between(readme, "workflow", await workflow()), "tools", tools());

if (mode === "draw") {
  writeFileSync(file, current);
} else {
  if (current !== readme)
    fail("README.md: the picture of the workflow or the table of tools is out of date; run npm run readme.");
  compile(readme);
}

/** The outbound graph as Mermaid, from the compiled graph itself. */
async function workflow(): Promise<string> {
  const client = new PollyReachClient({ token: "none" });
  const drawn = (await createOutboundGraph({ client }).getGraphAsync()).drawMermaid({ withStyles: false });
  return `\`\`\`mermaid\n${drawn.trim()}\n\`\`\``;
}

function tools(): string {
  const client = new PollyReachClient({ token: "none" });
  const rows = new PollyReachToolkit({ client, tools: "all", store: new InMemoryStore() })
    .getTools()
    .map(({ name, description }) => {
      const [summary = ""] = description.split(/(?<=[.:;]) /);
      return `| \`${name}\` | ${summary.replace(/[:;]$/, ".")} |`;
    });
  return ["| tool | what it does |", "|---|---|", ...rows].join("\n");
}

function between(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name}: generated -->`, `<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from < 0 || to < from) fail(`README.md has no place for the ${name}.`);
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`;
}

/** Every block marked `ts` has to compile as a module of its own, against the package as users import it. */
function compile(text: string): void {
  const blocks = [...text.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = ""]) => code);
  if (blocks.length === 0) fail("README.md shows no TypeScript.");
  const folder = join(root, ".readme-check");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  try {
    const files = blocks.map((code, index) => {
      const name = `block-${index + 1}.ts`;
      writeFileSync(join(folder, name), `${code}\nexport {};\n`);
      return name;
    });
    const config = {
      extends: "../tsconfig.json",
      compilerOptions: { noUnusedLocals: false, rootDir: ".." },
      include: [],
      files,
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    execFileSync(process.execPath, [compiler(), "-p", folder], { stdio: "inherit" });
  } catch {
    fail(
      `README.md: a block of TypeScript does not compile (see above; block-N is the N-th of ${blocks.length}).`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compiler(): string {
  return join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
