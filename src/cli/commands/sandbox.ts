import { scaledClock, startSandbox } from "../../sandbox/index.js";
import type { LocalCommand } from "../command.js";
import { DEMO, DEMO_PEOPLE } from "../demo-people.js";
import { EXIT } from "../exit-codes.js";
import { UsageError } from "../usage-error.js";

/** `pollyreach sandbox`: a simulated service on this machine until Ctrl-C. Its token opens nothing but itself. */
export const sandbox: LocalCommand<"sandbox"> = async ({ fast }, { output, world }) => {
  const factor = fast === undefined ? 1 : Number(fast);
  if (!(factor > 0 && Number.isFinite(factor)))
    throw new UsageError(`--fast ${fast}: give a number above 0.`);
  const clock = factor === 1 ? world.clock : scaledClock(factor);
  await using service = await startSandbox({ ...DEMO, clock });
  const { baseUrl, token } = service;
  const people = DEMO_PEOPLE;
  output.say("🏖️  A simulated PollyReach service is running. No phone rings.");
  output.say();
  output.verbatim(`  export POLLYREACH_BASE_URL=${baseUrl}\n  export POLLYREACH_TOKEN=${token}`);
  output.say();
  output.say("People to call:");
  for (const { name, phone, does } of people) output.say(`  ${phone}  ${name.padEnd(20)} ${does}`);
  output.say();
  output.say("Ctrl-C ends it.");
  output.document({ command: "sandbox", running: true, baseUrl, token, people });
  await new Promise<void>((resolve) => {
    if (world.interrupted.aborted) resolve();
    world.interrupted.addEventListener("abort", () => resolve(), { once: true });
  });
  return { code: EXIT.done, result: { requests: service.record.requests.length, rings: service.rings() } };
};
