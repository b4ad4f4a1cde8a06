import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../../src/clock.js";
import type { OnboardingRun } from "../../../src/graphs/onboarding/run-onboarding.js";
import { type FaultChooser, faults, startSandbox } from "../../../src/sandbox/index.js";

/** How many set-ups are killed, and where. Set ONBOARDING_KILLS for more, and ONBOARDING_SEED for others. */
const KILLS = Number(process.env.ONBOARDING_KILLS ?? 4);
const SEED = Number(process.env.ONBOARDING_SEED ?? 7);

/** Numbers in [0, 1) that are the same in every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

it(`comes to one registration and one number, killed with -9 ${KILLS} times at random points, with faults on the wire`, {
  timeout: 20_000 + KILLS * 12_000,
}, async () => {
  const random = chance(SEED);
  const ends = { ready: 0, unknown: 0 };
  for (let killed = 0; killed < KILLS; ) {
    const accepted: boolean[] = [];
    const trouble: FaultChooser = ({ endpoint }) => {
      const drawn = random();
      const fault =
        endpoint === "register"
          ? [
              undefined,
              faults.slow(20),
              faults.resetAfterAccepting(),
              faults.resetBeforeAccepting(),
              faults.status(429, { retryAfter: 1 }),
            ][Math.floor(drawn * 5)]
          : drawn < 0.2
            ? faults.status(503)
            : undefined;
      if (endpoint === "register")
        accepted.push(fault === undefined || ("accepted" in fault && fault.accepted));
      return fault;
    };
    const sandbox = await startSandbox({
      clock: systemClock,
      activation: { afterPolls: 3 },
      faults: trouble,
    });
    const home = mkdtempSync(join(tmpdir(), "polly-killed-"));
    const clean = async () => {
      await sandbox.close();
      rmSync(home, { recursive: true, force: true });
    };
    onTestFinished(clean);

    for (let times = 1 + Math.floor(random() * 3); times > 0 && killed < KILLS; times--) {
      const child = await begin(home, sandbox.baseUrl);
      await systemClock.sleep(random() * 60);
      await end(child);
      killed++;
    }
    const last = await outcome(await begin(home, sandbox.baseUrl));
    const accounts = accepted.filter(Boolean).length;
    expect(accounts, "accounts without the human's word").toBeLessThanOrEqual(1);
    if (last.status === "ready") {
      ends.ready++;
      expect(accounts).toBe(1);
      expect(last.welcome.phoneNumber).toBe("+14155550161");
      expect(readFileSync(join(home, ".config", "PollyReach", "key.json"), "utf8")).toContain(
        "activation_url",
      );
    } else {
      ends.unknown++;
      expect(last).toMatchObject({ status: "asking", question: { matter: "registration_unknown" } });
      const after = await outcome(await begin(home, sandbox.baseUrl, "sees nothing at the dashboard"));
      expect(["ready", "asking"]).toContain(after.status);
      expect(accepted.filter(Boolean).length).toBeLessThanOrEqual(accounts + 1);
    }
    await clean();
  }
  expect(ends.ready + ends.unknown).toBeGreaterThan(0);
  // By chance, a few kills may all fall into the moment that nobody can tell anything of.
  if (KILLS >= 20) expect(ends.ready).toBeGreaterThan(0);
});

async function begin(...args: string[]): Promise<ChildProcess> {
  const program = new URL("./set-up-process.ts", import.meta.url).pathname;
  const child = fork(program, args, {
    execArgv: ["--import", "tsx"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child, "message");
  child.send("go");
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  if (child.exitCode === null && child.signalCode === null) await gone;
}

async function outcome(child: ChildProcess): Promise<OnboardingRun> {
  const died = once(child, "exit").then(([code]) => {
    throw new Error(`The set-up died with code ${code}.`);
  });
  const [run] = await Promise.race([once(child, "message"), died]);
  await end(child);
  return run;
}
