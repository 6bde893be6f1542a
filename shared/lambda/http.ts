/** HTTP as the functions see it, from and to API Gateway's payload format 2.0. */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { stringifyJson } from '../kernel/json.ts';

export interface HttpRequest {
  /** `POST /jobs/{id}/cancel`: the route that the gateway matched. */
  readonly route: string;
  readonly path: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** Names in lower case; API Gateway joins repeated headers with a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The bytes as they were sent: what a signature is over. */
  readonly rawBody: Uint8Array;
  readonly requestId: string;
  /** ARN of the IAM identity that signed the request, as the gateway verified it; none if open. */
  readonly caller?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** An event of a route that needs a signature says who signed. */
export type HttpEvent = APIGatewayProxyEventV2 & {
  readonly requestContext: {
    readonly authorizer?: { readonly iam?: { readonly userArn?: string | null } };
  };
};

export const parseHttpEvent = ({ requestContext, ...event }: HttpEvent): HttpRequest => ({
  route: event.routeKey,
  path: event.pathParameters ?? {},
  query: event.queryStringParameters ?? {},
  headers: lowerCased(event.headers),
  rawBody: Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8'),
  requestId: requestContext.requestId,
  ...callerOf(requestContext),
});

function callerOf({ authorizer }: HttpEvent['requestContext']): Pick<HttpRequest, 'caller'> {
  const caller = authorizer?.iam?.userArn;
  return typeof caller === 'string' ? { caller } : {};
}

export function toHttpResult({
  status,
  headers,
  body,
}: HttpAnswer): APIGatewayProxyStructuredResultV2 {
  const answered = { statusCode: status, headers: { ...safeHeaders, ...headers } };
  if (body === undefined) return answered;
  if (typeof body === 'string') return { ...answered, body };
  return { ...answered, body: Buffer.from(body).toString('base64'), isBase64Encoded: true };
}

export const jsonAnswer = (
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: stringifyJson(value),
});

const safeHeaders = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
} as const;

const lowerCased = (
  headers: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
