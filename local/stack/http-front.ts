/**
 * What API Gateway's HTTP API is on AWS: matches a request to a route, hands it to the function as a
 * payload of format 2.0 and writes the answer. Loopback only, and only under a loopback name, so that
 * no web page elsewhere can speak to it.
 */
import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { type Matched, matchRoute, type RouteTable } from './route-table.ts';

export interface HttpFront {
  readonly url: string;
  close(): Promise<void>;
}

export interface HttpFrontOptions {
  readonly port: number;
  readonly routes: RouteTable;
  /** Answered here, not by a function: facts of the local stack alone. */
  readonly health: () => unknown;
}

/** Nobody signs here: whoever speaks to this machine is the root of its AWS account. */
const LOCAL_CALLER = 'arn:aws:iam::000000000000:root';

/** API Gateway's limit. */
const BODY_BYTES_MAX = 10 * 1024 * 1024;

export async function startHttpFront(options: HttpFrontOptions): Promise<HttpFront> {
  const server = createServer((request, response) => {
    serve(options, request, response).catch(() => {
      if (!response.headersSent) writeJson(response, 502, { message: 'Bad Gateway' });
      else response.destroy();
    });
  });
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  { routes, health }: HttpFrontOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? '')) {
    return writeJson(response, 421, { message: 'this stack answers to loopback names only' });
  }
  const body = await readBody(request);
  if (body === undefined) return writeJson(response, 413, { message: 'Request Too Long' });
  if (request.method === 'GET' && url.pathname === '/health') {
    return writeJson(response, 200, health());
  }
  const matched = matchRoute(routes, request.method ?? 'GET', url.pathname);
  if (!matched) return writeJson(response, 404, { message: 'Not Found' });
  const result = await matched.invoke(toEvent(request, url, body, matched));
  writeResult(response, result as APIGatewayProxyStructuredResultV2);
}

function toEvent(request: IncomingMessage, url: URL, body: Buffer, matched: Matched) {
  const text = isUtf8(body);
  const now = new Date();
  return {
    version: '2.0',
    routeKey: matched.route,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    headers: Object.fromEntries(
      Object.entries(request.headersDistinct).map(([name, values]) => [name, values?.join(',')]),
    ),
    queryStringParameters: Object.fromEntries(url.searchParams),
    pathParameters: matched.parameters,
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      authorizer: { iam: { userArn: LOCAL_CALLER } },
      domainName: request.headers.host,
      http: {
        method: request.method,
        path: url.pathname,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: '127.0.0.1',
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: matched.route,
      stage: '$default',
      time: now.toISOString(),
      timeEpoch: now.getTime(),
    },
    isBase64Encoded: !text,
    ...(body.length === 0 ? {} : { body: body.toString(text ? 'utf8' : 'base64') }),
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes <= BODY_BYTES_MAX) chunks.push(chunk as Buffer);
  }
  return bytes > BODY_BYTES_MAX ? undefined : Buffer.concat(chunks);
}

function writeResult(response: ServerResponse, result: APIGatewayProxyStructuredResultV2): void {
  const headers = Object.entries(result.headers ?? {}).map(([name, value]) => [name, `${value}`]);
  response.writeHead(result.statusCode ?? 200, Object.fromEntries(headers));
  response.end(Buffer.from(result.body ?? '', result.isBase64Encoded ? 'base64' : 'utf8'));
}

function writeJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
