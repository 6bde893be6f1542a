/**
 * One queue: what SQS does with its messages, as a state machine that is told the time.
 *
 * Guarantees: nothing happens on its own; every operation first applies what time has changed until
 * its instant, and `nextChangeAtMs` says when looking again is worth while.
 */
import { createDeduplicationWindow } from './deduplication.ts';
import { createStandardOrder } from './delivery-order.ts';
import { SqsError } from './errors.ts';
import { createFifoOrder } from './fifo-order.ts';
import { limits } from './limits.ts';
import type {
  MessageContent,
  OutgoingMessage,
  ReceivedMessage,
  SentMessage,
  StoredMessage,
} from './message.ts';
import { createMessageStore, earliest, type MessageCounts } from './message-store.ts';
import {
  mergeAttributes,
  type QueueAttributes,
  type QueueSettings,
  settingsOf,
} from './queue-attributes.ts';
import type { QueueContext, QueueHooks, QueueIdentity } from './queue-context.ts';
import { changeVisibility, deleteMessage } from './receipt-operations.ts';
import { type ReceiveRequest, receiveMessages } from './receive-messages.ts';
import { sendMessage } from './send-message.ts';

export class SqsQueue {
  readonly name: string;
  readonly arn: string;
  readonly createdAtMs: number;
  readonly tags = new Map<string, string>();
  readonly #context: QueueContext;
  #attributes: QueueAttributes;
  #lastModifiedAtMs: number;
  #purgedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    identity: QueueIdentity,
    attributes: QueueAttributes,
    hooks: QueueHooks,
    nowMs: number,
  ) {
    const settings = settingsOf(attributes);
    const order = settings.isFifo ? createFifoOrder() : createStandardOrder(hooks.pickNext);
    this.name = identity.name;
    this.arn = identity.arn;
    this.createdAtMs = nowMs;
    this.#lastModifiedAtMs = nowMs;
    this.#attributes = attributes;
    this.#context = {
      identity,
      settings,
      store: createMessageStore(order),
      deduplication: createDeduplicationWindow(),
      hooks,
      tag: hooks.newId(),
    };
  }

  get attributes(): QueueAttributes {
    return this.#attributes;
  }

  get settings(): QueueSettings {
    return this.#context.settings;
  }

  get lastModifiedAtMs(): number {
    return this.#lastModifiedAtMs;
  }

  send(message: OutgoingMessage, nowMs: number): SentMessage {
    return this.#change(nowMs, () => sendMessage(this.#context, message, nowMs));
  }

  receive(request: ReceiveRequest, nowMs: number): ReceivedMessage[] {
    this.#settle(nowMs);
    return receiveMessages(this.#context, request, nowMs);
  }

  delete(receiptHandle: string, nowMs: number): void {
    this.#change(nowMs, () => deleteMessage(this.#context, receiptHandle));
  }

  changeVisibility(receiptHandle: string, timeoutSeconds: number, nowMs: number): void {
    this.#change(nowMs, () =>
      changeVisibility(this.#context, receiptHandle, timeoutSeconds, nowMs),
    );
  }

  purge(nowMs: number): void {
    if (nowMs < this.#purgedAtMs + limits.purgeIntervalMs.value) {
      throw new SqsError(
        'PurgeQueueInProgress',
        `Only one PurgeQueue operation on ${this.name} is allowed every 60 seconds.`,
      );
    }
    this.#purgedAtMs = nowMs;
    const { store } = this.#context;
    this.#change(nowMs, () => {
      for (const message of [...store.all()]) store.remove(message);
    });
  }

  setAttributes(changes: QueueAttributes, nowMs: number): void {
    const merged = mergeAttributes(this.#attributes, changes);
    this.#change(nowMs, () => {
      this.#attributes = merged;
      this.#context.settings = settingsOf(merged);
      this.#lastModifiedAtMs = nowMs;
      applyNewSettings(this.#context, 'DelaySeconds' in changes);
    });
  }

  counts(nowMs: number): MessageCounts {
    this.#settle(nowMs);
    return { ...this.#context.store.counts };
  }

  /** The next instant at which time alone changes something; undefined when it never will. */
  nextChangeAtMs(nowMs: number): number | undefined {
    this.#settle(nowMs);
    return earliest(this.#context.store.nextChangeAtMs(), this.#context.hooks.nextChangeAtMs());
  }

  /** A message arrives from another queue, with its history. */
  accept(content: MessageContent, nowMs: number): void {
    const expiresAtMs = content.sentAtMs + this.settings.retentionSeconds * 1_000;
    this.#context.store.add(content, nowMs, nowMs, expiresAtMs);
    this.#context.hooks.changed();
  }

  /** The message that would be received next; undefined where none is visible. */
  findVisible(nowMs: number): StoredMessage | undefined {
    const { store } = this.#context;
    store.applyTime(nowMs);
    const [message] = store.deliverable();
    return message;
  }

  /** Takes out a message that goes to another queue. */
  release(message: StoredMessage): void {
    this.#context.store.remove(message);
  }

  /** Runs `operation` on the queue as it is at `nowMs`, then wakes whoever waits for messages. */
  #change<T>(nowMs: number, operation: () => T): T {
    this.#settle(nowMs);
    const answer = operation();
    this.#context.hooks.changed();
    return answer;
  }

  #settle(nowMs: number): void {
    this.#context.hooks.settle(nowMs);
    this.#context.store.applyTime(nowMs);
  }
}

/**
 * Retention counts for the messages already there; so does the delay of a FIFO queue, not of a
 * standard one. Source: Amazon SQS API: SetQueueAttributes; Developer Guide: delay queues.
 */
function applyNewSettings({ settings, store }: QueueContext, delayChanged: boolean): void {
  for (const message of store.all()) {
    const { sentAtMs } = message.content;
    store.expireAt(message, sentAtMs + settings.retentionSeconds * 1_000);
    if (settings.isFifo && delayChanged && message.state === 'delayed') {
      store.delayUntil(message, sentAtMs + settings.delaySeconds * 1_000);
    }
  }
}
