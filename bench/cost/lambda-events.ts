/** Events as API Gateway and SQS give them to a function. */
import type { SQSRecord } from 'aws-lambda';
import type { HttpEvent } from '../../shared/lambda/http.ts';

export interface RequestParts {
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default: method and path. */
  readonly route?: string;
  readonly path?: Readonly<Record<string, string>>;
}

export function httpEvent(method: string, rawPath: string, parts: RequestParts): HttpEvent {
  const { body, headers = {}, route = `${method} ${rawPath}`, path } = parts;
  return {
    version: '2.0',
    routeKey: route,
    rawPath,
    rawQueryString: '',
    headers: { ...headers },
    ...(path && { pathParameters: { ...path } }),
    body,
    isBase64Encoded: false,
    requestContext: {
      accountId: '123456789012',
      apiId: 'a1b2c3d4e5',
      domainName: 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com',
      domainPrefix: 'a1b2c3d4e5',
      http: {
        method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: '192.0.2.1',
        userAgent: 'cost',
      },
      requestId: 'JKJaXmPLvHcESHA=',
      routeKey: route,
      stage: '$default',
      time: '01/Jun/2026:12:00:00 +0000',
      timeEpoch: 0,
    },
  };
}

export const sqsRecord = (body: object, index: number): SQSRecord => ({
  messageId: `059f36b4-87a3-44ab-83d2-${String(index).padStart(12, '0')}`,
  receiptHandle: `receipt-${index}`,
  body: JSON.stringify(body),
  attributes: {
    ApproximateReceiveCount: '1',
    SentTimestamp: '0',
    SenderId: 'sender',
    ApproximateFirstReceiveTimestamp: '0',
  },
  messageAttributes: {},
  md5OfBody: '',
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:sluice-intake',
  awsRegion: 'us-east-1',
});
