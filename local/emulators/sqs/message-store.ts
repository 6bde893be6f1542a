/**
 * The messages of one queue and the state each is in. Every change of state passes through here, so
 * that counters, wake-up instants and delivery order always agree.
 */
import type { DeliveryOrder } from './delivery-order.ts';
import { createInstantHeap } from './instant-heap.ts';
import type { MessageContent, MessageState, StoredMessage } from './message.ts';

export type MessageCounts = Readonly<Record<MessageState, number>>;

export interface MessageStore {
  readonly counts: MessageCounts;
  /** Adds a message that becomes visible at `visibleAtMs`; answers its serial. */
  add(content: MessageContent, nowMs: number, visibleAtMs: number, expiresAtMs: number): number;
  find(serial: number): StoredMessage | undefined;
  remove(message: StoredMessage): void;
  show(message: StoredMessage): void;
  hide(message: StoredMessage, untilMs: number): void;
  deliverable(): Iterable<StoredMessage>;
  all(): IterableIterator<StoredMessage>;
  delayUntil(message: StoredMessage, visibleAtMs: number): void;
  expireAt(message: StoredMessage, expiresAtMs: number): void;
  /** Ends every delay, visibility timeout and retention period that is over at `nowMs`. */
  applyTime(nowMs: number): void;
  nextChangeAtMs(): number | undefined;
}

export function createMessageStore(order: DeliveryOrder): MessageStore {
  const messages = new Map<number, StoredMessage>();
  const due = createInstantHeap<StoredMessage>();
  const expiry = createInstantHeap<StoredMessage>();
  const counts: Record<MessageState, number> = { visible: 0, delayed: 0, inFlight: 0 };
  let lastSerial = 0;

  const move = (message: StoredMessage, state: MessageState, untilMs?: number): void => {
    const before = message.state;
    if (message.due !== undefined) due.remove(message.due);
    message.due = untilMs === undefined ? undefined : due.add(message, untilMs);
    message.state = state;
    counts[before] -= 1;
    counts[state] += 1;
    order.stateChanged(message, before);
  };
  const expireAt = (message: StoredMessage, expiresAtMs: number): void => {
    if (message.expiry !== undefined) expiry.remove(message.expiry);
    message.expiry = expiry.add(message, expiresAtMs);
  };
  const remove = (message: StoredMessage): void => {
    if (!messages.delete(message.serial)) return;
    if (message.due !== undefined) due.remove(message.due);
    if (message.expiry !== undefined) expiry.remove(message.expiry);
    counts[message.state] -= 1;
    order.remove(message);
  };

  return {
    counts,
    add(content, nowMs, visibleAtMs, expiresAtMs) {
      lastSerial += 1;
      const message = newMessage(content, lastSerial, visibleAtMs > nowMs ? 'delayed' : 'visible');
      if (message.state === 'delayed') message.due = due.add(message, visibleAtMs);
      messages.set(message.serial, message);
      expireAt(message, expiresAtMs);
      counts[message.state] += 1;
      order.add(message);
      return message.serial;
    },
    find: (serial) => messages.get(serial),
    remove,
    show: (message) => move(message, 'visible'),
    hide: (message, untilMs) => move(message, 'inFlight', untilMs),
    deliverable: () => order.deliverable(),
    all: () => messages.values(),
    delayUntil: (message, visibleAtMs) => move(message, 'delayed', visibleAtMs),
    expireAt,
    applyTime(nowMs) {
      for (let next = due.takeDue(nowMs); next !== undefined; next = due.takeDue(nowMs)) {
        move(next, 'visible');
      }
      for (let next = expiry.takeDue(nowMs); next !== undefined; next = expiry.takeDue(nowMs)) {
        remove(next);
      }
    },
    nextChangeAtMs: () => earliest(due.first()?.atMs, expiry.first()?.atMs),
  };
}

function newMessage(content: MessageContent, serial: number, state: MessageState): StoredMessage {
  return {
    content,
    serial,
    state,
    due: undefined,
    expiry: undefined,
    receiveCount: content.receiveCount,
    deliveries: 0,
    firstReceivedAtMs: content.firstReceivedAtMs,
    receivedAtMs: 0,
  };
}

/** The smaller of two instants, either of which may be missing. */
export function earliest(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}
