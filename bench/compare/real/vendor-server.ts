/** A networked vendor on a loopback port: the audit is the simulator's own, at the receiving side. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { NetworkedVendor } from '../networked-vendor.ts';

/** Answered at once and by no vendor: a client's first request loads its HTTP stack. */
const WARM_UP = '/api/warm-up';

export interface VendorServer {
  readonly url: string;
  close(): Promise<void>;
}

export async function startVendorServer(vendor: NetworkedVendor): Promise<VendorServer> {
  const server = createServer((request, response) => {
    // A client that was killed takes its answer with it.
    answer(vendor, request, response).catch(() => response.destroy());
  });
  // Node closes idle connections after 5 s, in the middle of somebody's next request.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  vendor: NetworkedVendor,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (url.pathname === WARM_UP) {
    response.end();
    return;
  }
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  const {
    status,
    headers: answered,
    body,
  } = await vendor.handle({
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(headers),
    body: await buffer(request),
  });
  response.writeHead(status, answered);
  response.end(body instanceof Uint8Array ? body : Buffer.concat([...body]));
}
