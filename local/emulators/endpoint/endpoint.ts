/**
 * One loopback HTTP server for every emulated AWS service, so that `AWS_ENDPOINT_URL` alone points
 * any AWS SDK at it, and LocalStack or AWS itself can stand in its place.
 *
 * Guarantees: binds 127.0.0.1 only; `close` ends long polls and keep-alive sockets.
 * Refuses to: verify signatures or hold credentials. Any key pair will do.
 */

import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerCall } from './answer-call.ts';
import type { AwsCall, AwsRequest, AwsResponse, AwsService } from './aws-service.ts';
import type { FaultInjector } from './fault-injector.ts';
import { readBody } from './read-body.ts';

export interface EndpointOptions {
  readonly services: readonly AwsService[];
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly faults?: Pick<FaultInjector, 'take'>;
  /** Told of every finished call, for tests and metrics. Must not throw. */
  readonly onCall?: (call: AwsCall) => void;
  /** Told of an error that no service answered: a defect of the emulator. */
  readonly onDefect?: (error: unknown) => void;
}

export interface Endpoint {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const LOOPBACK = '127.0.0.1';

export async function startEndpoint(options: EndpointOptions): Promise<Endpoint> {
  const services = new Map(options.services.map((service) => [service.name, service]));
  const closing = new AbortController();
  const running = new Set<Promise<void>>();
  const server = createServer((incoming, outgoing) => {
    const exchange = serve({ ...options, services }, incoming, outgoing, closing.signal);
    running.add(exchange);
    void exchange.finally(() => running.delete(exchange));
  });
  // A server that drops idle sockets races with the SDK reusing them: the client sees ECONNRESET.
  server.keepAliveTimeout = 0;
  server.listen(options.port ?? 0, LOOPBACK);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${LOOPBACK}:${port}`,
    port,
    close: () => closeServer(server, closing, running),
  };
}

type ServeOptions = Omit<EndpointOptions, 'services'> & {
  readonly services: ReadonlyMap<string, AwsService>;
};

async function serve(
  options: ServeOptions,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  closing: AbortSignal,
): Promise<void> {
  const hungUp = new AbortController();
  outgoing.once('close', () => hungUp.abort());
  try {
    const signal = AbortSignal.any([hungUp.signal, closing]);
    const request = await toAwsRequest(incoming, signal);
    const response = await answerCall(options, request);
    if (response.hangUp) outgoing.destroy();
    else send(outgoing, request.method, response, closing.aborted);
  } catch (error) {
    if (!hungUp.signal.aborted) options.onDefect?.(error);
    outgoing.destroy();
  }
}

async function toAwsRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<AwsRequest> {
  const target = incoming.url ?? '/';
  const queryAt = target.indexOf('?');
  return {
    method: incoming.method ?? 'GET',
    path: queryAt < 0 ? target : target.slice(0, queryAt),
    query: new URLSearchParams(queryAt < 0 ? '' : target.slice(queryAt + 1)),
    headers: joinHeaders(incoming),
    body: await readBody(incoming, signal),
    signal,
  };
}

const joinHeaders = (incoming: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value ?? '')]),
  );

function send(
  outgoing: ServerResponse,
  method: string,
  response: AwsResponse,
  isLast: boolean,
): void {
  outgoing.writeHead(response.status, {
    'content-length': Buffer.byteLength(response.body),
    'x-amzn-requestid': randomUUID(),
    ...response.headers,
    ...(isLast && { connection: 'close' }),
  });
  outgoing.end(method === 'HEAD' ? undefined : response.body);
}

async function closeServer(
  server: Server,
  closing: AbortController,
  running: ReadonlySet<Promise<void>>,
): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  closing.abort();
  await Promise.allSettled(running);
  server.closeAllConnections();
  await closed;
}
