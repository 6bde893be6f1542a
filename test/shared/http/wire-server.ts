import { createServer, type Server, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface WireServer {
  readonly origin: string;
  readonly port: number;
  /** The text of each request as it came over the wire, in order of arrival. */
  readonly requests: string[];
  readonly connections: () => number;
}

/** Answers each request on a raw socket, so that a test can say any bytes and cut anywhere. */
export type Answer = (socket: Socket, request: string) => void;

/** A server on loopback that lives as long as the test that started it. */
export async function startWireServer(answer: Answer): Promise<WireServer> {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    let text = '';
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      for (let end = requestEnd(text); end !== undefined; end = requestEnd(text)) {
        const request = text.slice(0, end);
        text = text.slice(end);
        requests.push(request);
        answer(socket, request);
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => stop(server, sockets));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { origin: `http://127.0.0.1:${port}`, port, requests, connections: () => connections };
}

/** An answer with a correct content-length. */
export function reply(status: string, headers: readonly string[], body: string | Buffer): Answer {
  return (socket) => {
    const bytes = Buffer.from(body);
    const lines = [`HTTP/1.1 ${status}`, ...headers, `content-length: ${bytes.length}`];
    socket.write(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), bytes]));
  };
}

/** Exactly these bytes, then the connection is closed. */
export const sayAndClose =
  (text: string | Buffer): Answer =>
  (socket) =>
    socket.end(text);

function requestEnd(text: string): number | undefined {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, headEnd));
  const end = headEnd + 4 + Number(length?.[1] ?? 0);
  return text.length >= end ? end : undefined;
}

function stop(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  for (const socket of sockets) socket.destroy();
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}
