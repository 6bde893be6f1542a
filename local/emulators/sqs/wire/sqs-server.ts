/** SQS alone on a loopback port, for tests and measurements. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SqsService } from '../sqs-service.ts';
import { handleSqsRequest } from './handle-sqs-request.ts';

export interface SqsServer {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 only; port 0 takes a free one. */
export async function startSqsServer(service: SqsService, port = 0): Promise<SqsServer> {
  const server = createServer((request, response) => {
    // A client that is gone before its body is complete needs no answer.
    serve(service, request, response).catch(() => response.destroy());
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const { port: boundPort } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${boundPort}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function serve(
  service: SqsService,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const answer = await handleSqsRequest(service, {
    target: String(request.headers['x-amz-target'] ?? ''),
    body: Buffer.concat(chunks).toString(),
    host: request.headers.host ?? '',
    signal: gone.signal,
  });
  if (answer.hangUp) response.destroy();
  else response.writeHead(answer.status, { ...answer.headers }).end(answer.body);
}
