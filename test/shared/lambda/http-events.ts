import type { Context } from 'aws-lambda';
import type { HttpEvent } from '../../../shared/lambda/http.ts';

export interface EventParts {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** As API Gateway sends bodies that are not text. */
  readonly base64?: boolean;
  /** ARN of the identity that signed. */
  readonly caller?: string;
}

let eventsMade = 0;

/** An event of API Gateway's payload format 2.0 for `route`, such as `GET /jobs/{id}`. */
export function httpEvent(route: string, parts: EventParts = {}): HttpEvent {
  const [method = '', template = ''] = route.split(' ');
  const {
    path = {},
    query,
    headers = {},
    body,
    base64 = body instanceof Uint8Array,
    caller,
  } = parts;
  const rawPath = template.replaceAll(/\{(\w+)\}/g, (_all, name: string) => path[name] ?? '');
  eventsMade += 1;
  const requestId = `request-${eventsMade}`;
  return {
    version: '2.0',
    routeKey: route,
    rawPath,
    rawQueryString: new URLSearchParams(query).toString(),
    headers,
    ...(query && { queryStringParameters: query }),
    ...(Object.keys(path).length > 0 && { pathParameters: path }),
    ...(body !== undefined && {
      body: Buffer.from(body).toString(base64 ? 'base64' : 'utf8'),
    }),
    isBase64Encoded: base64,
    requestContext: {
      ...contextOf(method, rawPath, requestId),
      ...(caller !== undefined && { authorizer: { iam: { userArn: caller } } }),
    },
  };
}

const contextOf = (method: string, path: string, requestId: string) => ({
  accountId: '1',
  apiId: 'api',
  domainName: 'api.example.com',
  domainPrefix: 'api',
  http: { method, path, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'test' },
  requestId,
  routeKey: `${method} ${path}`,
  stage: '$default',
  time: '01/Mar/2026:02:00:00 +0000',
  timeEpoch: 0,
});

export const lambdaContext = (remainingMs = 30_000): Context => ({
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'sluice-test',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:1:function:sluice-test',
  memoryLimitInMB: '512',
  awsRequestId: 'aws-request-1',
  logGroupName: 'group',
  logStreamName: 'stream',
  getRemainingTimeInMillis: () => remainingMs,
  done: () => {},
  fail: () => {},
  succeed: () => {},
});
