import { InMemoryStore } from "@langchain/langgraph";
import { expect, test } from "vitest";
import { PollyReachClient } from "../../src/client/client.js";
import { checkInbound } from "../../src/graphs/inbound/check-inbound.js";
import { renderPlain } from "../../src/reports/index.js";
import { startSandbox } from "../../src/sandbox/index.js";

/** A recruiter calls, Polly answers, and the human reads this. */
async function told(): Promise<string> {
  await using sandbox = await startSandbox({ variants: { unreadShape: "call_record" } });
  sandbox.receive({
    from: "+12025550143",
    transcript: [
      { speaker: "caller", text: "Hello, this is Mika Oda from Northwind about your interview tomorrow." },
      { speaker: "ai", text: "I am an AI assistant. May I take a message?" },
      { speaker: "caller", text: "Please call me back to confirm 2 pm." },
    ],
    content: "Mika Oda from Northwind wants to confirm the interview tomorrow at 2 pm.",
    cost: 42,
  });
  const texts: string[] = [];
  await checkInbound({
    client: new PollyReachClient({ ...sandbox.clientOptions(), random: () => 0 }),
    store: new InMemoryStore(),
    clock: sandbox.clock,
    onMessage: async ({ report }) => void texts.push(renderPlain(report)),
  });
  expect(texts).toHaveLength(1);
  return texts.join();
}

test.each([
  ["Caller Info", /^📞 Caller: Mika Oda \| \+12025550143$/m],
  ["Call Classification", /^🏷️ Classification: (General|Important)$/m],
  ["Call Summary", /^📋 Summary: Mika Oda from Northwind wants to confirm the interview tomorrow at 2 pm/m],
  [
    "Call Transcript",
    /^💬 Call transcript:\n {3}Caller: Hello, .*\n {3}Polly: I am an AI.*\n {3}Caller: Please/m,
  ],
  ["Follow-up Needed", /^☎️ Follow-up needed: Yes: call \+12025550143 back/m],
  ["Credits Used, or that the service did not state them", /^💰 Credits used: not stated by Polly$/m],
  ["Remaining Credits", /^💳 Credits remaining: 758 credits$/m],
  ["Detail Link", /^🔗 Details: https:\/\/pollyreach\.ai\/calls\/\S+$/m],
])("after an incoming call the human reads: %s", async (_, words) => {
  expect(await told()).toMatch(words);
});
