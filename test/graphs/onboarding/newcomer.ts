import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { PollyReachClient } from "../../../src/client/client.js";
import type { RunOnboardingDeps } from "../../../src/graphs/onboarding/run-onboarding.js";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../../src/sandbox/index.js";

/** A token that the sandbox would never make up, to be looked for wherever it must not be. */
export const CANARY = "canary-0b9f6c1d-token";

/** Somebody who has no phone line yet, their home folder, and the service. */
export interface Newcomer {
  sandbox: Sandbox;
  home: string;
  keyFile: string;
  /** What a process of theirs works with; each has a client of its own, as a new process would. */
  process(): RunOnboardingDeps & { client: PollyReachClient };
  savedKey(): { token: string; activation_url?: string; agent_name?: string } | undefined;
  registrations(): number;
  /** Instants of the checks, in milliseconds since the first request. */
  checks(): number[];
}

export async function newcomer(options: SandboxOptions & { clock?: undefined } = {}): Promise<Newcomer> {
  const sandbox = await startSandbox(options);
  const home = mkdtempSync(join(tmpdir(), "polly-home-"));
  onTestFinished(async () => {
    await sandbox.close();
    rmSync(home, { recursive: true, force: true });
  });
  const credentials = { env: {}, homeDir: home };
  const keyFile = join(home, ".config", "PollyReach", "key.json");
  const { requests } = sandbox.record;
  return {
    sandbox,
    home,
    keyFile,
    process: () => {
      const { baseUrl, fetch, clock } = sandbox;
      const client = new PollyReachClient({ baseUrl, fetch, clock, credentials, random: () => 0.5 });
      return { client, clock, credentials, registration: "allowed" };
    },
    savedKey: () => (existsSync(keyFile) ? JSON.parse(readFileSync(keyFile, "utf8")) : undefined),
    registrations: () => requests.filter(({ endpoint }) => endpoint === "register").length,
    checks: () => {
      const start = requests[0]?.at ?? 0;
      return requests.filter(({ endpoint }) => endpoint === "activationStatus").map(({ at }) => at - start);
    },
  };
}
