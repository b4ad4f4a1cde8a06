import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * Answers like the service, at once, in a process of its own: its CPU time must not count as the client's. Prints its
 * port and ends when its input does.
 */
const REPLIES: Record<string, object> = {
  "/credits/balance": { balance: 690, amount: 800 },
  "/chat/openclaw/completions": { status: true, task_id: "task-1" },
  "/chat/openclaw/query": { message: "", done: false },
};

const server = createServer((request, response) => {
  const reply = JSON.stringify(REPLIES[request.url ?? ""] ?? { detail: "Not Found" });
  request.resume().on("end", () => {
    response.writeHead(200, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(reply),
    });
    response.end(reply);
  });
});
server.keepAliveTimeout = 75_000;
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
process.stdin.resume().on("end", () => process.exit(0));
