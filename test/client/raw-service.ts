import net from "node:net";

/** A request as its bytes came in, and the socket to answer on. */
export interface RawRequest {
  text: string;
  body: string;
  line: string;
  socket: net.Socket;
  /** 1 for the first request of the service. */
  number: number;
}

export interface RawService {
  baseUrl: string;
  requests: RawRequest[];
  connections: number;
}

/** Plays a service byte by byte, so that a test can count what really came over the wire. */
export async function withRawService(
  answer: (request: RawRequest) => void,
  test: (service: RawService) => Promise<void>,
): Promise<void> {
  const sockets = new Set<net.Socket>();
  const service: RawService = { baseUrl: "", requests: [], connections: 0 };
  const server = net.createServer((socket) => {
    service.connections++;
    sockets.add(socket);
    socket.on("error", () => undefined);
    let received = "";
    socket.on("data", (bytes) => {
      received += bytes.toString("latin1");
      const bodyAt = received.indexOf("\r\n\r\n") + 4;
      if (bodyAt < 4) return;
      const length = Number(/^content-length: (\d+)/im.exec(received)?.[1] ?? 0);
      if (received.length < bodyAt + length) return;
      const text = received;
      received = "";
      const line = text.slice(0, text.indexOf("\r\n"));
      const request = { text, line, body: text.slice(bodyAt), socket, number: service.requests.length + 1 };
      service.requests.push(request);
      answer(request);
    });
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  service.baseUrl = `http://127.0.0.1:${port}`;
  try {
    await test(service);
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** The bytes of a reply. */
export function httpReply(status: string, body: string, headers: Record<string, string> = {}): string {
  const lines = Object.entries({
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status}\r\n${lines.join("")}\r\n${body}`;
}
