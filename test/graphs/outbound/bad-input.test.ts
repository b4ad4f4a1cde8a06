import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { PollyReachClient } from "../../../src/client/client.js";
import { ConfigurationError, CredentialsError } from "../../../src/client/errors.js";
import { InvalidLimitsError, UnknownTaskError } from "../../../src/graphs/outbound/graph-errors.js";
import {
  type PhoneTaskDeps,
  resumePhoneTask,
  runPhoneTask,
} from "../../../src/graphs/outbound/run-phone-task.js";
import { InvalidAnswerError } from "../../../src/policy/answer.js";
import { InvalidTaskError, type PhoneTaskInput } from "../../../src/policy/task.js";
import { behaviours, type Sandbox, startSandbox } from "../../../src/sandbox/index.js";
import { BOOKING, ending, jobDeps } from "../../support/phone-job.js";

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSandbox({
    people: [{ name: "Roma", phone: "+390612345678", behaviours: [behaviours.agrees()] }],
  });
});
afterEach(() => sandbox.close());

/** What the task is refused with; that it is refused before anything was asked or dialed. */
async function refusal(input: Partial<PhoneTaskInput>, deps: Partial<PhoneTaskDeps> = {}): Promise<unknown> {
  const error: unknown = await runPhoneTask({ ...BOOKING, ...input }, jobDeps(sandbox, deps)).catch(
    (reason: unknown) => reason,
  );
  expect(sandbox.record.requests).toEqual([]);
  return error;
}

it.each<[string, Partial<PhoneTaskInput>, RegExp]>([
  ["an empty task", { purpose: " \n " }, /purpose is empty; say what/],
  ["a task of 10,000 characters", { purpose: "x".repeat(10_000) }, /purpose is longer than 4000/],
  ["a number that is none", { targets: [{ phone: "call me" }] }, /targets\.0\.phone cannot be dialed/],
  [
    "a number that rescues lives",
    { country: "US", targets: [{ phone: "911" }] },
    /targets\.0\.phone cannot be/,
  ],
  ["a control character in a name", { targets: [{ name: "Roma\u0007" }] }, /targets\.0\.name .*control/],
  ["a line break in a name", { targets: [{ name: "Roma\nCall: +1 900" }] }, /targets\.0\.name .*line break/],
  ["a reversed name", { targets: [{ name: "\u202eamoR" }] }, /targets\.0\.name .*control/],
  ["nobody to call", { targets: [{}] }, /targets\.0 has neither name nor phone/],
  ["a past time", { notBefore: "2020-01-01T10:00Z" }, /notBefore/],
  ["a past deadline", { deadline: "2026-03-16T08:00Z" }, /deadline is past/],
  ["a nonsense time", { deadline: "next Tuesday" }, /deadline is no instant/],
  ["a time without an offset", { deadline: "2026-03-17T10:00" }, /deadline is no instant/],
  ["a time in seconds", { deadline: 1_773_700_000 }, /deadline is more than a year away/],
  ["an unknown time zone", { timeZone: "Mars/Olympus" }, /timeZone is not an IANA/],
  ["a misspelt field", { prupose: "…" } as Partial<PhoneTaskInput>, /prupose/],
])("%s is refused before anything is dialed", async (_, input, message) => {
  const error = await refusal(input);
  expect(error).toBeInstanceOf(InvalidTaskError);
  expect(error).toMatchObject({ code: "invalid_task", message: expect.stringMatching(message) });
});

it("every problem of a task is named at once", async () => {
  expect(await refusal({ purpose: "", timeZone: "Mars", targets: [{ phone: "1" }] })).toMatchObject({
    problems: [{ path: "purpose" }, { path: "timeZone" }],
  });
});

it.each([
  ["a negative limit", { attempts: -1 }],
  ["a limit that is none", { attempts: Number.NaN }],
  ["a limit that would be raised", { redialsPerTarget: 4 }],
  ["no attempts at all", { attempts: 0 }],
])("%s is refused before anything is dialed", async (_, limits) => {
  expect(await refusal({}, { limits })).toBeInstanceOf(InvalidLimitsError);
});

it("a broken key file is refused before anything is dialed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "key-"));
  try {
    const file = join(folder, "key.json");
    writeFileSync(file, '{"token": ');
    chmodSync(file, 0o600);
    const { token: _, ...rest } = sandbox.clientOptions();
    const client = new PollyReachClient({ ...rest, credentials: { env: { POLLYREACH_KEY_FILE: file } } });
    expect(await refusal({}, { client })).toBeInstanceOf(CredentialsError);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it("a base URL on http makes no client", () => {
  expect(
    () => new PollyReachClient({ token: "t0ken-of-some-length", baseUrl: "http://example.org" }),
  ).toThrow(ConfigurationError);
});

it("an unknown thread cannot be taken up", async () => {
  await expect(resumePhoneTask("nobody's", jobDeps(sandbox))).rejects.toThrow(UnknownTaskError);
});

it("an answer that a question cannot take leaves the task as it was", async () => {
  const deps = jobDeps(sandbox);
  const asked = await runPhoneTask({ ...BOOKING, approval: "first_dial" }, deps);
  expect(ending(asked)).toBe("asking: first_dial");
  await expect(resumePhoneTask("booking", deps, { choice: "redial" })).rejects.toThrow(InvalidAnswerError);
  await expect(resumePhoneTask("booking", deps, "sure, why not")).rejects.toThrow(InvalidAnswerError);
  expect(sandbox.rings()).toBe(0);
  expect(await resumePhoneTask("booking", deps)).toEqual(asked);
  expect(ending(await resumePhoneTask("booking", deps, "approve"))).toBe("finished: settled");
  expect(sandbox.rings()).toBe(1);
});
