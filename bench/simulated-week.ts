import { PollyReachClient } from "../src/client/client.js";
import { runPhoneTask } from "../src/graphs/outbound/run-phone-task.js";
import { behaviours, createVirtualClock, startSandbox } from "../src/sandbox/index.js";
import { BOOKING } from "./answering-line.js";
import type { Benchmark } from "./harness.js";

const DAY_MS = 24 * 3_600_000;

/** Each day at another hour the callee says that they are closed until the next; on the last they agree. */
export const simulatedWeek: Benchmark = {
  name: "simulated-week",
  about: "a task rescheduled for a week on the sandbox's virtual clock, every poll a real HTTP request",
  unit: "ms",
  rounds: 5,
  goals: [{ variant: "one task", of: "median", atMost: 1_500 }],
  open: () => ({
    variants: {
      "one task": async () => {
        const startedAt = performance.now();
        const clock = createVirtualClock();
        const start = clock.now();
        const [{ name, phone } = {}] = BOOKING.targets ?? [];
        if (!name || !phone) throw new Error("The booking names nobody.");
        const days = [2, 4, 6, 7].map((day) => behaviours.closedUntil(start + day * DAY_MS));
        const people = [{ name, phone, behaviours: [...days, behaviours.agrees()] }];
        await using sandbox = await startSandbox({ clock, people });
        const client = new PollyReachClient(sandbox.clientOptions());
        const run = await runPhoneTask({ ...BOOKING, timeZone: "UTC" }, { client, clock });
        await client.close();
        const outcome = run.status === "finished" ? run.outcome?.kind : run.status;
        const took = clock.now() - start;
        if (outcome !== "achieved" || took < 7 * DAY_MS || sandbox.rings() !== 5) {
          throw new Error(`The week ended with ${outcome} after ${took} ms and ${sandbox.rings()} rings.`);
        }
        return performance.now() - startedAt;
      },
    },
  }),
};
