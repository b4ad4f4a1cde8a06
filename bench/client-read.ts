import { Agent, type Dispatcher } from "undici";
import { PollyReachClient } from "../src/client/client.js";
import { type Benchmark, cpuPerCall } from "./harness.js";
import { startService, TOKEN } from "./service.js";

const READS = 60;

/** With an injected fetch the client cannot rely on the connection's timeouts, and keeps a deadline of its own. */
export const clientRead: Benchmark = {
  name: "client-read",
  about: "reading the balance, against a bare global fetch on an Agent like the client's",
  unit: "µs CPU",
  baseline: "bare fetch",
  rounds: 60,
  goals: [{ variant: "client", of: "ratio", atMost: 1.15 }],
  async open() {
    const service = await startService();
    const agent = new Agent({ keepAliveTimeout: 55_000, pipelining: 1 });
    const dispatcher: Dispatcher = agent;
    const client = new PollyReachClient({ baseUrl: service.url, token: TOKEN });
    const injected = new PollyReachClient({
      baseUrl: service.url,
      token: TOKEN,
      fetch: (url, init) => globalThis.fetch(url, Object.assign(init, { dispatcher })),
    });
    const headers = { accept: "application/json", authorization: `Bearer ${TOKEN}` };
    const init: RequestInit = Object.assign<RequestInit, object>({ headers }, { dispatcher });
    return {
      variants: {
        "bare fetch": cpuPerCall(READS, async () => {
          const reply = await globalThis.fetch(`${service.url}/credits/balance`, init);
          return reply.json();
        }),
        client: cpuPerCall(READS, () => client.balance()),
        "client, fetch injected": cpuPerCall(READS, () => injected.balance()),
      },
      async close() {
        await Promise.all([client.close(), agent.close()]);
        service.close();
      },
    };
  },
};
