/** SendMessage, on standard and FIFO queues. */
import { createHash } from 'node:crypto';
import { checkRange, invalidParameter, missingParameter, SqsError } from './errors.ts';
import { limits } from './limits.ts';
import type { MessageContent, OutgoingMessage, SentMessage } from './message.ts';
import { checkMessage } from './message-check.ts';
import { md5Hex, md5OfAttributes } from './message-digest.ts';
import type { QueueContext } from './queue-context.ts';

export function sendMessage(
  queue: QueueContext,
  message: OutgoingMessage,
  nowMs: number,
): SentMessage {
  checkMessage(message, queue.settings.messageBytesMax);
  return queue.settings.isFifo
    ? sendToFifo(queue, message, nowMs)
    : sendToStandard(queue, message, nowMs);
}

function sendToStandard(queue: QueueContext, message: OutgoingMessage, nowMs: number): SentMessage {
  if (message.deduplicationId !== undefined) {
    throw invalidParameter(
      message.deduplicationId,
      'MessageDeduplicationId',
      'The request include parameter that is not valid for this queue type.',
    );
  }
  const delaySeconds = message.delaySeconds ?? queue.settings.delaySeconds;
  checkRange(delaySeconds, 'DelaySeconds', 0, limits.delayMaxSeconds.value);
  const content = contentOf(message, queue.hooks.newId(), undefined, nowMs);
  store(queue, content, delaySeconds, nowMs);
  return answer(message, content.md5OfBody, { messageId: content.messageId });
}

function sendToFifo(queue: QueueContext, message: OutgoingMessage, nowMs: number): SentMessage {
  if (message.groupId === undefined) throw missingParameter('MessageGroupId');
  if (message.delaySeconds !== undefined && message.delaySeconds !== 0) {
    throw invalidParameter(
      message.delaySeconds,
      'DelaySeconds',
      'The request include parameter that is not valid for this queue type.',
    );
  }
  const { settings, deduplication } = queue;
  const deduplicationId = message.deduplicationId ?? contentId(queue, message.body);
  const key =
    settings.deduplicationScope === 'messageGroup'
      ? `${message.groupId} ${deduplicationId}`
      : deduplicationId;
  const earlier = deduplication.find(key, nowMs);
  if (earlier !== undefined) return answer(message, md5Hex(message.body), earlier);
  const content = contentOf(message, queue.hooks.newId(), deduplicationId, nowMs);
  const serial = store(queue, content, settings.delaySeconds, nowMs);
  const send = { messageId: content.messageId, sequenceNumber: sequenceNumber(serial) };
  deduplication.remember(key, send, nowMs);
  return answer(message, content.md5OfBody, send);
}

/** 20 digits, growing: what SQS shows of the order inside a queue. */
export const sequenceNumber = (serial: number): string => `18${String(serial).padStart(18, '0')}`;

function contentId({ settings }: QueueContext, body: string): string {
  if (settings.contentBasedDeduplication) return createHash('sha256').update(body).digest('hex');
  throw new SqsError(
    'InvalidParameterValue',
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId ' +
      'provided explicitly',
  );
}

function contentOf(
  message: OutgoingMessage,
  messageId: string,
  deduplicationId: string | undefined,
  nowMs: number,
): MessageContent {
  return {
    messageId,
    body: message.body,
    md5OfBody: md5Hex(message.body),
    attributes: message.attributes ?? {},
    groupId: message.groupId,
    deduplicationId,
    traceHeader: message.systemAttributes?.['AWSTraceHeader']?.stringValue,
    sentAtMs: nowMs,
    deadLetterSourceArn: undefined,
    receiveCount: 0,
    firstReceivedAtMs: undefined,
  };
}

function store(
  { store, settings }: QueueContext,
  content: MessageContent,
  delaySeconds: number,
  nowMs: number,
): number {
  const expiresAtMs = nowMs + settings.retentionSeconds * 1_000;
  return store.add(content, nowMs, nowMs + delaySeconds * 1_000, expiresAtMs);
}

function answer(
  message: OutgoingMessage,
  md5OfBody: string,
  sent: { messageId: string; sequenceNumber?: string },
): SentMessage {
  const md5OfMessageAttributes = md5OfAttributes(message.attributes ?? {});
  const md5OfMessageSystemAttributes = md5OfAttributes(message.systemAttributes ?? {});
  return {
    ...sent,
    md5OfBody,
    ...(md5OfMessageAttributes === undefined ? {} : { md5OfMessageAttributes }),
    ...(md5OfMessageSystemAttributes === undefined ? {} : { md5OfMessageSystemAttributes }),
  };
}
