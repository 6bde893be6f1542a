import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Gate {
  readonly url: string;
  /** Host and port of the URL. */
  readonly host: string;
  /** Resolves to the process ids of those who wait, once there are `count`. */
  untilWaiting(count: number): Promise<readonly number[]>;
  /** Lets the one that has waited longest pass. */
  release(): void;
  close(): Promise<void>;
}

/** Holds invocations that ask it, so that a test says when each of them goes on. */
export async function openGate(): Promise<Gate> {
  const waiting: { readonly pid: number; readonly response: ServerResponse }[] = [];
  let arrived = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    waiting.push({ pid: Number(request.url?.slice(1)), response });
    arrived.resolve();
    arrived = Promise.withResolvers();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    async untilWaiting(count) {
      while (waiting.length < count) await arrived.promise;
      return waiting.map(({ pid }) => pid);
    },
    release: () => void waiting.shift()?.response.end(),
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
