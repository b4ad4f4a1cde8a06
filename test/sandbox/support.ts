import type { Clock } from "../../src/clock.js";
import type { Sandbox } from "../../src/sandbox/index.js";

/** The wire as it is, without a client: a bare request, its status and its text. */
export async function ask<C extends Clock>(
  sandbox: Sandbox<C>,
  method: "GET" | "POST",
  path: string,
  body?: unknown,
  token = sandbox.token,
) {
  const response = await sandbox.fetch(sandbox.baseUrl + path, {
    method,
    redirect: "manual",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

export async function json(reply: Promise<{ text: string }>): Promise<Record<string, unknown>> {
  return JSON.parse((await reply).text);
}

export const send = <C extends Clock>(sandbox: Sandbox<C>, message: string, token?: string) =>
  ask(sandbox, "POST", "/chat/openclaw/completions", { message }, token);

export const query = <C extends Clock>(sandbox: Sandbox<C>, token?: string) =>
  ask(sandbox, "POST", "/chat/openclaw/query", {}, token);

export const unread = <C extends Clock>(sandbox: Sandbox<C>) => ask(sandbox, "GET", "/sms_messages/unread");

/** Polls every half minute until the result is there. */
export async function result<C extends Clock>(sandbox: Sandbox<C>, token?: string): Promise<string> {
  for (let poll = 0; poll < 1000; poll++) {
    const reply = await json(query(sandbox, token));
    if (reply.done === true) return String(reply.message);
    await sandbox.clock.sleep(30_000);
  }
  throw new Error("No result after 1000 polls.");
}

/** One call from message to result. */
export async function call<C extends Clock>(sandbox: Sandbox<C>, message: string): Promise<string> {
  const reply = await json(send(sandbox, message));
  if (reply.status !== true) throw new Error(`Not taken on: ${JSON.stringify(reply)}`);
  return result(sandbox);
}
