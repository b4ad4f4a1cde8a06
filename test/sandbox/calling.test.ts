import { afterEach, describe, expect, it } from "vitest";
import {
  BEHAVIOUR_KINDS,
  type Behaviour,
  behaviours,
  RESULT_STYLES,
  type Sandbox,
  type SandboxOptions,
  type ScriptedPerson,
  startSandbox,
} from "../../src/sandbox/index.js";
import { call, json, query, result, send } from "./support.js";

let sandbox: Sandbox;
const open = async (options: Omit<SandboxOptions, "clock">) => {
  sandbox = await startSandbox(options);
};
afterEach(() => sandbox?.close());

const person = (name: string, phone: string, ...does: Behaviour[]): ScriptedPerson => ({
  name,
  phone,
  behaviours: does,
});

const briefing = (whom: string, ...rest: string[]) =>
  [`Call: ${whom}`, "Purpose: Book a table for two on 17 March at 19:00", ...rest].join("\n");

const kinds = () => sandbox.record.rings.map(({ behaviour }) => behaviour);

describe("a scripted person", () => {
  const TELLS: Record<Behaviour["kind"], [Behaviour, RegExp]> = {
    busy: [behaviours.busy(), /busy|engaged/i],
    rings_out: [behaviours.ringsOut(), /no answer|nobody picked up|no one answered/i],
    voicemail: [behaviours.voicemail(), /voicemail|answering machine/i],
    out_of_service: [behaviours.outOfService(), /not in service|out of service|not assigned/i],
    connect_fails: [behaviours.connectFails(), /could not be connected|connection failed|put through/i],
    closed_until: [behaviours.closedUntil("2026-03-17T02:00:00Z"), /(17 March|March 17|2026-03-17).*11:00/],
    asks_for_card: [behaviours.asksForCard(), /credit card/i],
    asks_question: [
      behaviours.asksQuestion("Inside or outside?", { answeredBy: /side/ }),
      /Inside or outside\?/,
    ],
    refuses: [behaviours.refuses("We are fully booked"), /We are fully booked/],
    hangs_up_midway: [behaviours.hangsUpMidway(), /cut off|dropped|disconnected/i],
    opts_out: [behaviours.optsOut(), /not to be called again|no more calls/i],
    agrees: [behaviours.agrees("table for two at 19:00"), /table for two at 19:00/],
    agrees_to_something_else: [behaviours.agreesToSomethingElse("a table at 20:00"), /a table at 20:00/],
    declines_ai: [behaviours.declinesAi(), /refused to talk to an AI|not speak with AI/i],
    says: [behaviours.says("Polly says: nothing doing."), /^Polly says: nothing doing\.$/],
  };

  it.each(RESULT_STYLES)(
    "tells in the style %s what came of the call, and rings once for it",
    async (style) => {
      const people = BEHAVIOUR_KINDS.map((kind, index) => ({
        ...person(`Sushi ${index}`, `+81 3-1234-${5600 + index}`, TELLS[kind][0], behaviours.agrees()),
        timeZone: "Asia/Tokyo",
      }));
      for (let seed = 1; seed <= 3; seed++) {
        await using service = await startSandbox({ people, style, seed });
        for (const [index, kind] of BEHAVIOUR_KINDS.entries()) {
          const [behaviour, telling] = TELLS[kind];
          const whom = `Sushi ${index}, +81 3 1234 ${5600 + index}`;
          const [at, before] = [service.clock.now(), service.balance()];
          const text = await call(service, briefing(whom, "Reference: PR-7Q2M4X"));
          expect(text).toMatch(telling);
          if (kind !== "says") {
            for (const fact of [`Sushi ${index}`, `+81 3-1234-${5600 + index}`, "PR-7Q2M4X"]) {
              expect(text).toContain(fact);
            }
          }
          expect(service.record.rings.slice(index)).toEqual([
            {
              at,
              phone: `+81 3-1234-${5600 + index}`,
              name: `Sushi ${index}`,
              account: "line-1",
              attempt: 1,
              behaviour: kind,
              message: briefing(whom, "Reference: PR-7Q2M4X"),
            },
          ]);
          const cost = behaviour.cost ?? 20;
          expect(service.balance()).toBe(before - cost);
          if (style === "json" && kind !== "says") {
            expect(JSON.parse(text)).toMatchObject({ credits_used: cost, success: kind === "agrees" });
          }
        }
      }
    },
  );

  it("does one thing per attempt, and the last one for ever", async () => {
    const dentist = person(
      "Dr Mori",
      "030 901820",
      behaviours.busy(),
      behaviours.ringsOut(),
      behaviours.agrees(),
    );
    await open({ people: [dentist] });
    for (let attempt = 1; attempt <= 4; attempt++) await call(sandbox, briefing("Dr Mori"));
    expect(kinds()).toEqual(["busy", "rings_out", "agrees", "agrees"]);
    expect(sandbox.record.rings.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
  });

  it("is closed until they open, however often they are called before", async () => {
    const opensAt = "2026-03-16T10:00:00Z";
    await open({
      people: [person("Bakery", "5550100", behaviours.closedUntil(opensAt), behaviours.agrees())],
    });
    await call(sandbox, briefing("Bakery"));
    await call(sandbox, briefing("Bakery"));
    await sandbox.clock.advanceTo(opensAt);
    await call(sandbox, briefing("Bakery"));
    expect(kinds()).toEqual(["closed_until", "closed_until", "agrees"]);
  });

  it("asks until a later message answers, and takes the answer although it names nobody", async () => {
    const asks = behaviours.asksQuestion("Under what name?", { answeredBy: /name is \w+/i });
    await open({
      people: [person("Bistro", "5550100", asks, behaviours.agrees()), person("Bar", "5550101", asks)],
    });
    await call(sandbox, briefing("Bistro", "Note: my name is Kim"));
    await call(sandbox, "Just book it.");
    expect(await call(sandbox, "The name is Kim.")).toContain("Bistro");
    expect(kinds()).toEqual(["asks_question", "asks_question", "agrees"]);
  });

  it("is not rung for a question that the service asks before dialing", async () => {
    const asks = behaviours.asksQuestion("For how many?", { answeredBy: /for \d/, beforeDialing: true });
    await open({ people: [person("Bistro", "5550100", asks, behaviours.agrees())] });
    expect(await call(sandbox, briefing("Bistro"))).toBe(
      "Before I call Bistro, I need to know: For how many?",
    );
    expect([sandbox.rings(), sandbox.balance()]).toEqual([0, 800]);
    await call(sandbox, "for 2");
    expect(kinds()).toEqual(["agrees"]);
  });

  it("takes as long and costs as much as scripted", async () => {
    const long = behaviours.agrees("all of it", { durationMs: 900_000, cost: 57 });
    await open({ people: [person("Hotline", "5550100", long)] });
    await send(sandbox, briefing("Hotline"));
    await sandbox.clock.advance(899_999);
    expect(await json(query(sandbox))).toEqual({ message: "", done: false });
    expect(sandbox.balance()).toBe(800);
    await sandbox.clock.advance(1);
    expect(await json(query(sandbox))).toMatchObject({ done: true });
    expect(sandbox.balance()).toBe(743);
  });

  it("is told about in every style when styles are mixed, in the same ones for the same seed", async () => {
    const tell = async (seed: number) => {
      await using service = await startSandbox({
        people: [person("Bistro", "5550100", behaviours.agrees())],
        style: "mixed",
        seed,
      });
      const texts: string[] = [];
      for (let n = 0; n < 12; n++) texts.push(await call(service, briefing("Bistro")));
      return texts;
    };
    const texts = await tell(4);
    expect(await tell(4)).toEqual(texts);
    const looks = texts.map((text) => /^(📞|Polly called|\| Field|✅ Bistro|\{)/.exec(text)?.[1]);
    expect(new Set(looks).size).toBe(5);
  });
});

describe("whom a message means", () => {
  const people = [
    person("Sushi Ko", "+81 3-1234-5678", behaviours.agrees()),
    person("Sushi Ko Annex", "+81 3-9999-0000", behaviours.agrees()),
    person("Anna Berg", "+49 30 901820", behaviours.agrees()),
  ];
  const directory = [
    { ...person("Pipe Bros", "+1 212 555 0111", behaviours.busy()), tags: ["plumber"] },
    { ...person("Drain Doctor", "+1 212 555 0122", behaviours.agrees()), tags: ["plumber"] },
    { ...person("Sparks", "+1 212 555 0133", behaviours.agrees()), tags: ["electrician"] },
  ];

  it.each([
    ["the number, in any notation", "Please call (030) 90 18 20 and ask for the opening hours", "Anna Berg"],
    ["the number, in full width", "Call ＋８１ ３−１２３４−５６７８ now", "Sushi Ko"],
    ["the number before the name", "Call: Sushi Ko Annex, +81 3 1234 5678", "Sushi Ko"],
    ["the longest name", "Book at sushi ko annex tomorrow, 2026-03-17 at 19:00", "Sushi Ko Annex"],
    [
      "who is to be called, not who is spoken of",
      "Call: Anna Berg\nPurpose: tell her about Sushi Ko",
      "Anna Berg",
    ],
    [
      "the one on the line that says so",
      "Call: Sushi Ko\nPurpose: ask whether Sushi Ko Annex is open",
      "Sushi Ko",
    ],
    ["somebody of the trade", "Find me a plumber for 2026-03-17", "Pipe Bros"],
    ["somebody else of the trade", "Find me a plumber\nDo not call: Pipe Bros; Anna Berg", "Drain Doctor"],
    ["somebody else, by number", "Find me a plumber\nDo not call: 212-555-0111", "Drain Doctor"],
    ["anybody, without a trade", "Sell my car", "Pipe Bros"],
  ])("is %s", async (_, message, name) => {
    await open({ people, directory });
    await call(sandbox, message);
    expect(sandbox.record.rings.map((ring) => ring.name)).toEqual([name]);
  });

  it("is nobody who must not be called", async () => {
    await open({ people });
    const text = await call(sandbox, "Book a table\nDo not call: Sushi Ko; Sushi Ko Annex; Anna Berg");
    expect(text).toMatch(/whom to call.*phone number\?/);
    expect([sandbox.rings(), sandbox.balance()]).toEqual([0, 800]);
  });

  it("is a number of nobody, which is out of service; a number of the human is not called", async () => {
    await open({ people });
    await call(sandbox, "Call: Aunt May, +44 20 7946 0958");
    await call(sandbox, "Order flowers. My own number is +44 20 7946 0000.");
    expect(sandbox.record.rings).toMatchObject([
      { phone: "+44 20 7946 0958", name: null, behaviour: "out_of_service" },
    ]);
    expect(sandbox.rings("020 7946 0958")).toBe(1);
  });

  it.each(["hi", "Hello there!", "Thanks", " "])("is nobody in small talk: %j", async (message) => {
    await open({ people, directory });
    expect(await call(sandbox, message)).toContain("I am Polly");
    expect(sandbox.rings()).toBe(0);
  });
});

describe("a line", () => {
  it("makes one call at a time, and another account's line goes on beside it", async () => {
    await open({
      people: [
        person("Bistro", "5550100", behaviours.agrees()),
        person("Bar", "5550101", behaviours.agrees()),
      ],
      accounts: [{ token: "mine" }, { token: "yours", label: "office", credits: { balance: 5, amount: 10 } }],
    });
    await send(sandbox, briefing("Bistro"));
    expect(await json(send(sandbox, briefing("Bar")))).toMatchObject({ status: false });
    expect(await json(send(sandbox, briefing("Bar"), "yours"))).toMatchObject({ status: true });
    expect(await result(sandbox)).toContain("Bistro");
    expect(await result(sandbox, "yours")).toContain("5 used | 0 remaining");
    expect(sandbox.record.rings.map(({ account, name }) => [account, name])).toEqual([
      ["line-1", "Bistro"],
      ["office", "Bar"],
    ]);
    expect(await json(send(sandbox, briefing("Bar"), "yours"))).toMatchObject({ status: false });
    sandbox.topUp(100, "office");
    expect(await json(send(sandbox, briefing("Bar"), "yours"))).toMatchObject({ status: true });
  });
});
