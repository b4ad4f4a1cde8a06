import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

function example(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", "examples/autonomous-caller/main.ts", ...args],
    { cwd: root, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" }, input: "" },
  );
  return { status, stdout, stderr };
}

test("the example goes through a redial, a closed restaurant, a switch and a question, and counts the rings", () => {
  const { status, stdout, stderr } = example();
  expect(stderr).toBe("");
  for (const step of [
    /Attempt 1 of 5: calling Trattoria Lucerna/,
    /Attempt 2 of 5: redialing Trattoria Lucerna/,
    /closed until Mon 16 Mar 17:00/,
    /Mon 16 Mar 17:00 {2}.*Attempt 3 of 5: they are open now/,
    /Attempt 4 of 5: switching to Osteria Nova/,
    /🙋 Does anyone in the party have a food allergy\?\n/,
    /💬 Yes, one of us is allergic to nuts\./,
    /Attempt 4 of 5: taking up the conversation with Osteria Nova/,
    /✅ Result: Success: Polly got it done\./,
    /phones rang 5 times, and the report says 5\./,
  ]) {
    expect(stdout).toMatch(step);
  }
  expect(status).toBe(0);
});

test("another request is carried out too, by a business that Polly finds", () => {
  const { status, stdout } = example("Get me an appointment with a dentist on Tuesday");
  expect(stdout).toContain("📋 Purpose: Get me an appointment with a dentist on Tuesday");
  expect(stdout).toMatch(/phones rang 2 times, and the report says 2\./);
  expect(status).toBe(0);
});

test("a live line needs a request of one's own, and nothing is called without", () => {
  const { status, stderr } = example("--live");
  expect(stderr).toContain("--live needs a request of your own.");
  expect(status).toBe(2);
});
