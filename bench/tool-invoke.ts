import { tool } from "@langchain/core/tools";
import { z } from "zod";
import { PollyReachBalanceTool } from "../src/tools/balance-tool.js";
import { type Benchmark, cpuPerCall } from "./harness.js";

const INVOCATIONS = 2_000;

/** The balance comes from memory, so that only the tool is measured. */
export const toolInvoke: Benchmark = {
  name: "tool-invoke",
  about: "invoking a tool of this package, against a tool() that does nothing",
  unit: "µs CPU",
  baseline: "no-op tool()",
  rounds: 25,
  goals: [{ variant: "pollyreach_balance", of: "ratio", atMost: 0.25 }],
  open() {
    const client = { balance: async () => ({ balance: 690, amount: 800 }) };
    const ours = new PollyReachBalanceTool({ client });
    const schema = z.object({});
    const noop = tool(async () => "", { name: "noop", description: "Does nothing.", schema });
    const call = (name: string) => ({ type: "tool_call", id: "call-1", name, args: {} }) as const;
    return {
      variants: {
        "no-op tool()": cpuPerCall(INVOCATIONS, () => noop.invoke({})),
        pollyreach_balance: cpuPerCall(INVOCATIONS, () => ours.invoke({})),
        "no-op tool(), called by a model": cpuPerCall(INVOCATIONS, () => noop.invoke(call("noop"))),
        "pollyreach_balance, called by a model": cpuPerCall(INVOCATIONS, () =>
          ours.invoke(call("pollyreach_balance")),
        ),
      },
    };
  },
};
