/**
 * A set-up in a process of its own, to be killed. Says "ready" when it is about to begin, and at the end how it
 * ended, both to its parent.
 */
import { PollyReachClient } from "../../../src/client/client.js";
import { runOnboarding } from "../../../src/graphs/onboarding/run-onboarding.js";
import { scaledClock } from "../../../src/sandbox/index.js";

const [homeDir = "", baseUrl = "", seesNothingAtTheDashboard = ""] = process.argv.slice(2);
const clock = scaledClock(200);
const credentials = { env: {}, homeDir };
const client = new PollyReachClient({ baseUrl, clock, credentials });

let word = seesNothingAtTheDashboard === "" ? undefined : ("register_again" as const);

process.once("message", async () => {
  const run = await runOnboarding({
    client,
    clock,
    credentials,
    registration: "allowed",
    onQuestion: ({ matter }) => {
      if (matter !== "registration_unknown") return undefined;
      const said = word;
      word = undefined;
      return said;
    },
  });
  process.send?.(run, () => process.exit());
});
process.send?.("ready");
