/** Puts a simulator behind an HTTP server on the loopback interface, faults of delivery included. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Simulator } from './simulator.ts';
import type { WireAnswer, WireHead } from './wire.ts';

const BODY_BYTES_MAX = 16_777_216;

export interface SimulatorServer {
  readonly port: number;
  /** Where a client finds the vendor's API, its base path included. */
  readonly url: string;
  /** Where the `/__simulator/` endpoints are. */
  readonly controlUrl: string;
  close(): Promise<void>;
}

/** Starts the server; port 0 takes any free one. */
export async function startSimulatorServer(
  simulator: Simulator,
  port = 0,
): Promise<SimulatorServer> {
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer((request, response) => {
    serve(simulator, request, response, timers).catch((error: unknown) => fail(response, error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: boundPort } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${boundPort}`;
  return {
    port: boundPort,
    url: `${origin}${simulator.basePath}`,
    controlUrl: `${origin}/__simulator`,
    close: () =>
      new Promise((resolve) => {
        for (const timer of timers) clearTimeout(timer);
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  simulator: Simulator,
  request: IncomingMessage,
  response: ServerResponse,
  timers: Set<NodeJS.Timeout>,
): Promise<void> {
  const finish = simulator.begin(headOf(request));
  const body = await readBody(request);
  if (body === undefined) {
    response.writeHead(413).end();
    return;
  }
  const answer = finish(body);
  if (answer.delayMs === 0) return deliver(answer, response);
  const timer = setTimeout(() => {
    timers.delete(timer);
    deliver(answer, response).catch((error: unknown) => fail(response, error));
  }, answer.delayMs);
  timers.add(timer);
}

/** A client that went away, or a defect of the simulator, which must not look like the vendor. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) response.destroy();
  else response.writeHead(500, { 'content-type': 'text/plain' }).end(`simulator: ${error}`);
}

function headOf(request: IncomingMessage): WireHead {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(headers),
    ip: request.socket.remoteAddress ?? 'unknown',
  };
}

async function readBody(request: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function deliver(answer: WireAnswer, response: ServerResponse): Promise<void> {
  const { status, headers, body, delivery } = answer;
  if (delivery === 'never') return;
  if (delivery === 'cut') {
    response.destroy();
    return;
  }
  if (!(body instanceof Uint8Array)) {
    response.writeHead(status, headers);
    return pipeline(Readable.from(body), response);
  }
  const length = status === 204 ? {} : { 'content-length': String(body.length) };
  response.writeHead(status, { ...headers, ...length });
  if (delivery === 'whole') {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}
