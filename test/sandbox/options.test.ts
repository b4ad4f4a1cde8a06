import { describe, expect, it } from "vitest";
import {
  type Behaviour,
  behaviours,
  SandboxOptionError,
  type SandboxOptions,
  startSandbox,
} from "../../src/sandbox/index.js";

const bistro = { name: "Bistro", phone: "+1 555 0100 100", behaviours: [behaviours.agrees()] };

describe("startSandbox turns down", () => {
  it.each<[string, SandboxOptions]>([
    ["credits.balance", { credits: { balance: -1, amount: 100 } }],
    ["accounts[0].credits.amount", { accounts: [{ credits: { balance: 1, amount: Number.NaN } }] }],
    ["accounts", { accounts: [] }],
    ["accounts", { accounts: [{ token: "same" }, { token: "same" }] }],
    ["token", { token: "one", accounts: [{ token: "other" }] }],
    ["costPerCall", { costPerCall: -5 }],
    ["seed", { seed: 1.5 }],
    ["style", { style: "poem" as "prose" }],
    ["variants.result", { variants: { result: "twice" as "once" } }],
    ["variants.colour", { variants: { colour: "red" } as SandboxOptions["variants"] & object }],
    ["variants.staleResultMs", { variants: { staleResultMs: -1 } }],
    ["people[0].name", { people: [{ ...bistro, name: "Bis\ntro" }] }],
    ["people[0].phone", { people: [{ ...bistro, phone: "call me" }] }],
    ["people[1].phone", { people: [bistro, { ...bistro, name: "Bar", phone: "1-555-0100100" }] }],
    ["directory[0].phone", { people: [bistro], directory: [{ ...bistro, name: "Bar" }] }],
    ["people[0].timeZone", { people: [{ ...bistro, timeZone: "Europe/Atlantis" }] }],
    ["people[0].behaviours", { people: [{ ...bistro, behaviours: [] }] }],
    [
      "people[0].behaviours[0]",
      { people: [{ ...bistro, behaviours: [{ kind: "sings" } as unknown as Behaviour] }] },
    ],
    ["people[0].behaviours[0]", { people: [{ ...bistro, behaviours: [behaviours.closedUntil(0)] }] }],
    [
      "people[0].behaviours[0].cost",
      { people: [{ ...bistro, behaviours: [behaviours.busy({ cost: -1 })] }] },
    ],
    ["faults.times", { faults: [{ fault: { kind: "refused" }, times: -1 }] }],
    ["account", { inbound: [{ from: "+15550100199", account: "nobody's" }] }],
  ])("%s", async (option, options) => {
    const error: unknown = await startSandbox(options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SandboxOptionError);
    expect(error).toMatchObject({ code: "sandbox_option_invalid", option });
  });

  it("a time that is none, where it is given", () => {
    expect(() => behaviours.closedUntil("when it suits them")).toThrow(RangeError);
  });

  it("but not a person who is both known and in the directory", async () => {
    await using sandbox = await startSandbox({ people: [bistro], directory: [bistro] });
    expect(sandbox.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});
