import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { MemorySaver } from "@langchain/langgraph";
import { describe, expect, it, onTestFinished } from "vitest";
import { runOnboarding } from "../../../src/graphs/onboarding/run-onboarding.js";
import { columns } from "../../../src/reports/columns.js";
import { faults } from "../../../src/sandbox/index.js";
import { CANARY, newcomer } from "./newcomer.js";

describe("step 0: a saved credential is looked for before anything else", () => {
  it("greets with the number of a line that has one, and registers nothing", async () => {
    const them = await newcomer({ token: CANARY });
    mkdirSync(dirname(them.keyFile), { recursive: true });
    writeFileSync(them.keyFile, JSON.stringify({ token: CANARY }), { mode: 0o600 });

    const run = await runOnboarding(them.process());

    expect(run).toMatchObject({ status: "ready", welcome: { phoneNumber: "+14155550160", isNew: false } });
    expect(run.status === "ready" && run.welcome.message).toMatch(/Hello again.*\+14155550160/);
    expect(them.registrations()).toBe(0);
    expect(them.checks()).toHaveLength(1);
  });

  it("sends the saved link again where a line has a key and no number, and goes on from there", async () => {
    const them = await newcomer();
    const first = await runOnboarding({ ...them.process(), longestWaitMs: 0 });
    if (first.status !== "activating") throw new Error(first.status);

    const second = await runOnboarding({ ...them.process(), longestWaitMs: 0 });

    expect(second).toMatchObject({
      status: "activating",
      notice: { activationUrl: first.notice.activationUrl },
    });
    expect(second.status === "activating" && second.notice.message).toContain(
      `👉 ${them.savedKey()?.activation_url}`,
    );
    them.sandbox.activate(them.savedKey()?.token ?? "");
    expect(await runOnboarding(them.process())).toMatchObject({ status: "ready" });
    expect(them.registrations()).toBe(1);
  });

  it("points to the dashboard where the link of an unfinished activation was never saved", async () => {
    const them = await newcomer();
    await runOnboarding({ ...them.process(), longestWaitMs: 0 });
    const { token } = them.savedKey() ?? {};
    writeFileSync(them.keyFile, JSON.stringify({ token }));

    const run = await runOnboarding({ ...them.process(), longestWaitMs: 0 });

    if (run.status !== "activating") throw new Error(run.status);
    expect(run.notice.activationUrl).toBeUndefined();
    expect(run.notice.message).toContain("https://agent.pollyreach.ai/");
  });

  it("registers nothing over a key file that is broken", async () => {
    const them = await newcomer();
    mkdirSync(dirname(them.keyFile), { recursive: true });
    writeFileSync(them.keyFile, '{"token": "cut o');
    await expect(runOnboarding(them.process())).rejects.toMatchObject({ code: "credentials" });
    expect(them.registrations()).toBe(0);
  });
});

describe("step 1: registering", () => {
  it("registers once, saves the key at once for this user only, and hands over the link and nothing else", async () => {
    const them = await newcomer();
    const saver = new MemorySaver();

    const run = await runOnboarding({
      ...them.process(),
      agentName: "Ada's agent",
      checkpointer: saver,
      longestWaitMs: 0,
    });

    const key = them.savedKey();
    expect(key).toMatchObject({ agent_name: "Ada's agent" });
    expect(statSync(them.keyFile).mode & 0o777).toBe(0o600);
    expect(them.sandbox.record.requests[0]?.body).toEqual({
      name: "Ada's agent",
      source: "openclaw",
      description: "what are you",
    });
    expect(run).toMatchObject({ status: "activating", notice: { activationUrl: key?.activation_url } });
    expect(JSON.stringify(run)).not.toContain(key?.token);
    const kept = Buffer.concat(
      Object.values(saver.storage)
        .flatMap((spaces) => Object.values(spaces))
        .flatMap((points) => Object.values(points))
        .flatMap(([point, metadata]) => [Buffer.from(point), Buffer.from(metadata)]),
    ).toString("utf8");
    expect(kept).toContain(key?.activation_url);
    expect(kept).not.toContain(key?.token);
  });

  it("asks the human before it registers unless that was handed over", async () => {
    const them = await newcomer();
    const { registration: _, ...deps } = them.process();
    const asked = await runOnboarding(deps);
    expect(asked).toMatchObject({
      status: "asking",
      question: { matter: "may_register", options: ["register", "stop"] },
    });
    expect(await runOnboarding({ ...deps, onQuestion: () => "stop" })).toMatchObject({
      status: "stopped",
      end: "stopped_by_human",
    });
    expect(await runOnboarding({ ...deps, registration: "never" })).toMatchObject({
      status: "stopped",
      end: "not_registered",
      nextStep: expect.stringContaining("pollyreach setup"),
    });
    expect(them.registrations()).toBe(0);
    const allowed = await runOnboarding({ ...deps, onQuestion: () => "register", longestWaitMs: 0 });
    expect(allowed.status).toBe("activating");
    expect(them.registrations()).toBe(1);
  });

  it.each([
    ["the reply is lost", faults.resetAfterAccepting()],
    ["the connection breaks before it is known to have arrived", faults.resetBeforeAccepting()],
    ["a gateway answers", faults.html()],
    ["the reply breaks off", faults.truncatedJson()],
    ["the service fails", faults.status(500)],
  ])("does not register again on a guess when %s, now or in the next process", async (_, fault) => {
    const them = await newcomer();
    them.sandbox.inject("register", fault);

    const run = await runOnboarding(them.process());

    expect(run).toMatchObject({
      status: "asking",
      question: { matter: "registration_unknown", options: ["look_again", "register_again", "stop"] },
    });
    const next = await runOnboarding({
      ...them.process(),
      registration: "ask",
      onQuestion: ({ matter }) => (matter === "may_register" ? "register" : undefined),
    });
    expect(next).toMatchObject({ status: "asking", question: { matter: "registration_unknown" } });
    expect(them.registrations()).toBe(1);
    // Having looked at the dashboard, the human says so.
    const again = await runOnboarding({
      ...them.process(),
      onQuestion: () => "register_again",
      longestWaitMs: 0,
    });
    expect(again.status).toBe("activating");
    expect(them.registrations()).toBe(2);
    expect(await runOnboarding({ ...them.process(), longestWaitMs: 0 })).toMatchObject({
      status: "activating",
    });
    expect(them.registrations()).toBe(2);
  });

  it("registers again in the same process when the human says so", async () => {
    const them = await newcomer();
    them.sandbox.inject("register", faults.resetBeforeAccepting());
    const run = await runOnboarding({
      ...them.process(),
      onQuestion: () => "register_again",
      longestWaitMs: 0,
    });
    expect(run.status).toBe("activating");
    expect(them.registrations()).toBe(2);
  });

  it("says why the service turned it away, and may be run again at once", async () => {
    const them = await newcomer();
    them.sandbox.inject("register", faults.status(403, { body: { detail: "Closed for maintenance" } }));
    expect(await runOnboarding(them.process())).toMatchObject({ status: "stopped", end: "not_registered" });
    expect((await runOnboarding({ ...them.process(), longestWaitMs: 0 })).status).toBe("activating");
  });

  it("registers nothing where the key could not be saved", async () => {
    const them = await newcomer();
    writeFileSync(`${them.home}/.config`, "a file where a folder belongs");
    await expect(runOnboarding(them.process())).rejects.toMatchObject({
      code: "credentials",
      nextStep: expect.stringContaining("writable"),
    });
    expect(them.registrations()).toBe(0);
  });

  it("keeps the key in the process when the disk is full, and saves it when the human made room", async () => {
    const them = await newcomer();
    const { client, ...deps } = them.process();
    let full = true;
    const questions: string[] = [];
    const cramped = {
      get hasToken() {
        return client.hasToken;
      },
      get activationUrl() {
        return client.activationUrl;
      },
      register: client.register.bind(client),
      activationStatus: client.activationStatus.bind(client),
      saveCredentials: () => {
        if (full) throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
        return client.saveCredentials();
      },
    };
    const run = await runOnboarding({
      ...deps,
      client: cramped,
      longestWaitMs: 0,
      onQuestion: ({ matter }) => {
        questions.push(matter);
        if (questions.length === 2) full = false;
        return "save_again";
      },
    });
    expect(questions).toEqual(["not_saved", "not_saved"]);
    expect(run.status).toBe("activating");
    expect(them.savedKey()).toBeDefined();
    expect(them.registrations()).toBe(1);
  });

  it("lets one of two set-ups register, and both come to the same number", async () => {
    const them = await newcomer({ activation: { afterPolls: 3 } });
    them.sandbox.inject("register", faults.slow(9_000));

    const runs = await Promise.all([runOnboarding(them.process()), runOnboarding(them.process())]);

    expect(them.registrations()).toBe(1);
    expect(runs.map((run) => run.status === "ready" && run.welcome.phoneNumber)).toEqual([
      "+14155550161",
      "+14155550161",
    ]);
  });

  it("waits while another process registers, and says so when that process is gone without a key", async () => {
    const them = await newcomer();
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    onTestFinished(() => void other.kill("SIGKILL"));
    await once(other, "spawn");
    mkdirSync(dirname(them.keyFile), { recursive: true });
    const since = them.sandbox.clock.now();
    const record = { id: "another", since, pid: other.pid, host: hostname() };
    writeFileSync(`${them.keyFile}.registering`, JSON.stringify(record));

    expect(await runOnboarding({ ...them.process(), longestWaitMs: 0 })).toMatchObject({
      status: "waiting",
      why: "Another set-up is registering this phone line at this moment.",
    });
    const gone = once(other, "exit");
    other.kill("SIGKILL");
    await gone;
    expect(await runOnboarding(them.process())).toMatchObject({
      status: "asking",
      question: { matter: "registration_unknown" },
    });
    expect(them.registrations()).toBe(0);
  });
});

describe("step 2: activation", () => {
  it("checks sooner at first and seldom later, and announces the number once it is there", async () => {
    const them = await newcomer({ activation: { afterPolls: 9 } });
    const shown: number[] = [];
    const run = await runOnboarding({ ...them.process(), onSignIn: ({ checks }) => shown.push(checks) });
    expect(run).toMatchObject({ status: "ready", welcome: { isNew: true } });
    const seconds = them.checks().map((ms) => ms / 1000);
    expect(seconds).toEqual([5, 15, 35, 75, 155, 315, 635, 1275, 2555]);
    expect(shown).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it("checks at once when the human says done", async () => {
    const them = await newcomer();
    let said = 0;
    const run = await runOnboarding({
      ...them.process(),
      untilSignedIn: async () => {
        said++;
        them.sandbox.activate(them.savedKey()?.token ?? "");
      },
    });
    expect(run.status).toBe("ready");
    expect(said).toBe(1);
    expect(them.checks()).toEqual([0]);
  });

  it("stops after a day in which nobody signed in, says what to do, and can be taken up again", async () => {
    const them = await newcomer();
    const run = await runOnboarding(them.process());
    expect(run).toMatchObject({
      status: "stopped",
      end: "not_activated",
      nextStep: expect.stringMatching(/link.*e-mail/),
    });
    expect(them.checks().length).toBeLessThan(60);
    them.sandbox.activate(them.savedKey()?.token ?? "");
    expect((await runOnboarding(them.process())).status).toBe("ready");
    expect(them.registrations()).toBe(1);
  });

  it("goes on on the same thread, as a chat does when the human says done", async () => {
    const them = await newcomer();
    const checkpointer = new MemorySaver();
    const chat = () => runOnboarding({ ...them.process(), checkpointer, threadId: "chat", longestWaitMs: 0 });
    expect((await chat()).status).toBe("activating");
    expect((await chat()).status).toBe("activating");
    them.sandbox.activate(them.savedKey()?.token ?? "");
    expect(await chat()).toMatchObject({ status: "ready", welcome: { isNew: true } });
    expect(await chat()).toMatchObject({ status: "ready", welcome: { isNew: false } });
    expect(them.registrations()).toBe(1);
  });

  it("outlasts a service in trouble, and gives up on one that stays so", async () => {
    const them = await newcomer({ activation: { afterPolls: 1 } });
    them.sandbox.inject("activationStatus", faults.status(503), { times: 9 });
    expect((await runOnboarding(them.process())).status).toBe("ready");

    const others = await newcomer();
    others.sandbox.inject("activationStatus", faults.status(503), { times: 1000 });
    expect(await runOnboarding(others.process())).toMatchObject({
      status: "stopped",
      end: "service_unavailable",
    });
  });

  it("says that a token was revoked meanwhile, and does not register in its place", async () => {
    const them = await newcomer();
    await runOnboarding({ ...them.process(), longestWaitMs: 0 });
    them.sandbox.revoke(them.savedKey()?.token ?? "");
    const run = await runOnboarding(them.process());
    expect(run).toMatchObject({
      status: "stopped",
      end: "token_rejected",
      nextStep: expect.stringContaining("Do not register again"),
    });
    expect(them.registrations()).toBe(1);
    expect(JSON.stringify(run)).not.toContain(them.savedKey()?.token);
  });
});

describe("step 3: the announcement says all that the service's instructions ask for", () => {
  it.each([
    ["the number", /\+14155550161/],
    ["that it was activated", /active/],
    [
      "outgoing: say what is needed; whom to call and how is looked up",
      /Say what you need.*looks up whom.*how/,
    ],
    ["outgoing: restaurants, hotels, tickets", /restaurants, hotels, tickets/],
    ["outgoing: customer service, questions and complaints", /Customer service: questions and complaints/],
    ["outgoing: interviews with many candidates", /many people.*interviews.*candidates/],
    ["outgoing: public offices and service providers", /Public offices, and service providers/],
    ["outgoing: any language, abroad and on business trips", /any language.*travel.*business abroad/],
    ["incoming: answers when busy, with a summary", /meeting or busy.*summary afterwards/],
    ["incoming: filters spam and sales calls", /Spam and sales calls are filtered; only what matters/],
    ["incoming: receptionist day and night", /receptionist for your business, day and night/],
    ["incoming: customers in any language", /customers in their own language/],
    ["incoming: the manner can be chosen", /role you choose: assistant, receptionist, or any other/],
    ["the number may be shared publicly", /give this number to anyone: Polly answers/],
    ["the offer to check every 10 minutes", /look for new calls every 10 minutes\?/],
    ["the offer of a first call to the human", /your own number, and Polly calls you/],
    ["the offer of a task", /say what you need, such as “a table for tomorrow evening”/],
  ])("%s", async (_, words) => {
    const them = await newcomer({ activation: { afterPolls: 1 } });
    const run = await runOnboarding(them.process());
    if (run.status !== "ready") throw new Error(run.status);
    expect(run.welcome.message).toMatch(words);
    expect(run.welcome.message.split("\n").every((line) => columns(line) <= 80)).toBe(true);
    expect(run.welcome.offers).toEqual([{ offer: "try_call" }, { offer: "check_inbound", everyMs: 600_000 }]);
  });
});
