import { Agent, type Dispatcher } from "undici";
import { PollyReachClient } from "../src/client/client.js";
import { type Benchmark, cpuPerCall } from "./harness.js";
import { startService } from "./service.js";

const READS = 300;
const TOKEN = "bench-token-0123456789";

export const clientRead: Benchmark = {
  name: "client-read",
  about: "reading the balance, against the bare global fetch over the same kind of Agent",
  unit: "µs CPU",
  baseline: "bare fetch",
  goals: [{ variant: "client", of: "ratio", atMost: 1.15 }],
  async open() {
    const service = await startService();
    const agent = new Agent({ keepAliveTimeout: 55_000, pipelining: 1 });
    const dispatcher: Dispatcher = agent;
    const client = new PollyReachClient({ baseUrl: service.url, token: TOKEN });
    const lent = new PollyReachClient({
      baseUrl: service.url,
      token: TOKEN,
      fetch: (url, init) => globalThis.fetch(url, Object.assign(init, { dispatcher })),
    });
    const headers = { accept: "application/json", authorization: `Bearer ${TOKEN}` };
    const init = Object.assign({ headers } satisfies RequestInit, { dispatcher });
    return {
      variants: {
        "bare fetch": cpuPerCall(READS, async () => {
          const reply = await globalThis.fetch(`${service.url}/credits/balance`, init);
          return reply.json();
        }),
        client: cpuPerCall(READS, () => client.balance()),
        "client on that very Agent": cpuPerCall(READS, () => lent.balance()),
      },
      async close() {
        await Promise.all([client.close(), agent.close()]);
        service.close();
      },
    };
  },
};
