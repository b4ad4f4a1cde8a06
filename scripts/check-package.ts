import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Packs the package as it would be published, installs it in an empty folder, once with the lowest peers that it
 * claims to work with and once with the newest, and carries out a phone task there.
 */
const root = fileURLToPath(new URL("..", import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const peers: Record<string, string> = manifest.peerDependencies;

const PROGRAM = `
import { readFileSync } from "node:fs";
import { PollyReachClient, PollyReachToolkit, renderPlain, runPhoneTask } from "langchain-pollyreach";
import { behaviours, startSandbox } from "langchain-pollyreach/sandbox";
import manifest from "langchain-pollyreach/package.json" with { type: "json" };

const sandbox = await startSandbox({
  people: [{ name: "Osteria Nova", phone: "+442079460102", behaviours: [behaviours.busy(), behaviours.agrees()] }],
});
const client = new PollyReachClient(sandbox.clientOptions());
const task = { purpose: "Book a table for four", targets: [{ phone: "+442079460102" }] };
const run = await runPhoneTask(task, { client, clock: sandbox.clock });
const tool = new PollyReachToolkit({ client, clock: sandbox.clock }).getTools().find(({ name }) => name === "pollyreach_balance");
const balance = await tool.invoke({});
const rings = sandbox.rings("+442079460102");
await client.close();
await sandbox.close();
if (run.status !== "finished" || run.conclusion !== "settled" || rings !== 2 || !balance.includes("credits")) {
  console.error(JSON.stringify({ run, rings, balance }, undefined, 2));
  process.exit(1);
}
if (!renderPlain(run.report).includes("Polly made 2 calls.")) process.exit(1);
const version = (name) => JSON.parse(readFileSync("node_modules/" + name + "/package.json", "utf8")).version;
console.log(manifest.name + "@" + manifest.version, "works with", ${JSON.stringify(Object.keys(peers))}.map((name) => name + "@" + version(name)).join(" and "));
`;

const folder = mkdtempSync(join(tmpdir(), "langchain-pollyreach-"));
try {
  const [packed] = JSON.parse(npm(["pack", "--json", "--pack-destination", folder], root)) as {
    filename: string;
  }[];
  if (!packed) throw new Error("npm pack made no tarball.");
  const tarball = join(folder, packed.filename);
  tryOut(
    "lowest",
    Object.entries(peers).map(([name, range]) => `${name}@${range.replace(/^\D+/, "")}`),
  );
  tryOut("newest", Object.keys(peers));

  function tryOut(name: string, installed: readonly string[]): void {
    const place = join(folder, name);
    mkdirSync(place);
    writeFileSync(join(place, "package.json"), JSON.stringify({ private: true, type: "module" }));
    npm(["install", "--no-audit", "--no-fund", "--prefer-offline", tarball, ...installed], place);
    writeFileSync(join(place, "main.js"), PROGRAM);
    process.stdout.write(execFileSync(process.execPath, ["main.js"], { cwd: place, encoding: "utf8" }));
    const balance = npm(["exec", "--offline", "--", "pollyreach", "balance", "--sandbox", "--json"], place);
    if (typeof JSON.parse(balance).result?.balance !== "number")
      throw new Error(`pollyreach balance said ${balance}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function npm(args: readonly string[], cwd: string): string {
  return execFileSync("npm", ["--loglevel=error", ...args], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}
