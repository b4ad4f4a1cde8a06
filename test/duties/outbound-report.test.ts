import { MemorySaver } from "@langchain/langgraph";
import { expect, test } from "vitest";
import { PollyReachClient } from "../../src/client/client.js";
import { runPhoneTask } from "../../src/graphs/outbound/run-phone-task.js";
import { renderPlain } from "../../src/reports/index.js";
import { type Behaviour, behaviours, startSandbox } from "../../src/sandbox/index.js";

const CANCEL = "Cancel the reservation for 2 people on 17 March at 19:00";

/** Calls a restaurant that does this, and gives what the human reads. */
async function reportOf(behaviour: Behaviour, purpose = CANCEL): Promise<string> {
  await using sandbox = await startSandbox({
    people: [{ name: "Izakaya Umi", phone: "+81 3-5550-6369", behaviours: [behaviour] }],
    credits: { balance: 100, amount: 800 },
    costPerCall: 57,
  });
  const run = await runPhoneTask(
    { purpose, targets: [{ name: "Izakaya Umi" }] },
    {
      client: new PollyReachClient({ ...sandbox.clientOptions(), random: () => 0.5 }),
      clock: sandbox.clock,
      checkpointer: new MemorySaver(),
    },
  );
  if (run.status !== "finished") throw new Error(`The task is ${run.status}.`);
  return renderPlain(run.report);
}

test.each([
  ["Target Info", /^🎯 Target: Izakaya Umi \| \+81 ?3[- ]?5550[- ]?6369$/m],
  ["Task Purpose", /^📋 Purpose: Cancel the reservation for 2 people on 17 March at 19:00$/m],
  ["Result, failed, with the reason", /^❌ Result: .*could not be done.*no such reservation/m],
  ["Call Transcript, line by line", /^💬 Call transcript:\n( {3}(Recipient|Polly): .+\n){3,}/m],
  ["Issue Analysis, as it failed", /^🔎 Issue analysis:\n( {3}- .*no such reservation)/m],
  ["Credits Used", /^💰 Credits used: 57 credits for this call$/m],
  ["Remaining Credits", /^💳 Credits remaining: 43 credits$/m],
  ["Detail Link", /^🔗 Details: https:\/\/pollyreach\.ai\/calls\/\S+$/m],
  ["the reminder below 20 %, after the result", /Result:[\s\S]*Less than a fifth of your credits is left/],
  ["Polly as the one who acts", /Result: Polly /],
])("after a call that failed the human reads: %s", async (_, words) => {
  expect(await reportOf(behaviours.refuses("there is no such reservation"))).toMatch(words);
});

test("after a call that succeeded the human reads: Result, success, and no Issue Analysis is needed", async () => {
  const report = await reportOf(behaviours.agrees(), "Book a table for 2 tomorrow at 19:00");
  expect(report).toMatch(/^✅ Result: Success: Polly got it done/m);
  expect(report).toMatch(/^🔎 Issue analysis: not needed$/m);
});
