/** ReceiveMessage: hands out, hides, counts, and sends away what was received too often. */
import { checkRange, SqsError } from './errors.ts';
import { limits } from './limits.ts';
import type { MessageContent, ReceivedMessage, StoredMessage } from './message.ts';
import type { QueueContext } from './queue-context.ts';
import { formatReceiptHandle } from './receipt-handle.ts';
import type { RedrivePolicy } from './redrive-policy.ts';
import { sequenceNumber } from './send-message.ts';

export interface ReceiveRequest {
  /** 1 to 10; 1 by default. */
  readonly max?: number | undefined;
  readonly visibilityTimeoutSeconds?: number | undefined;
}

/** Whose messages these are, as SQS would name the sender. */
const SENDER_ID = 'AIDALOCALSENDER000000';

export function receiveMessages(
  queue: QueueContext,
  request: ReceiveRequest,
  nowMs: number,
): ReceivedMessage[] {
  const max = checkRange(request.max ?? 1, 'MaxNumberOfMessages', 1, limits.receiveMax.value);
  const timeoutSeconds = checkRange(
    request.visibilityTimeoutSeconds ?? queue.settings.visibilityTimeoutSeconds,
    'VisibilityTimeout',
    0,
    limits.visibilityMaxSeconds.value,
  );
  const room = roomInFlight(queue);
  if (room === 0) return [];
  return selectMessages(queue, Math.min(max, room), nowMs).map((message) =>
    deliver(queue, message, timeoutSeconds, nowMs),
  );
}

/** A full standard queue is an error, a full FIFO queue merely empty. Source: SQS quotas. */
function roomInFlight({ store, settings }: QueueContext): number {
  const room = Math.max(0, limits.inFlightMax.value - store.counts.inFlight);
  if (room === 0 && !settings.isFifo) {
    throw new SqsError(
      'OverLimit',
      'The maximum number of in flight messages is reached (120000 messages).',
    );
  }
  return room;
}

function selectMessages(queue: QueueContext, max: number, nowMs: number): StoredMessage[] {
  const redrive = findUsableRedrive(queue);
  const deliveriesMax = redrive?.maxReceiveCount ?? Number.POSITIVE_INFINITY;
  for (;;) {
    const selected: StoredMessage[] = [];
    const spent: StoredMessage[] = [];
    for (const message of queue.store.deliverable()) {
      (message.deliveries < deliveriesMax ? selected : spent).push(message);
      if (selected.length === max) break;
    }
    if (redrive === undefined || spent.length === 0) return selected;
    for (const message of spent) moveToDeadLetters(queue, redrive, message, nowMs);
    if (selected.length > 0) return selected;
  }
}

/** While its dead-letter queue does not exist, a queue delivers spent messages like any other. */
function findUsableRedrive({ settings, hooks }: QueueContext): RedrivePolicy | undefined {
  const policy = settings.redrivePolicy;
  return policy !== undefined && hooks.hasQueue(policy.deadLetterTargetArn) ? policy : undefined;
}

/**
 * The message keeps its id and, from a standard queue, its enqueue time: its retention goes on
 * counting. Source: Amazon SQS Developer Guide: dead-letter queues and message retention.
 */
function moveToDeadLetters(
  { identity, hooks, store, settings }: QueueContext,
  { deadLetterTargetArn }: RedrivePolicy,
  message: StoredMessage,
  nowMs: number,
): void {
  store.remove(message);
  const content: MessageContent = {
    ...message.content,
    sentAtMs: settings.isFifo ? nowMs : message.content.sentAtMs,
    deadLetterSourceArn: identity.arn,
    receiveCount: message.receiveCount,
    firstReceivedAtMs: message.firstReceivedAtMs,
  };
  hooks.deadLetter(deadLetterTargetArn, content, nowMs);
}

function deliver(
  queue: QueueContext,
  message: StoredMessage,
  timeoutSeconds: number,
  nowMs: number,
): ReceivedMessage {
  message.deliveries += 1;
  message.receiveCount += 1;
  message.receivedAtMs = nowMs;
  message.firstReceivedAtMs ??= nowMs;
  if (timeoutSeconds === 0) queue.store.show(message);
  else queue.store.hide(message, nowMs + timeoutSeconds * 1_000);
  const { serial, deliveries: delivery, content } = message;
  return {
    messageId: content.messageId,
    receiptHandle: formatReceiptHandle(queue.tag, { serial, delivery }),
    body: content.body,
    md5OfBody: content.md5OfBody,
    attributes: systemAttributes(message, queue.settings.isFifo),
    messageAttributes: content.attributes,
  };
}

function systemAttributes(message: StoredMessage, isFifo: boolean): Record<string, string> {
  const { content } = message;
  const attributes: Record<string, string | undefined> = {
    SenderId: SENDER_ID,
    SentTimestamp: String(content.sentAtMs),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAtMs),
    SequenceNumber: isFifo ? sequenceNumber(message.serial) : undefined,
    MessageDeduplicationId: content.deduplicationId,
    MessageGroupId: content.groupId,
    AWSTraceHeader: content.traceHeader,
    DeadLetterQueueSourceArn: content.deadLetterSourceArn,
  };
  const present: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) present[name] = value;
  }
  return present;
}
