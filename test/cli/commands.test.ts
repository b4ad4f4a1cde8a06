import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { columns } from "../../src/reports/columns.js";
import { behaviours, faults } from "../../src/sandbox/index.js";
import { document } from "./json-schema.js";
import { aTerminal, CANARY } from "./terminal.js";

const ROMA = { name: "Trattoria Roma", phone: "+14155550101" };

describe("without a key", () => {
  it.each([["balance"], ["call", "book a table"], ["inbound"], ["prompt", "show"]])(
    "%s offers the sandbox rather than failing, in the terminal and elsewhere",
    async (...argv) => {
      const alone = await aTerminal({ registered: false, tty: false });
      const refused = await alone.run(...argv);
      expect(refused.code).toBe(4);
      expect(refused.session.replace(/\s+/g, " ")).toMatch(
        /No phone line is set up here yet\. Run “pollyreach setup”, or try it without one: “pollyreach --sandbox/,
      );
      const attended = await aTerminal({
        registered: false,
        types: ["Try it on the built-in sandbox: no phone rings", "Decide later"],
      });
      const tried = await attended.run(...argv);
      expect(tried.session).toContain("(On the built-in sandbox, in virtual time: no phone rings.)");
      expect(tried.code).toBe(0);
      expect(attended.sandbox.record.requests).toEqual([]);
    },
  );

  it("goes on with the command once a line was set up in place", async () => {
    const terminal = await aTerminal({
      registered: false,
      types: ["Set one up now", "done"],
      sandbox: { activation: { afterPolls: 1 } },
    });
    const { session, code } = await terminal.run("balance");
    expect(session).toContain("It is active: Polly has been given the number +14155550161");
    expect(session).toContain("800 of 800 credits left.");
    expect(code).toBe(0);
  });
});

describe("pollyreach setup", () => {
  it("registers, hands over the link, and announces the number when the person comes back", async () => {
    const terminal = await aTerminal({
      registered: false,
      types: ["done"],
      sandbox: { activation: { afterPolls: 1 } },
    });
    const { code, session } = await terminal.run("setup", "--name", "Ada's agent");
    expect(session.replace(/code=\S+/, "code=…")).toMatchInlineSnapshot(`
      "🦜 One step is left to a phone number of my own, for making and taking calls:
      open this link and sign in with your e-mail address.

      👉 https://agent.pollyreach.ai/auth?code=…
      ? Press Enter when it is done. done
      ✅ It is active: Polly has been given the number +14155550161 🦜

      📞 Calls I make
      · Say what you need: Polly looks up whom to call and how it is done.
      · Bookings: restaurants, hotels, tickets.
      · Customer service: questions and complaints.
      · Appointments with many people, such as interviews with candidates.
      · Public offices, and service providers of any kind.
      · In any language, also while you travel or do business abroad.

      📥 Calls I answer
      · While you are in a meeting or busy; you get a summary afterwards.
      · Spam and sales calls are filtered; only what matters reaches you.
      · As a receptionist for your business, day and night.
      · Your customers in their own language.
      · In the role you choose: assistant, receptionist, or any other. Just tell me.

      ⏰ You can give this number to anyone: Polly answers whoever calls.
         Shall I look for new calls every 10 minutes?

      📱 Try it now:
      · Tell me your own number, and Polly calls you, so that you hear it speak.
      · Or say what you need, such as “a table for tomorrow evening”: Polly calls.

      pollyreach inbound --watch                     new calls, every 10 minutes
      pollyreach call "say hello" --to <your number>  to hear Polly
      "
    `);
    expect(code).toBe(0);
    expect(statSync(join(terminal.home, ".config/PollyReach/key.json")).mode & 0o777).toBe(0o600);
  });

  it("gives the link and exit code 3 where nobody waits, and goes on when run again", async () => {
    const terminal = await aTerminal({
      registered: false,
      tty: false,
      sandbox: { activation: { afterPolls: 2 } },
    });
    const first = await terminal.run("setup", "--json");
    expect(document(first.stdout)).toMatchObject({
      ok: false,
      exitCode: 3,
      result: { status: "activating" },
    });
    expect((await terminal.run("setup")).session).toContain("When you have signed in, run: pollyreach setup");
    const last = await terminal.run("setup", "--json");
    expect(document(last.stdout)).toMatchObject({
      ok: true,
      result: { status: "ready", phoneNumber: "+14155550161" },
    });
    const { requests } = terminal.sandbox.record;
    expect(requests.filter(({ endpoint }) => endpoint === "register")).toHaveLength(1);
  });

  it("says that a registration may have been made, lets the person decide, and never prints a key", async () => {
    const terminal = await aTerminal({ registered: false, types: ["Stop here"] });
    terminal.sandbox.inject("register", faults.resetAfterAccepting());
    const { code, session } = await terminal.run("setup");
    expect(session).toContain("it is not known whether an");
    expect(code).toBe(3);
  });
});

describe("pollyreach balance", () => {
  it.each([
    [{ balance: 690, amount: 800 }, "💳 690 of 800 credits left.\n"],
    [
      { balance: 100, amount: 800 },
      "💳 100 of 800 credits left.\n⚠️ Less than a fifth of your credits is left. Topping up soon keeps Polly able\nto call.\n⭐ Top up here: https://agent.pollyreach.ai/\n",
    ],
    [
      { balance: 0, amount: 800 },
      "💳 0 of 800 credits left.\nYour credits are used up, so Polly cannot make new calls for now.\n⭐ Top up here: https://agent.pollyreach.ai/\n🎁 Or earn free credits by inviting friends: ask me for the message to share.\n",
    ],
  ])("%j", async (credits, screen) => {
    const terminal = await aTerminal({ sandbox: { credits } });
    expect(await terminal.run("balance")).toMatchObject({ code: 0, session: screen });
  });
});

it("pollyreach share shows the copy word for word, without a line and without wrapping it", async () => {
  const terminal = await aTerminal({ registered: false });
  const { session, code } = await terminal.run("share");
  expect(session).toBe(
    `🦜 Hey, my AI agent just got its own phone number and can actually make phone calls now. Pretty cool! Your agent should try it too! Send this to your agent 👇
> Read https://pollyreach.ai/SKILL.md and follow the instructions to install PollyReach

Copy the message above and send it to a friend. When their agent installs
PollyReach, you get extra free call time.
`,
  );
  expect(code).toBe(0);
});

describe("pollyreach inbound", () => {
  const sandbox = {
    inbound: [
      {
        from: "+14155550171",
        name: "Maria Lopez",
        content: "Maria Lopez called about the interview on Tuesday at 14:00; please call back to confirm.",
      },
      { from: "+14155550172", content: "You have won a free cruise! Press 1 now to claim your prize." },
    ],
    people: [
      { name: "Maria Lopez", phone: "+14155550171", behaviours: [behaviours.agrees("the interview")] },
    ],
  };

  it("tells each call once, lists spam, and asks what should follow", async () => {
    const terminal = await aTerminal({ sandbox, types: ["Nothing"] });
    const { session, code } = await terminal.run("inbound");
    expect(session).toMatchInlineSnapshot(`
      "📥 Polly answered a call for you

      📞 Caller: Maria Lopez | +14155550171
      🕒 Received: Mon 16 Mar 2026, 17:00 (UTC)
      🏷️ Classification: Important
      📋 Summary: Maria Lopez called about the interview on Tuesday at 14:00; please
           call back to confirm. Key facts: times named “Tuesday at 14:00”.
      💬 Call transcript: not stated by Polly
      ☎️ Follow-up needed: Yes: call +14155550171 back; they asked for it (“Maria
           Lopez called about the interview on Tuesday at 14:00; please call back to
           confirm.”).
      💰 Credits used: not stated by Polly
      💳 Credits remaining: 800 credits
      🔗 Details: not stated by Polly

      🦜 PollyReach: https://pollyreach.ai · ⭐ Top up: https://agent.pollyreach.ai/ ·
           🎁 Free credits for sharing: ask me how

      ? What should follow? [Call back +14155550171 / Forward it to somebody / Nothing / Decide later] Nothing
      Kept from you as spam:
      - +14155550172 · You have won a free cruise! Press 1 now to claim your prize.
      "
    `);
    expect(code).toBe(0);
    expect((await terminal.run("inbound")).session).toBe("No new calls.\n");
  });

  it("calls back through the same confirmation as any call", async () => {
    const terminal = await aTerminal({
      sandbox,
      types: ["Call back +14155550171", "Confirm the interview", "0171"],
    });
    const { session, code } = await terminal.run("inbound");
    expect(session).toContain("? Type the last four digits of +14155550171");
    expect(session).toContain("> Purpose: Confirm the interview");
    expect(code).toBe(0);
    expect(terminal.sandbox.rings("+14155550171")).toBe(1);
  });

  it("shows nothing more after Ctrl-C at a question, and tells the rest the next time", async () => {
    const terminal = await aTerminal({ sandbox, types: ["^C"] });
    terminal.sandbox.receive({ from: "+14155550173", content: "Jo here, please call back." });
    const left = await terminal.run("inbound");
    expect(left.code).toBe(130);
    const { session } = await terminal.run("inbound", "--json");
    const both = [left.session, session];
    for (const phone of ["+14155550171", "+14155550173"]) {
      expect(both.filter((each) => each.includes(phone))).toHaveLength(1);
    }
  });

  it("watches until Ctrl-C, and tells what comes in meanwhile", async () => {
    const terminal = await aTerminal({ sandbox, tty: false });
    const { clock } = terminal.sandbox;
    terminal.sandbox.receive({
      from: "+14155550173",
      content: "Call back Jo please.",
      at: clock.now() + 1_500_000,
    });
    void clock.sleep(3_600_000).then(() => terminal.interrupt());
    const { session, code } = await terminal.run("inbound", "--watch");
    expect(session).toContain("Looking for new calls every 10 minutes.");
    expect(session).toContain("+14155550171");
    expect(session).toContain("+14155550173");
    expect(code).toBe(0);
    const asked = terminal.sandbox.record.requests.filter(({ endpoint }) => endpoint === "unreadInbound");
    expect(asked.length).toBeGreaterThanOrEqual(6);
    expect(asked.length).toBeLessThanOrEqual(7);
  });
});

describe("pollyreach prompt", () => {
  it("shows, sets by words, preset or earlier version, and keeps the versions", async () => {
    const terminal = await aTerminal({ tty: false });
    const all = [
      await terminal.run("prompt"),
      await terminal.run("prompt", "set", "Answer as the front desk of Ada's bakery."),
      await terminal.run("prompt", "set", "--preset", "message_taker", "--for", "Ada"),
      await terminal.run("prompt", "set", "--restore", "1"),
      await terminal.run("prompt", "show"),
      await terminal.run("prompt", "history"),
    ];
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(all.map(({ session }) => session).join("---\n")).toMatchInlineSnapshot(`
      "No prompt was set from here, so the service's own way of answering applies.
      ---
      ✅ Calls are answered like this from now on:
        Answer as the front desk of Ada's bakery.

        Understand what the caller wants and note it down. Make no commitments:
        promise nothing, agree to nothing, buy nothing, and give out no private
        information. Say that the message will be passed on.
      ---
      ✅ Calls are answered like this from now on:
        You take messages for Ada. Say that you are an AI and that you only take
        messages.
        Ask for the caller's name, number and message, repeat them once to be sure,
        thank the caller and end the call. Answer no questions.

        Understand what the caller wants and note it down. Make no commitments:
        promise nothing, agree to nothing, buy nothing, and give out no private
        information. Say that the message will be passed on.
      ---
      ✅ Calls are answered like this from now on:
        Answer as the front desk of Ada's bakery.

        Understand what the caller wants and note it down. Make no commitments:
        promise nothing, agree to nothing, buy nothing, and give out no private
        information. Say that the message will be passed on.
      ---
        Answer as the front desk of Ada's bakery.

        Understand what the caller wants and note it down. Make no commitments:
        promise nothing, agree to nothing, buy nothing, and give out no private
        information. Say that the message will be passed on.
      ---
      3. 2026-03-16 17:00, set
        Answer as the front desk of Ada's bakery.

        Understand what the caller wants and note it down. Make no commitments:
        promise nothing, agree to nothing, buy nothing, and give out no private
        information. Say that the message will be passed on.
      2. 2026-03-16 17:00, set
        You take messages for Ada. Say that you are an AI and that you only take
        messages.
        Ask for the caller's name, number and message, repeat them once to be sure,
        thank the caller and end the call. Answer no questions.

        Understand what the caller wants and note it down. Make no commitments:
        promise nothing, agree to nothing, buy nothing, and give out no private
        information. Say that the message will be passed on.
      1. 2026-03-16 17:00, set
        Answer as the front desk of Ada's bakery.

        Understand what the caller wants and note it down. Make no commitments:
        promise nothing, agree to nothing, buy nothing, and give out no private
        information. Say that the message will be passed on.
      "
    `);
    expect(terminal.sandbox.answeringPrompt()).toMatch(
      /^Answer as the front desk of Ada's bakery\.\n\n.*no commitments/s,
    );
  });

  it.each([
    [["prompt", "set"], "Give one of"],
    [["prompt", "set", "--preset", "receptionist"], "This preset needs company"],
    [["prompt", "set", "--preset", "robot"], "Allowed choices are personal_assistant"],
    [["prompt", "set", "--restore", "7"], "There is no version 7"],
  ])("%j is a mistake that sends nothing", async (argv, words) => {
    const terminal = await aTerminal({ tty: false });
    const { code, session } = await terminal.run(...argv);
    expect(session.replace(/\s+/g, " ")).toContain(words);
    expect(code).toBe(2);
    expect(terminal.sandbox.record.requests).toEqual([]);
  });
});

describe("pollyreach history", () => {
  it("finds calls by number, name, time, outcome and words, exports and deletes them", async () => {
    const terminal = await aTerminal({
      tty: false,
      sandbox: {
        people: [
          { ...ROMA, behaviours: [behaviours.agrees("a table")] },
          {
            name: "Quick Plumbing",
            phone: "+14155550104",
            behaviours: [behaviours.refuses("Fully booked.")],
          },
        ],
        inbound: [
          { from: "+14155550171", name: "Maria Lopez", content: "Please call back about the interview." },
        ],
      },
    });
    await terminal.run(
      "call",
      "book a table",
      "--to",
      ROMA.phone,
      "--name",
      ROMA.name,
      "--confirm",
      ROMA.phone,
    );
    await terminal.run("call", "mend the tap", "--to", "+14155550104", "--confirm", "+14155550104");
    await terminal.run("inbound");

    expect((await terminal.run("history")).session).toMatchInlineSnapshot(`
      "- 2026-03-16 17:01 → +14155550104 · reached, not done · mend the tap
      - 2026-03-16 17:00 ← +14155550171 · Important · Please call back about the
        interview.
      - 2026-03-16 17:00 → Trattoria Roma +14155550101 · done · book a table
      "
    `);
    for (const [argv, words] of [
      [["roma"], "Recipient: All confirmed"],
      [["--number", "555-0104"], "mend the tap"],
      [["--name", "trattoria"], "book a table"],
      [["--outcome", "achieved"], "book a table"],
      [["--direction", "in"], "← +14155550171 · Important"],
      [["--since", "2026-03-17"], "No calls are kept that match."],
    ] as const) {
      expect((await terminal.run("history", ...argv)).session).toContain(words);
    }
    expect(document((await terminal.run("history", "--json")).stdout)).toMatchObject({ ok: true });
    const exported = (await terminal.run("history", "--export")).stdout.trim().split("\n");
    expect(exported.map((line) => JSON.parse(line).subject)).toEqual([
      "book a table",
      "Please call back about the interview.",
      "mend the tap",
    ]);
    expect((await terminal.run("history", "--delete")).code).toBe(2);
    expect((await terminal.run("history", "--delete", "--number", ROMA.phone)).session).toBe(
      "1 call deleted.\n",
    );
    expect((await terminal.run("history", "roma")).session).toBe("No calls are kept that match.\n");
  });
});

describe("pollyreach doctor: the troubleshooting table as checks with remedies", () => {
  it("finds nothing wrong where nothing is", async () => {
    const terminal = await aTerminal();
    const { session, code } = await terminal.run("doctor");
    expect(session.replace(terminal.home, "~")).toMatchInlineSnapshot(`
      "✅ Key: from POLLYREACH_TOKEN
      ✅ Registration: none is unfinished
      ✅ Number: +14155550160 is active
      ✅ Credits: 800 of 800 credits left
      ·· Outgoing calls: none was made yet
      ·· Incoming calls: none was seen yet
         → Check that answering is switched on and that the number is active: ask for
           the activation status, and look at the dashboard.
      ✅ Open tasks: none
      ✅ Storage: ~/.local/state/pollyreach

      Dashboard: https://agent.pollyreach.ai/
      "
    `);
    expect(code).toBe(0);
  });

  it("“Human didn't receive the activation link” and “No number received after activation”", async () => {
    const terminal = await aTerminal({ registered: false, tty: false });
    await terminal.run("setup");
    const { session, code } = await terminal.run("doctor");
    expect(session).toMatch(/❌ Number: nobody has signed in yet/);
    expect(session.replace(/\s+/g, " ")).toMatch(
      /Send the activation link to the human again, and check that it opens.*confirmed their e-mail address.*The link: https:\/\/agent\.pollyreach\.ai\/auth\?code=/,
    );
    expect(code).toBe(4);
  });

  it("“Call won't connect”", async () => {
    const terminal = await aTerminal({
      tty: false,
      sandbox: { people: [{ ...ROMA, behaviours: [behaviours.outOfService()] }] },
    });
    await terminal.run("call", "book a table", "--to", ROMA.phone, "--confirm", ROMA.phone);
    const { session } = await terminal.run("doctor");
    expect(session).toContain("⚠️ Outgoing calls: the last one did not connect: +14155550101");
    expect(session).toContain("Check the number and whether the callee can be reached");
  });

  it("“Balance shows 0”", async () => {
    const terminal = await aTerminal({ sandbox: { credits: { balance: 0, amount: 800 } } });
    const { session, code } = await terminal.run("doctor");
    expect(session).toContain("❌ Credits: 0 of 800 credits left");
    expect(session).toContain("top up at https://agent.pollyreach.ai/ or share");
    expect(code).toBe(1);
  });

  it("“No incoming call notifications”", async () => {
    const { session } = await (await aTerminal()).run("doctor");
    expect(session).toContain("·· Incoming calls: none was seen yet");
    expect(session.replace(/\s+/g, " ")).toContain(
      "Check that answering is switched on and that the number is active",
    );
  });

  it("names a token that is no longer good, a broken key file, and a service that is down", async () => {
    const revoked = await aTerminal();
    revoked.sandbox.revoke(CANARY);
    expect((await revoked.run("doctor")).code).toBe(4);

    const broken = await aTerminal({ registered: false });
    mkdirSync(join(broken.home, ".config/PollyReach"), { recursive: true });
    writeFileSync(join(broken.home, ".config/PollyReach/key.json"), "{");
    const told = await broken.run("doctor");
    expect(told.session.replace(/\s+/g, " ")).toContain("is not JSON.");
    expect(told.code).toBe(4);

    const down = await aTerminal();
    await down.sandbox.goOffline();
    expect((await down.run("doctor", "--json")).code).toBe(5);
  });
});

describe("on any screen", () => {
  it("colours only a terminal, and not with NO_COLOR", async () => {
    const sandbox = { people: [{ ...ROMA, behaviours: [behaviours.agrees()] }] };
    const argv = ["call", "book a table", "--to", ROMA.phone, "--confirm", ROMA.phone];
    const sgr = String.fromCharCode(0x1b);
    const colored = await (await aTerminal({ sandbox, color: true })).run(...argv);
    expect(colored.stdout).toContain(`${sgr}[1m`);
    expect((await (await aTerminal({ sandbox })).run(...argv)).stdout).not.toContain(sgr);
    expect((await (await aTerminal({ sandbox, color: true, tty: false })).run(...argv)).stdout).not.toContain(
      sgr,
    );
  });

  it("fits 80 columns, but for the message to copy", async () => {
    const terminal = await aTerminal({ registered: false, tty: false });
    for (const argv of [
      ["--help"],
      ["call", "--help"],
      ["setup", "--sandbox"],
      [
        "call",
        "book a table for four, with a view if there is one, and a high chair for the child",
        "--to",
        ROMA.phone,
        "--sandbox",
      ],
      ["inbound", "--sandbox"],
      ["history", "--sandbox"],
      ["doctor", "--sandbox"],
      ["prompt", "set", "--preset", "receptionist", "--company", "Ada's bakery", "--sandbox"],
    ]) {
      const { session } = await terminal.run(...argv);
      const wide = session.split("\n").filter((line) => columns(line) > 80 && !line.includes("https://"));
      expect(wide, argv.join(" ")).toEqual([]);
    }
  });

  it("prints one document with --json, whatever the command", async () => {
    const terminal = await aTerminal({ tty: false });
    for (const argv of [
      ["balance"],
      ["share"],
      ["doctor"],
      ["history"],
      ["inbound"],
      ["prompt"],
      ["completion", "bash"],
      ["setup"],
      ["call", "x", "--to", "911"],
      ["nonsense"],
    ]) {
      const { stdout, code } = await terminal.run(...argv, "--json");
      expect(stdout.trimEnd().split("\n"), argv.join(" ")).toHaveLength(1);
      expect(document(stdout).exitCode).toBe(code);
    }
  });
});
