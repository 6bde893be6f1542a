/** What the operations on one queue share. */
import type { DeduplicationWindow } from './deduplication.ts';
import type { PickNext } from './delivery-order.ts';
import type { MessageContent } from './message.ts';
import type { MessageStore } from './message-store.ts';
import type { QueueSettings } from './queue-attributes.ts';

export interface QueueIdentity {
  readonly name: string;
  readonly arn: string;
}

/** How a queue reaches the service around it. */
export interface QueueHooks {
  newId(): string;
  readonly pickNext?: PickNext | undefined;
  /** Applies what time has changed outside the queue. */
  settle(nowMs: number): void;
  /** When something outside the queue will next change it. */
  nextChangeAtMs(): number | undefined;
  /** Messages may have become receivable, or earlier so. */
  changed(): void;
  hasQueue(arn: string): boolean;
  /** Hands a message to a dead-letter queue, which must exist. */
  deadLetter(targetArn: string, content: MessageContent, nowMs: number): void;
}

export interface QueueContext {
  readonly identity: QueueIdentity;
  readonly store: MessageStore;
  readonly deduplication: DeduplicationWindow;
  readonly hooks: QueueHooks;
  /** Tells this queue's receipt handles from those of a deleted namesake. */
  readonly tag: string;
  settings: QueueSettings;
}
