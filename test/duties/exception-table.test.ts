import { MemorySaver } from "@langchain/langgraph";
import { expect, test } from "vitest";
import { PollyReachClient } from "../../src/client/client.js";
import type { Progress } from "../../src/graphs/outbound/progress.js";
import { runPhoneTask } from "../../src/graphs/outbound/run-phone-task.js";
import type { Answer } from "../../src/policy/answer.js";
import type { Question } from "../../src/policy/question.js";
import type { PhoneTaskInput } from "../../src/policy/task.js";
import { renderPlain } from "../../src/reports/index.js";
import {
  behaviours,
  createVirtualClock,
  type Sandbox,
  type SandboxOptions,
  startSandbox,
} from "../../src/sandbox/index.js";

/** Monday, a time at which anybody in Rome may be called. */
const MONDAY_TEN = "2026-03-16T10:00:00+01:00";
const ROMA = { name: "Roma", phone: "+39 06 6982 0001", timeZone: "Europe/Rome" };
const ALBA = { name: "Alba", phone: "+39 06 6982 0002", timeZone: "Europe/Rome" };
const AT_ROMA = { targets: [{ name: "Roma", phone: ROMA.phone }] };

interface Row {
  situation: string;
  sandbox: SandboxOptions;
  task: Partial<PhoneTaskInput>;
  /** What the human does at each question, in order. */
  human?: readonly ((sandbox: Sandbox) => Answer)[];
  /** Each ring: who, and how many minutes after the start. */
  rings: readonly [name: string, minute: number][];
  /** How often any phone had rung by the time the human answered each question, and what it asked. */
  asked?: readonly [rings: number, question: object][];
  /** Why the task waited. */
  waited?: readonly string[];
  /** What the human reads in the report. */
  told: readonly RegExp[];
}

const TABLE: readonly Row[] = [
  {
    situation: "Missing core task information: nothing is dialed until the human has given it",
    sandbox: { people: [{ ...ROMA, behaviours: [behaviours.agrees()] }] },
    task: { ...AT_ROMA, requiredDetails: ["party size"] },
    human: [() => "4"],
    rings: [["Roma", 180]],
    asked: [[0, { kind: "information", details: ["party size"] }]],
    told: [/Success: Polly got it done/],
  },
  {
    situation: "Temporary failure to connect: redialed three times at most, at growing distances",
    sandbox: { people: [{ ...ROMA, behaviours: [behaviours.busy()] }] },
    task: AT_ROMA,
    rings: [
      ["Roma", 0],
      ["Roma", 2],
      ["Roma", 7],
      ["Roma", 22],
    ],
    waited: ["redial_backoff", "redial_backoff", "redial_backoff"],
    told: [/the line was busy/, /There is nobody left to call/, /Polly made 4 calls/],
  },
  {
    situation:
      "Number unreachable: another target, then other times, five attempts in total, then the human is told",
    sandbox: {
      people: [
        { ...ROMA, behaviours: [behaviours.ringsOut()] },
        { ...ALBA, behaviours: [behaviours.voicemail()] },
      ],
    },
    task: { targets: [...AT_ROMA.targets, { name: "Alba", phone: ALBA.phone }] },
    rings: [
      ["Roma", 0],
      ["Alba", 1],
      ["Roma", 61],
      ["Alba", 61],
      ["Roma", 241],
    ],
    waited: ["another_time", "another_time"],
    told: [/Polly made 5 calls/, /All attempts are used up/],
  },
  {
    situation: "Outside business hours: called again when they open",
    sandbox: {
      people: [
        { ...ROMA, behaviours: [behaviours.closedUntil("2026-03-16T18:00:00+01:00"), behaviours.agrees()] },
      ],
    },
    task: { ...AT_ROMA, timeZone: "Europe/Rome" },
    rings: [
      ["Roma", 0],
      ["Roma", 480],
    ],
    waited: ["closed"],
    told: [/Success: Polly got it done/, /Polly made 2 calls/],
  },
  {
    situation: "Task failed, no specific target assigned: another business is tried",
    sandbox: {
      directory: [
        { ...ROMA, behaviours: [behaviours.refuses("fully booked")], tags: ["table"] },
        { ...ALBA, behaviours: [behaviours.agrees()], tags: ["table"] },
      ],
    },
    task: { targets: [] },
    rings: [
      ["Roma", 0],
      ["Alba", 1],
    ],
    told: [/Success: Polly got it done/, /Target: .*\+390669820002/, /Polly made 2 calls/],
  },
  {
    situation: "Beyond authorization: the human decides, and nobody is called meanwhile",
    sandbox: { people: [{ ...ROMA, behaviours: [behaviours.asksForCard()] }] },
    task: AT_ROMA,
    human: [() => ({ choice: "stop" })],
    rings: [["Roma", 0]],
    asked: [[1, { kind: "decision", matter: "beyond_authorization" }]],
    told: [/needs your decision/, /stopped at your word/],
  },
  {
    situation: "Insufficient balance: the human gets the payment link, and the call is made after it",
    sandbox: {
      credits: { balance: 0, amount: 800 },
      people: [{ ...ROMA, behaviours: [behaviours.agrees()] }],
    },
    task: AT_ROMA,
    human: [
      (sandbox) => {
        sandbox.topUp(800);
        return { choice: "topped_up" };
      },
    ],
    rings: [["Roma", 180]],
    asked: [[0, { kind: "top_up", url: "https://agent.pollyreach.ai/" }]],
    told: [/Success: Polly got it done/],
  },
];

/** How long the human thinks about a question. */
const THREE_HOURS = 3 * 3_600_000;

test.each(TABLE)("$situation", async ({ sandbox: options, task, human = [], ...row }) => {
  const clock = createVirtualClock(MONDAY_TEN);
  const start = clock.now();
  await using sandbox = await startSandbox({ ...options, clock });
  const asked: [number, Question][] = [];
  const waited: string[] = [];
  const answers = [...human];

  const run = await runPhoneTask(
    { purpose: "Book a table for four tomorrow at 19:00", ...task },
    {
      client: new PollyReachClient({ ...sandbox.clientOptions(), random: () => 0.5 }),
      clock,
      checkpointer: new MemorySaver(),
      onQuestion: async (question) => {
        await clock.sleep(THREE_HOURS);
        asked.push([sandbox.rings(), question]);
        return answers.shift()?.(sandbox);
      },
      onProgress: (event: Progress) => {
        if (event.type === "decided" && event.step.do === "wait") waited.push(event.step.reason);
      },
    },
  );

  const rings = sandbox.record.rings.map(({ name, at }) => [name, Math.round((at - start) / 60_000)]);
  expect(rings).toEqual(row.rings);
  expect(asked).toMatchObject(row.asked ?? []);
  expect(waited).toEqual(row.waited ?? []);
  if (run.status !== "finished") throw new Error(`The task is ${run.status}.`);
  const report = renderPlain(run.report);
  for (const words of row.told) expect(report).toMatch(words);
});
