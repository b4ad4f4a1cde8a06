import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { behaviours, faults, type SandboxOptions } from "../../src/sandbox/index.js";
import { document } from "./json-schema.js";
import { aTerminal, CANARY } from "./terminal.js";

const ROMA = { name: "Trattoria Roma", phone: "+14155550101" };
const roma = (...does: ReturnType<typeof behaviours.agrees>[]): SandboxOptions => ({
  people: [{ ...ROMA, behaviours: does }],
});
const BOOK = [
  "call",
  "book a table for four at 19:00",
  "--to",
  ROMA.phone,
  "--name",
  ROMA.name,
  "--for",
  "Ada",
];

describe("a call on a live line", () => {
  it("shows number and briefing, rings only when the number was typed, and ends with the whole report", async () => {
    const terminal = await aTerminal({
      sandbox: roma(behaviours.agrees("a table for four at 19:00")),
      types: ["1234", "0101"],
    });
    const { code, session } = await terminal.run(
      ...BOOK,
      "--may-tell",
      "party size=4",
      "--may-agree",
      "any time from 18:00",
    );
    expect(session).toMatchInlineSnapshot(`
      "
      📞 May Polly call Trattoria Roma, +14155550101?
         +14155550101  Trattoria Roma

         Polly is told:
         > Please make one phone call for me.
         > Call: Trattoria Roma, +14155550101
         > Purpose: book a table for four at 19:00
         > You may tell them:
         > - party size: 4
         > You may agree to:
         > - any time from 18:00
         > Say at the start that you are an AI assistant calling on behalf of Ada.
         > Do not share, promise, pay or agree to anything beyond this; bring the
           question back to me instead.
         > Call once. If nobody answers or the line is busy, tell me, and do not dial
           again by yourself.
         > Reference: (drawn for each call) (repeat it at the end of your report)

      ? Type the last four digits of +14155550101 to have it called, or Enter alone to stop 1234
      ! That is not 0101. Nothing was dialed.
      ? Type the last four digits of +14155550101 to have it called, or Enter alone to stop 0101
      📞 Polly's call report

      🎯 Target: Trattoria Roma | +14155550101
      📋 Purpose: book a table for four at 19:00
      ✅ Result: Success: Polly got it done. The callee's own words confirm it.
         Recipient: “All confirmed: a table for four at 19:00.”
      💬 Call transcript:
         Recipient: Hello, this is Trattoria Roma.
         Polly: Hello, this is an AI assistant calling on behalf of a customer. book a
           table for four at 19:00
         Recipient: Let me check. Yes, that is possible.
         Polly: Thank you. Could you confirm that, please?
         Recipient: All confirmed: a table for four at 19:00.
         Polly: Thank you very much. Goodbye.
      🔎 Issue analysis: not needed
      🔁 Attempts: Polly made 1 call.
         Attempt 1 of 5: Mon 16 Mar 2026, 10:01 (America/Los_Angeles) · Trattoria Roma
           · +14155550101 · done
      💰 Credits used: 20 credits for this call
      💳 Credits remaining: 780 credits
      🔗 Details: https://pollyreach.ai/calls/call-1svo0c-1
      🎧 Recording: https://pollyreach.ai/recordings/call-1svo0c-1.mp3

      🦜 PollyReach: https://pollyreach.ai · ⭐ Top up: https://agent.pollyreach.ai/ ·
           🎁 Free credits for sharing: ask me how

      That was Polly's first call for you. Polly can take your incoming calls too:
      1. You can give Polly's number to anyone. Whoever calls it is answered by Polly.
      2. You decide how calls are answered. Tell me the manner you like, for instance
      as a receptionist who notes down names and reasons.
      3. I can look for new calls at regular intervals, so that you miss none. Shall
      I?
      "
    `);
    expect(code).toBe(0);
    expect(terminal.sandbox.rings(ROMA.phone)).toBe(1);
  });

  it("dials nothing when the person just presses Enter", async () => {
    const terminal = await aTerminal({ sandbox: roma(behaviours.agrees()), types: [""] });
    const { code, session } = await terminal.run(...BOOK);
    expect(session).toContain("The task was stopped at your word.");
    expect(code).toBe(1);
    expect(terminal.sandbox.rings()).toBe(0);
  });

  it("asks nobody where nobody can be asked: it says how to confirm, and an option alone does not ring", async () => {
    const terminal = await aTerminal({ sandbox: roma(behaviours.agrees()), tty: false });
    const asked = await terminal.run(...BOOK);
    expect(asked.code).toBe(3);
    expect(asked.session).toContain("pollyreach call --resume 00000001 --confirm <number>");

    expect((await terminal.run("call", "--resume", "00000001", "--choose", "approve")).code).toBe(3);
    const mistaken = await terminal.run("call", "--resume", "00000001", "--confirm", "+14155550199");
    expect(mistaken.code).toBe(2);
    expect(mistaken.session).toContain("is not the number to be called, +14155550101");
    expect(terminal.sandbox.rings()).toBe(0);

    expect((await terminal.run("call", "--resume", "--confirm", "(415) 555-0101")).code).toBe(2);
    expect((await terminal.run("call", "--resume", "--confirm", ROMA.phone)).code).toBe(0);
    expect(terminal.sandbox.rings()).toBe(1);
    expect((await terminal.run("call", "--resume", "00000001")).session).toContain(
      "No call 00000001 is open.",
    );
  });

  it("shows each attempt as it happens, and waits by itself", async () => {
    const terminal = await aTerminal({
      sandbox: roma(behaviours.busy(), behaviours.agrees()),
      tty: false,
    });
    const { stderr, code } = await terminal.run(...BOOK, "--confirm", ROMA.phone);
    expect(code).toBe(0);
    expect(stderr).toMatchInlineSnapshot(`
      "📞 Attempt 1 of 5: Trattoria Roma, +14155550101
         busy
      ⏳ Waiting until Mon 16 Mar, 17:02: The line was busy.
      📞 Attempt 2 of 5: Trattoria Roma, +14155550101
         done
      "
    `);
  });

  it("introduces incoming calls after the first call, once", async () => {
    const terminal = await aTerminal({ sandbox: roma(behaviours.agrees()), tty: false });
    const first = await terminal.run(...BOOK, "--confirm", ROMA.phone);
    const second = await terminal.run(...BOOK, "--confirm", ROMA.phone);
    expect(first.session).toContain("That was Polly's first call for you.");
    expect(second.session).not.toContain("That was Polly's first call for you.");
  });
});

describe("Ctrl-C", () => {
  it("stops waiting, says that the call goes on, and how to pick it up; picking it up dials nothing", async () => {
    const terminal = await aTerminal({ sandbox: roma(behaviours.agrees()), tty: false });
    const { requests } = terminal.sandbox.record;
    const ringing = setInterval(() => {
      if (requests.filter(({ endpoint, status }) => endpoint === "query" && status === 200).length > 2)
        terminal.interrupt();
    }, 1);
    const left = await terminal.run(...BOOK, "--confirm", ROMA.phone);
    clearInterval(ringing);

    expect(left.code).toBe(130);
    expect(left.session).toContain(
      "Stopped waiting. The call to Trattoria Roma, +14155550101 goes on without you.",
    );
    expect(left.session).toContain("Pick it up with: pollyreach call --resume 00000001");
    const taken = await terminal.run("call", "--resume", "00000001");
    expect(taken.code).toBe(0);
    expect(taken.session).toContain("Success: Polly got it done.");
    expect(terminal.sandbox.rings()).toBe(1);
  });

  it("in the very moment of the call says that it may have been placed, and picking it up dials nothing", async () => {
    const terminal = await aTerminal({ sandbox: roma(behaviours.agrees()), tty: false });
    const { requests } = terminal.sandbox.record;
    terminal.sandbox.inject("send", faults.slow(30_000));
    const ringing = setInterval(() => {
      if (requests.some(({ endpoint }) => endpoint === "send")) terminal.interrupt();
    }, 1);
    const left = await terminal.run(...BOOK, "--confirm", ROMA.phone, "--json");
    clearInterval(ringing);

    expect(document(left.stdout)).toMatchObject({ exitCode: 130, result: { call: "may_go_on" } });
    const taken = await terminal.run("call", "--resume", "00000001");
    expect(taken.session).toContain("Success: Polly got it done.");
    expect(terminal.sandbox.rings()).toBe(1);
  });

  it("at a question leaves the question open", async () => {
    const terminal = await aTerminal({ sandbox: roma(behaviours.agrees()), types: ["^C", "0101"] });
    const left = await terminal.run(...BOOK);
    expect(left.code).toBe(130);
    expect(left.session).toContain("Stopped. No call is going on.");
    expect((await terminal.run("call", "--resume")).code).toBe(0);
  });
});

describe("a question that comes up", () => {
  const theatre: SandboxOptions = {
    people: [
      {
        ...ROMA,
        behaviours: [
          behaviours.asksQuestion("Under which name shall I book?", { answeredBy: /Lovelace/ }),
          behaviours.agrees("a table under the name Lovelace"),
        ],
      },
    ],
  };

  it("is asked in place, with the words of the one who asked", async () => {
    const terminal = await aTerminal({ sandbox: theatre, types: ["0101", "Lovelace"] });
    const { code, session } = await terminal.run(...BOOK);
    expect(session).toContain("❓ Under which name shall I book?");
    expect(session).toContain("? Your answer (Enter alone: later) Lovelace");
    expect(code).toBe(0);
  });

  it("ends with exit code 3 where nobody can be asked, and takes the answer later", async () => {
    const terminal = await aTerminal({ sandbox: theatre, tty: false });
    const asked = await terminal.run(...BOOK, "--confirm", ROMA.phone, "--json");
    expect(document(asked.stdout)).toMatchObject({ ok: false, exitCode: 3, result: { status: "asking" } });
    const { code } = await terminal.run("call", "--resume", "00000001", "--answer", "Lovelace", "--json");
    expect(code).toBe(0);
  });

  it("asks for needed details before anybody is called", async () => {
    const terminal = await aTerminal({ sandbox: roma(behaviours.agrees()), types: ["4", "0101"] });
    const { session, code } = await terminal.run(...BOOK, "--need", "party size");
    expect(session).toContain("? party size (Enter alone: later) 4");
    expect(code).toBe(0);
  });
});

describe("exit codes", () => {
  it.each([
    ["done", behaviours.agrees(), 0],
    ["a refusal", behaviours.refuses("Fully booked."), 1],
    ["asked never to be called again", behaviours.optsOut(), 1],
  ])("%s", async (_, does, code) => {
    const terminal = await aTerminal({ sandbox: roma(does), tty: false });
    const run = await terminal.run(...BOOK, "--confirm", ROMA.phone, "--json");
    expect(run.code).toBe(code);
    expect(document(run.stdout)).toMatchObject({
      ok: code === 0,
      exitCode: code,
      result: { status: "finished" },
    });
  });

  it("5 when the service cannot be reached, and nothing rang", async () => {
    const terminal = await aTerminal({ tty: false });
    await terminal.sandbox.goOffline();
    const { code } = await terminal.run(...BOOK, "--confirm", ROMA.phone);
    expect(code).toBe(5);
    expect(terminal.sandbox.rings()).toBe(0);
  });

  it.each([
    [["call"], "Say what is to be done"],
    [["call", "x", "--to", "911"], "911 is an emergency number"],
    [["call", "x", "--to", ROMA.phone, "--when", "soon"], "“soon” is no time"],
    [["call", "x", "--to", ROMA.phone, "--hours", "always"], "no opening hours"],
    [["call", "x", "--to", ROMA.phone, "--may-tell", "=4"], "write name=value"],
    [["call", "--resume"], "No call is open."],
    [["call", "--resume", "../../etc/passwd"], "No call ../../etc/passwd is open."],
    [["cal"], "Did you mean call?"],
    [["call", "x", "--too", "1"], "unknown option '--too'"],
  ])("2 for %j: nothing was done", async (argv, words) => {
    const terminal = await aTerminal({ tty: false });
    const { code, session } = await terminal.run(...argv);
    expect(session.replace(/\s+/g, " ")).toContain(words);
    expect(code).toBe(2);
    expect(terminal.sandbox.record.requests).toEqual([]);
  });
});

it("keeps the token out of everything it prints and keeps", async () => {
  const terminal = await aTerminal({ sandbox: roma(behaviours.refuses("No.")), tty: false });
  const seen = [
    await terminal.run(...BOOK),
    await terminal.run("call", "--resume", "--confirm", ROMA.phone, "--json"),
    await terminal.run("doctor"),
    await terminal.run("history", "--export"),
  ];
  terminal.sandbox.revoke(CANARY);
  seen.push(await terminal.run("balance"), await terminal.run("doctor", "--json"));
  for (const { stdout, stderr } of seen) expect(stdout + stderr).not.toContain(CANARY);
  const { readFileSync } = await import("node:fs");
  const files = readdirSync(terminal.home, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(files.length).toBeGreaterThan(0);
  for (const file of files)
    expect(readFileSync(join(file.parentPath, file.name), "utf8")).not.toContain(CANARY);
});
