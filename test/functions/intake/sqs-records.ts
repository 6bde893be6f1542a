import type { SQSEvent, SQSRecord } from 'aws-lambda';

export interface RecordParts {
  readonly messageId?: string;
  readonly group?: string;
  /** 1 when absent. */
  readonly receives?: number;
  /** 0 when absent. */
  readonly sentAtMs?: number;
}

let recordsMade = 0;

/** A message as an event-source mapping hands it over. */
export function sqsRecord(body: unknown, parts: RecordParts = {}): SQSRecord {
  recordsMade += 1;
  const { messageId = `message-${recordsMade}`, group, receives = 1, sentAtMs = 0 } = parts;
  return {
    messageId,
    receiptHandle: `receipt of ${messageId}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: `${receives}`,
      SentTimestamp: `${sentAtMs}`,
      SenderId: 'sender',
      ApproximateFirstReceiveTimestamp: '0',
      ...(group === undefined ? {} : { MessageGroupId: group }),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:1:sluice-intake',
    awsRegion: 'us-east-1',
  };
}

export const sqsEvent = (...records: readonly SQSRecord[]): SQSEvent => ({ Records: [...records] });

/** What EventBridge sends for an event. */
export const busEvent = (detail: unknown, id = 'event-1') => ({
  version: '0',
  id,
  'detail-type': 'JobRequested',
  source: 'acme.orders',
  account: '1',
  time: '2026-03-01T02:00:00Z',
  region: 'us-east-1',
  resources: [],
  detail,
});

/** What SNS sends to a queue that does not ask for raw messages. */
export const snsNotification = (message: unknown, id = 'sns-1') => ({
  Type: 'Notification',
  MessageId: id,
  TopicArn: 'arn:aws:sns:us-east-1:1:jobs',
  Message: typeof message === 'string' ? message : JSON.stringify(message),
  Timestamp: '2026-03-01T02:00:00.000Z',
  SignatureVersion: '1',
  Signature: 'x',
});
