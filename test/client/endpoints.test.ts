import nock from "nock";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { PollyReachClient, type PollyReachClientOptions } from "../../src/client/client.js";
import { instantClock } from "./instant-clock.js";

const ORIGIN = "https://api.pollyreach.ai";
const BASE = "/platform/v1";
const TOKEN = "line-token-0123456789";

const aLine = (options: PollyReachClientOptions = {}) =>
  new PollyReachClient({ token: TOKEN, clock: instantClock(), random: () => 0.5, ...options });

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
});
afterAll(() => nock.restore());

const service = () => nock(ORIGIN, { reqheaders: { authorization: `Bearer ${TOKEN}` } });

describe("each endpoint, as the service is known to speak", () => {
  it("registers without a token, and hides the new one from whoever prints the registration", async () => {
    nock(ORIGIN, { badheaders: ["authorization"] })
      .post(`${BASE}/auths/signin/device`, { name: "Ada", source: "openclaw", description: "what are you" })
      .reply(200, {
        agent: { token: "brand-new-token-77", activation_url: "https://agent.pollyreach.ai/auth?code=c" },
        important: "save it",
      });
    const client = new PollyReachClient({ credentials: { env: {}, homeDir: "/nonexistent" } });
    const registration = await client.register({ name: "Ada" });
    expect(registration.token).toBe("brand-new-token-77");
    expect(registration.activationUrl).toBe("https://agent.pollyreach.ai/auth?code=c");
    expect(JSON.stringify(registration)).not.toContain("brand-new");
    expect(client.hasToken).toBe(true);
    expect(client.activationUrl).toBe(registration.activationUrl);
  });

  it("does not register over a token unless asked to, and then keeps its own line", async () => {
    const client = aLine();
    await expect(client.register({ name: "Ada" })).rejects.toMatchObject({
      code: "already_registered",
      sent: "no",
    });
    nock(ORIGIN)
      .post(`${BASE}/auths/signin/device`)
      .reply(200, { agent: { token: "second-token-88" } });
    const before = client.lineId;
    const second = await client.register({ name: "Ada", again: true });
    expect(second.token).toBe("second-token-88");
    expect(client.lineId).toBe(before);
  });

  it("knows an activated line by its number", async () => {
    const path = `${BASE}/auths/signin/device/activation-status`;
    service().get(path).reply(200, { status: "active", ai_virtual_phone: null });
    service().get(path).reply(200, { status: "active", ai_virtual_phone: "+12025550123", plan: "free" });
    const client = aLine();
    expect(await client.activationStatus()).toEqual({
      status: "active",
      activated: false,
      phoneNumber: null,
    });
    expect(await client.activationStatus()).toEqual({
      status: "active",
      activated: true,
      phoneNumber: "+12025550123",
    });
  });

  it("sends quotes, line breaks and other scripts as they are", async () => {
    const message = 'Call "Mégane\'s" 寿司\nand ask: 2 people?\t{"a":1} \\';
    service()
      .post(`${BASE}/chat/openclaw/completions`, { message })
      .reply(200, { status: true, task_id: 17 });
    expect(await aLine().send(message)).toEqual({ accepted: true, taskId: "17" });
  });

  it("asks for the result with an empty object", async () => {
    service().post(`${BASE}/chat/openclaw/query`, {}).reply(200, { message: "", done: false });
    service()
      .post(`${BASE}/chat/openclaw/query`, {})
      .reply(200, { message: "Booked.", done: true, extra: 1 });
    const client = aLine();
    expect(await client.query()).toEqual({ done: false, message: "" });
    expect(await client.query()).toEqual({ done: true, message: "Booked." });
  });

  it("reads the balance", async () => {
    service().get(`${BASE}/credits/balance`).reply(200, { balance: 690, amount: 800, currency: "credit" });
    expect(await aLine().balance()).toEqual({ balance: 690, amount: 800 });
  });

  it("sets the answering prompt, also when the service takes it at the third time of asking", async () => {
    const path = `${BASE}/users/phone/pollyreach/update`;
    const prompt = "You answer for Ada.";
    service().post(path, { prompt }).reply(200, { detail: "Failed to update inbound config" });
    service().post(path, { prompt }).reply(500, "oops");
    service().post(path, { prompt }).reply(200, { status: true, message: "updated", task_id: "t" });
    expect(await aLine().updateAnsweringPrompt(prompt)).toEqual({ message: "updated", taskId: "t" });
    service().post(path, { prompt }).times(4).reply(200, { status: false, message: "not now" });
    await expect(aLine().updateAnsweringPrompt(prompt)).rejects.toMatchObject({
      code: "service_error",
      message: expect.stringContaining("not now"),
    });
    service().post(path, { prompt }).reply(401, {});
    await expect(aLine().updateAnsweringPrompt(prompt)).rejects.toMatchObject({ code: "authentication" });
  });
});

describe("before anything is sent", () => {
  it("turns away input that no request should be made with", async () => {
    const client = aLine();
    const surrogate = String.fromCharCode(0xd800);
    for (const message of ["", " \n", "x".repeat(8_001), "a\u0000b", `a${surrogate}`]) {
      await expect(client.send(message)).rejects.toMatchObject({ code: "invalid_input", sent: "no" });
      await expect(client.updateAnsweringPrompt(message)).rejects.toMatchObject({ code: "invalid_input" });
    }
    for (const name of ["", "a\nb", "a\u0007", "a\u2028b", "n".repeat(101)]) {
      await expect(client.register({ name, again: true })).rejects.toMatchObject({ code: "invalid_input" });
    }
  });

  it("needs a token, and says where one can come from", async () => {
    const client = new PollyReachClient({ credentials: { env: {}, homeDir: "/nonexistent" } });
    expect(client.hasToken).toBe(false);
    await expect(client.balance()).rejects.toMatchObject({
      code: "credentials",
      nextStep: expect.stringContaining("POLLYREACH_TOKEN"),
    });
    expect(() => client.lineId).toThrow(/no token/);
  });

  it("turns away a token that would break the header", () => {
    for (const token of ["", "a\r\nx-evil: 1", "two words", "täuschung"]) {
      expect(() => new PollyReachClient({ token })).toThrow(expect.objectContaining({ code: "credentials" }));
    }
    expect(new PollyReachClient({ token: `${TOKEN}\n` }).lineId).toBe(aLine().lineId);
  });

  it("speaks plain http to loopback only", () => {
    for (const baseUrl of [
      "http://127.0.0.1:8080/v1",
      "http://localhost",
      "http://[::1]:1",
      "http://127.8.0.1",
    ]) {
      expect(() => new PollyReachClient({ token: TOKEN, baseUrl })).not.toThrow();
    }
    for (const baseUrl of [
      "http://api.pollyreach.ai",
      "http://127.0.0.1.evil.example",
      "http://localhost.evil.example",
      "ftp://localhost",
      "https://user:secret@api.pollyreach.ai",
      "https://api.pollyreach.ai?x=1",
      "not a url",
    ]) {
      expect(() => new PollyReachClient({ token: TOKEN, baseUrl })).toThrow(
        expect.objectContaining({ code: "configuration" }),
      );
    }
  });

  it("names the line without revealing its token", () => {
    expect(aLine().lineId).toMatch(/^[0-9a-f]{12}$/);
    expect(aLine().lineId).not.toBe(aLine({ token: "other-token-0123456789" }).lineId);
  });
});
