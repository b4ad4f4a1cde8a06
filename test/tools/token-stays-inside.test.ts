import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { BaseTracer, type Run } from "@langchain/core/tracers/base";
import { describe, expect, it } from "vitest";
import { PollyReachClient } from "../../src/client/client.js";
import { PollyReachToolkit } from "../../src/tools/toolkit.js";
import { instantClock } from "../client/instant-clock.js";
import { ENDPOINT_TOOLS, modelCall } from "./a-line.js";

const TOKEN = "canary-token-0123456789";

/** Keeps every run whole, as a tracing service would be sent it. */
class Recorder extends BaseTracer {
  override name = "recorder";
  readonly runs: Run[] = [];
  protected override async persistRun(run: Run): Promise<void> {
    this.runs.push(run);
  }
}

const ARGS: Record<string, Record<string, unknown>> = {
  pollyreach_register: { name: "Ada" },
  pollyreach_send: { message: "Call Ada" },
  pollyreach_result: { wait_seconds: 20 },
  pollyreach_answering_prompt: { prompt: "You take messages." },
};

/** A service that hands the token back wherever it can. */
const echo = (status: number) => async (_url: string, init: RequestInit) => {
  const sent = `you sent ${JSON.stringify(init.headers)}`;
  const everything = {
    status: true,
    done: true,
    message: sent,
    detail: sent,
    balance: 1,
    amount: 2,
    messages: [sent],
  };
  const agent = { token: TOKEN, activation_url: "https://agent.pollyreach.ai/auth?code=c" };
  return Response.json({ ...everything, agent }, { status });
};

describe.each([200, 401, 422, 500])("where the service answers %d and echoes the token", (status) => {
  it.each(["with a token of its own", "as a newcomer that registers first"])(
    "it is in no tool, answer or trace, %s",
    async (how) => {
      const home = mkdtempSync(join(tmpdir(), "pollyreach-tools-"));
      const client = new PollyReachClient({
        ...(how.startsWith("with") ? { token: TOKEN } : {}),
        credentials: { env: {}, homeDir: home },
        clock: instantClock(),
        random: () => 0.5,
        fetch: echo(status),
      });
      const recorder = new Recorder();
      const { tools } = new PollyReachToolkit({ client, clock: instantClock(), tools: ENDPOINT_TOOLS });
      const answers: unknown[] = [];
      for (const tool of tools) {
        const args = ARGS[tool.name] ?? {};
        const config = { callbacks: [recorder] };
        answers.push(await tool.invoke(modelCall(tool.name, args), config).catch((error: unknown) => error));
        answers.push(await tool.invoke(args, config).catch((error: unknown) => error));
      }
      expect(answers).toHaveLength(14);
      expect(recorder.runs.map(({ name }) => name)).toEqual(tools.flatMap(({ name }) => [name, name]));
      expect(JSON.stringify(recorder.runs.map(({ inputs }) => inputs))).toContain("Call Ada");
      const all = [tools, answers, recorder.runs, tools.map((tool) => Object.values(tool))];
      expect(
        inspect(all, { depth: 25, showHidden: true, maxStringLength: null, maxArrayLength: null }),
      ).not.toContain(TOKEN);
      const texts = answers.map((answer) => (answer instanceof Error ? `${answer.stack}` : answer));
      expect(
        JSON.stringify([
          tools,
          texts,
          recorder.runs.map(({ inputs, outputs, error, serialized }) => [inputs, outputs, error, serialized]),
        ]),
      ).not.toContain(TOKEN);
    },
  );
});
