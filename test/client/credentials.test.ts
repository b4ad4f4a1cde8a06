import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inspect } from "node:util";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PollyReachClient } from "../../src/client/client.js";
import { saveCredentials } from "../../src/client/credential-saving.js";
import { loadCredentials } from "../../src/client/credentials.js";

let homeDir = "";
beforeEach(() => {
  homeDir = mkdtempSync(join(tmpdir(), "pollyreach-home-"));
});
afterEach(() => rmSync(homeDir, { recursive: true, force: true }));

const places = (env: Record<string, string> = {}) => ({ env, homeDir });
const keyFile = () => join(homeDir, ".config", "PollyReach", "key.json");
const olderFile = () => join(homeDir, ".config", "PollyReach", "credentials.json");

function write(path: string, content: unknown, mode = 0o600): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content), { mode });
}

const thrownBy = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

describe("finding the token", () => {
  it("prefers the constructor, then the variable, the named file, the usual file, the older one", () => {
    const named = join(homeDir, "elsewhere.json");
    write(olderFile(), { token: "older-token-1" });
    expect(loadCredentials(places())?.token).toBe("older-token-1");
    write(keyFile(), { token: "usual-token-2", agent_name: "Ada", activation_url: "https://a.example/x" });
    expect(loadCredentials(places())).toEqual({
      token: "usual-token-2",
      agentName: "Ada",
      activationUrl: "https://a.example/x",
      source: keyFile(),
    });
    write(named, { token: "named-token-3" });
    const env = { POLLYREACH_KEY_FILE: named };
    expect(loadCredentials(places(env))?.token).toBe("named-token-3");
    expect(loadCredentials(places({ ...env, POLLYREACH_TOKEN: " env-token-4\n" }))?.token).toBe(
      "env-token-4",
    );
    const lineOf = (token: string) => new PollyReachClient({ token }).lineId;
    expect(new PollyReachClient({ credentials: places(env) }).lineId).toBe(lineOf("named-token-3"));
    const given = { token: "given-token-5", credentials: places(env) };
    expect(new PollyReachClient(given).lineId).toBe(lineOf("given-token-5"));
  });

  it("finds none where there is none, and takes no other line's token for a named file that is missing", () => {
    expect(loadCredentials(places())).toBeUndefined();
    write(keyFile(), { token: "usual-token-2" });
    expect(loadCredentials(places({ POLLYREACH_KEY_FILE: join(homeDir, "none.json") }))).toBeUndefined();
    expect(loadCredentials(places({ POLLYREACH_TOKEN: "", POLLYREACH_KEY_FILE: " " }))?.token).toBe(
      "usual-token-2",
    );
  });

  it.each([
    ["broken JSON", '{"token": "secret-abc'],
    ["a list", '["secret-abc"]'],
    ["no token", '{"tokens":"secret-abc"}'],
    ["an empty token", '{"token":"  ","note":"secret-abc"}'],
    ["a token of another type", '{"token":{"v":"secret-abc"}}'],
    ["a token with a line break in it", '{"token":"secret-abc\\nx"}'],
    ["nothing", ""],
  ])("names the path, and never the content, of a file with %s", (_what, content) => {
    write(keyFile(), content);
    write(olderFile(), { token: "older-token-1" });
    const error = thrownBy(() => loadCredentials(places()));
    expect(error).toMatchObject({ code: "credentials", message: expect.stringContaining(keyFile()) });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("secret-abc");
  });

  it("does not hang on what is no file", () => {
    mkdirSync(keyFile(), { recursive: true });
    expect(thrownBy(() => loadCredentials(places()))).toMatchObject({ code: "credentials" });
    rmSync(keyFile(), { recursive: true });
    execFileSync("mkfifo", [keyFile()]);
    expect(thrownBy(() => loadCredentials(places()))).toMatchObject({
      message: expect.stringContaining("not a file"),
    });
  });

  it("warns about a file that others can read", () => {
    write(keyFile(), { token: "usual-token-2" });
    const warnings: string[] = [];
    const load = () => loadCredentials({ ...places(), onWarning: (warning) => warnings.push(warning) });
    load();
    expect(warnings).toEqual([]);
    chmodSync(keyFile(), 0o644);
    expect(load()?.token).toBe("usual-token-2");
    expect(warnings).toEqual([expect.stringContaining(`chmod 600 "${keyFile()}"`)]);
  });
});

describe("saving the token", () => {
  it("writes a file and a folder for this user only, and nothing else", () => {
    const path = saveCredentials(
      { token: "new-token-1", agentName: "Ada", activationUrl: "https://a/x" },
      places(),
    );
    expect(path).toBe(keyFile());
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(readdirSync(dirname(path))).toEqual(["key.json"]);
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({
      token: "new-token-1",
      agent_name: "Ada",
      activation_url: "https://a/x",
    });
  });

  it("keeps every field it does not know", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (unknown) => {
        const { token: _token, agent_name: _name, activation_url: _url, ...others } = unknown;
        const known = JSON.parse(
          JSON.stringify({ ...others, token: "same-token-1", activation_url: "https://a/x" }),
        );
        write(keyFile(), known);
        saveCredentials({ token: "same-token-1", agentName: "Ada" }, places());
        expect(JSON.parse(readFileSync(keyFile(), "utf8"))).toEqual({ ...known, agent_name: "Ada" });
      }),
      { numRuns: 50 },
    );
  });

  it("never replaces another token unless asked to, wherever it is saved", () => {
    for (const path of [keyFile(), olderFile()]) {
      write(path, { token: "first-token-1", activation_url: "https://a/old", note: "mine" });
      const save = (overwrite: boolean) =>
        saveCredentials({ token: "second-token-2" }, { ...places(), overwrite });
      expect(thrownBy(() => save(false))).toMatchObject({ code: "already_registered" });
      expect(loadCredentials(places())?.token).toBe("first-token-1");
      save(true);
      expect(JSON.parse(readFileSync(keyFile(), "utf8"))).toEqual({ token: "second-token-2", note: "mine" });
      rmSync(keyFile(), { force: true });
    }
  });

  it("leaves a broken file alone, for it may hold the only copy", () => {
    write(keyFile(), '{"token": "half');
    expect(thrownBy(() => saveCredentials({ token: "new-token-1" }, places()))).toMatchObject({
      code: "credentials",
    });
    expect(readFileSync(keyFile(), "utf8")).toBe('{"token": "half');
  });

  it("writes through a link to where the file really is", () => {
    const real = join(homeDir, "dotfiles", "key.json");
    write(real, { token: "new-token-1" });
    mkdirSync(dirname(keyFile()), { recursive: true });
    symlinkSync(real, keyFile());
    saveCredentials({ token: "new-token-1", agentName: "Ada" }, places());
    expect(JSON.parse(readFileSync(real, "utf8"))).toEqual({ token: "new-token-1", agent_name: "Ada" });
  });

  it("turns away a second writer, and a lock whose holder died does not bar the way", () => {
    write(`${keyFile()}.lock`, "");
    const save = (now: number) =>
      saveCredentials(
        { token: "new-token-1" },
        { ...places(), clock: { now: () => now, sleep: async () => undefined } },
      );
    const taken = statSync(`${keyFile()}.lock`).mtimeMs;
    expect(thrownBy(() => save(taken + 1_000))).toMatchObject({
      message: expect.stringContaining("Another process"),
    });
    expect(existsSync(keyFile())).toBe(false);
    save(taken + 60_000);
    expect(loadCredentials(places())?.token).toBe("new-token-1");
    expect(existsSync(`${keyFile()}.lock`)).toBe(false);
  });

  it("lets exactly one of several processes win, and tells the others", async () => {
    const module = new URL("../../src/client/credential-saving.ts", import.meta.url).href;
    const script = `
      const { saveCredentials } = await import(${JSON.stringify(module)});
      try { saveCredentials({ token: process.argv[1] }, { env: {}, homeDir: ${JSON.stringify(homeDir)} }); console.log("saved"); }
      catch (error) { console.log(error.code); }`;
    const run = (token: string) =>
      new Promise<string>((resolve) => {
        const child = spawn(process.execPath, [
          "--import",
          "tsx",
          "--input-type=module",
          "-e",
          script,
          token,
        ]);
        let output = "";
        child.stdout.on("data", (text) => (output += text));
        child.on("close", () => resolve(output.trim()));
      });
    const tokens = ["racer-token-1", "racer-token-2", "racer-token-3"];
    const ends = await Promise.all(tokens.map(run));
    expect(ends.filter((end) => end === "saved")).toHaveLength(1);
    expect(ends.filter((end) => end === "already_registered" || end === "credentials")).toHaveLength(2);
    expect(loadCredentials(places())?.token).toBe(tokens[ends.indexOf("saved")]);
  });

  it("saves what a client registered, without showing the token to its caller", async () => {
    const reply = { agent: { token: "brand-new-token-77", activation_url: "https://a.example/x" } };
    const client = new PollyReachClient({ credentials: places(), fetch: async () => Response.json(reply) });
    await client.register({ name: "Ada" });
    expect(client.saveCredentials()).toBe(keyFile());
    expect(loadCredentials(places())).toEqual({
      token: "brand-new-token-77",
      agentName: "Ada",
      activationUrl: "https://a.example/x",
      source: keyFile(),
    });
  });
});
