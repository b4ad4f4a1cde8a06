import { InMemoryStore } from "@langchain/langgraph";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { InboundMessage } from "../../src/client/replies.js";
import { checkInbound } from "../../src/graphs/inbound/check-inbound.js";
import { readShape } from "../../src/inbound/read-shape.js";
import { identify, isSameMessage } from "../../src/inbound/same-message.js";

const NOON = Date.UTC(2026, 2, 16, 12);
const MINUTE = 60_000;
const identity = (raw: object, receivedAt = NOON) => identify(readShape(raw), receivedAt);

const ID = "9c0d6d2e-7a0f-4f0e-8f53-1f2f6c6a7b11";
const text = { content: "Please call me back.", from_phone: "+1 415 555 0199" };
const record = {
  call_id: ID,
  from: "(415) 555-0199",
  summary: "please call me  back",
  transcript: "",
  detail_url: `https://pollyreach.ai/calls/${ID}`,
};
const at = (minute: number) => ({ created_at: new Date(NOON + minute * MINUTE).toISOString() });

it.each([
  ["one shape and the other, by words and caller", text, record, true],
  ["by the call's id under another name", { ...text, id: ID, content: "Other words" }, record, true],
  [
    "by the id in its link",
    { summary: "x", from: "+1", detail_url: `https://pollyreach.ai/calls/${ID}` },
    record,
    true,
  ],
  [
    "the same words, the same day, two calls",
    record,
    { ...record, call_id: "11111111-7a0f-4f0e-8f53-1f2f6c6a7b11", detail_url: "" },
    false,
  ],
  ["the same words, an hour later", { ...text, ...at(0) }, { ...text, ...at(60) }, false],
  ["the same words, rounded to the minute", { ...text, ...at(0) }, { ...text, ...at(0.5) }, true],
  [
    "begin and end of one call",
    { ...text, ...at(0) },
    { ...record, call_id: undefined, detail_url: "", ...at(9) },
    true,
  ],
])("%s", (_, one, other, same) => {
  const [a, b] = [identity(one), identity(other)];
  const related = a.keys.some((key) => b.keys.includes(key)) && isSameMessage(a, b);
  expect(related).toBe(same);
  expect(isSameMessage(a, b)).toBe(isSameMessage(b, a));
});

it("holds no words, and no number", () => {
  expect(JSON.stringify(identity({ ...text, ...record }))).not.toMatch(/please|back|5550199/i);
});

/** A call as it may be served: in either shape or both, once or more often. */
interface Served {
  shapes: ("text" | "record")[];
  timed: boolean;
}

function shapesOf(index: number, { shapes, timed }: Served): object[] {
  const call = `${index}0d6d2e-7a0f-4f0e-8f53-1f2f6c6a7b11`;
  const from = `+1415555${2000 + (index % 3)}`;
  const content = `Message of call ${"abcdefghijklmnop"[index]}.`;
  const time = timed ? at(index) : {};
  return shapes.map((shape) =>
    shape === "text"
      ? { content, from_phone: from, ...time }
      : { call_id: call, from, summary: content, transcript: `AI: Hello?\nCaller: ${content}`, ...time },
  );
}

const served = fc.record({
  shapes: fc.array(fc.constantFrom("text" as const, "record" as const), { minLength: 1, maxLength: 3 }),
  timed: fc.boolean(),
});

it("whatever shapes a call comes in, in whatever order, consumed or kept, it is told once", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(served, { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      fc.infiniteStream(fc.nat(1_000)),
      async (calls, keeps, chance) => {
        const pick = (below: number) => (chance.next().value ?? 0) % below;
        // Untimed texts without an id, served twice in one reply, are two messages: nothing tells them apart.
        const raws = calls.flatMap((call, index) => {
          const anonymous = !call.timed;
          const shapes = anonymous ? [...new Set(call.shapes)] : call.shapes;
          return shapesOf(index, { ...call, shapes });
        });
        const replies: object[][] = [[], [], []];
        for (const raw of raws) replies[keeps ? 0 : pick(2)]?.splice(pick(5), 0, raw);
        if (keeps) replies[1] = [...(replies[0] ?? [])].reverse();
        const store = new InMemoryStore();
        const heard: string[] = [];
        let now = NOON + 20 * MINUTE;
        for (const reply of replies) {
          await checkInbound({
            client: {
              lineId: "line",
              unreadInbound: async () => reply.map((raw): InboundMessage => ({ raw })),
              balance: async () => ({ balance: 1, amount: 1 }),
            },
            store,
            clock: { now: () => now, sleep: async () => {} },
            onMessage: async ({ report }) => {
              heard.push(/call (\w)/.exec(report.summary ?? "")?.[1] ?? "?");
            },
          });
          now += 5 * MINUTE;
        }
        expect(heard.toSorted()).toEqual(calls.map((_, index) => "abcdefghijklmnop"[index]));
      },
    ),
    { numRuns: 150 },
  );
});

it("the same few words of the same caller, without id or time, are a new message once they were no longer served", async () => {
  const store = new InMemoryStore();
  const heard: string[] = [];
  let now = NOON;
  for (const reply of [[text], [text], [], [text], [text, text], [text]]) {
    await checkInbound({
      client: {
        lineId: "line",
        unreadInbound: async () => reply.map((raw) => ({ raw })),
        balance: async () => ({ balance: 1, amount: 1 }),
      },
      store,
      clock: { now: () => now, sleep: async () => {} },
      onMessage: async ({ at: when }) => {
        heard.push(`minute ${(when - NOON) / MINUTE}`);
      },
    });
    now += 5 * MINUTE;
  }
  expect(heard).toEqual(["minute 0", "minute 15", "minute 20"]);
});
