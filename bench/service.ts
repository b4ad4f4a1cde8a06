import { once } from "node:events";
import { startAlone } from "./alone.js";

/** What the clients of the benchmarks authenticate with. The server accepts anything. */
export const TOKEN = "bench-token-0123456789";

/** Starts `reply-server.ts`. */
export async function startService(): Promise<{ url: string; close(): void }> {
  const child = startAlone("reply-server.ts");
  const [port] = await once(child.stdout.setEncoding("utf8"), "data");
  return { url: `http://127.0.0.1:${String(port).trim()}`, close: () => child.stdin.end() };
}
