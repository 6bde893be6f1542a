/**
 * What services wrap around a message: an SNS notification, an EventBridge event, or nothing. The
 * service's own id of the message becomes the idempotency key, so that a second delivery is no second
 * job.
 */
import type { JobOrigin } from '../../shared/jobs/job.ts';
import { isJsonObject, type JsonObject, parseJson } from '../../shared/kernel/json.ts';

export interface Opened {
  readonly message: unknown;
  readonly origin: JobOrigin;
}

export function openEnvelope(body: unknown, messageId: string): Opened {
  if (!isJsonObject(body)) return { message: body, origin: queueOrigin(messageId) };
  if (isNotification(body)) {
    const inner = parseInner(body['Message']);
    return {
      message: keyed(inner, `sns:${body['MessageId']}`),
      origin: { way: 'queue', detail: `sns:${body['MessageId']}` },
    };
  }
  if (isBusEvent(body)) {
    return {
      message: keyed(body['detail'], `event:${body['id']}`),
      origin: { way: 'event', detail: String(body['id']) },
    };
  }
  return { message: keyed(body, `sqs:${messageId}`), origin: originOf(body, messageId) };
}

const queueOrigin = (messageId: string): JobOrigin => ({ way: 'queue', detail: messageId });

/** Schedules of the config write their key as `schedule:NAME:TIME`, reactions as `reaction:NAME:ID`. */
function originOf(body: JsonObject, messageId: string): JobOrigin {
  const key = body['idempotencyKey'];
  const [, kind, name = ''] = /^(schedule|reaction):([^:]+):/.exec(String(key)) ?? [];
  if (kind === 'schedule') return { way: 'schedule', detail: name };
  if (kind === 'reaction') return { way: 'event', detail: `reaction:${name}` };
  return queueOrigin(messageId);
}

const isNotification = (body: JsonObject): boolean =>
  body['Type'] === 'Notification' &&
  typeof body['Message'] === 'string' &&
  typeof body['MessageId'] === 'string';

const isBusEvent = (body: JsonObject): boolean =>
  typeof body['detail-type'] === 'string' &&
  typeof body['source'] === 'string' &&
  typeof body['id'] === 'string';

function parseInner(text: unknown): unknown {
  try {
    return parseJson(String(text));
  } catch {
    return text;
  }
}

const keyed = (message: unknown, idempotencyKey: string): unknown =>
  isJsonObject(message) && message['idempotencyKey'] === undefined
    ? { ...message, idempotencyKey }
    : message;
