/** The shapes of a message: as it is sent, as the queue keeps it, and as a consumer receives it. */
import type { InstantEntry } from './instant-heap.ts';

export interface MessageAttribute {
  /** `String`, `Number` or `Binary`, with an optional label behind a dot. */
  readonly dataType: string;
  readonly stringValue?: string | undefined;
  /** Base64. */
  readonly binaryValue?: string | undefined;
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

export interface OutgoingMessage {
  readonly body: string;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  readonly delaySeconds?: number | undefined;
  readonly attributes?: MessageAttributes | undefined;
  readonly systemAttributes?: MessageAttributes | undefined;
}

export interface SentMessage {
  readonly messageId: string;
  readonly md5OfBody: string;
  readonly md5OfMessageAttributes?: string;
  readonly md5OfMessageSystemAttributes?: string;
  readonly sequenceNumber?: string;
}

export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly md5OfBody: string;
  /** System attributes by the names of ReceiveMessage: `SentTimestamp`, `MessageGroupId`, … */
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: MessageAttributes;
}

export type MessageState = 'visible' | 'delayed' | 'inFlight';

/** What a message takes along when it moves to another queue. */
export interface MessageContent {
  readonly messageId: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly attributes: MessageAttributes;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
  readonly traceHeader: string | undefined;
  readonly sentAtMs: number;
  readonly deadLetterSourceArn: string | undefined;
  readonly receiveCount: number;
  readonly firstReceivedAtMs: number | undefined;
}

/** A message in a queue. Only its queue changes it. */
export interface StoredMessage {
  readonly content: MessageContent;
  /** Grows by one with each message of the queue; the order of a FIFO queue. */
  readonly serial: number;
  /** When the retention period ends. */
  expiry: InstantEntry<StoredMessage> | undefined;
  state: MessageState;
  /** When a delay or a visibility timeout ends. */
  due: InstantEntry<StoredMessage> | undefined;
  receiveCount: number;
  /** Deliveries since it came to this queue: counts towards maxReceiveCount, names the handle. */
  deliveries: number;
  firstReceivedAtMs: number | undefined;
  receivedAtMs: number;
}
