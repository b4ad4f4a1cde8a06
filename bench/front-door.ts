import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Benchmark, CannotRun, type Measure } from "./harness.js";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** In new processes without a loader, from the built package. CPU, since other work makes the time of day uneven. */
export const frontDoor: Benchmark = {
  name: "front-door",
  about: "importing the built package, against importing what it needs of its peers",
  unit: "ms CPU",
  baseline: "peers",
  rounds: 15,
  goals: [{ variant: "langchain-pollyreach", of: "ratio", atMost: 1.1 }],
  open() {
    const build = fileURLToPath(new URL("../scripts/build.ts", import.meta.url));
    const { status, stdout } = spawnSync(process.execPath, [...process.execArgv, build], {
      encoding: "utf8",
    });
    if (status !== 0) throw new CannotRun(`the package does not build: ${stdout.split("\n")[0]}`);
    const peers = ["@langchain/langgraph", "@langchain/core/tools"];
    return {
      variants: {
        peers: importing(peers),
        "langchain-pollyreach": importing(["./dist/index.js"]),
        "langchain-pollyreach/sandbox": importing(["./dist/sandbox/index.js"]),
      },
    };
  },
};

function importing(modules: readonly string[]): Measure {
  const imports = modules.map((name) => `await import(${JSON.stringify(name)});`).join("\n");
  const program = `const before = process.cpuUsage();
    ${imports}
    const { user, system } = process.cpuUsage(before);
    const peakMb = process.resourceUsage().maxRSS / 1024;
    console.log(JSON.stringify({ value: (user + system) / 1000, peakMb }));
    process.exit();`;
  return () => {
    const args = ["--input-type=module", "--eval", program];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
    if (status !== 0) throw new Error(`An import failed: ${stderr}`);
    return JSON.parse(stdout) as { value: number; peakMb: number };
  };
}
