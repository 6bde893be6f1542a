/** Which message is handed out next: the one difference between standard and FIFO queues. */
import { LinkedList, type ListNode } from './linked-list.ts';
import type { MessageState, StoredMessage } from './message.ts';

export interface DeliveryOrder {
  add(message: StoredMessage): void;
  remove(message: StoredMessage): void;
  stateChanged(message: StoredMessage, before: MessageState): void;
  /** Visible messages in the order in which they may be handed out together now. */
  deliverable(): Iterable<StoredMessage>;
}

/** Of the `count` messages that have been visible longest, the index of the one that comes next. */
export type PickNext = (count: number) => number;

const PICKED_FROM = 10;

/**
 * A standard queue hands out whatever is visible: the longest visible first, or any of the ten longest
 * where `pickNext` is given, for SQS promises no order.
 */
export function createStandardOrder(pickNext?: PickNext): DeliveryOrder {
  const visible = new LinkedList<StoredMessage>();
  const nodes = new Map<StoredMessage, ListNode<StoredMessage>>();

  const unlink = (message: StoredMessage): void => {
    const node = nodes.get(message);
    if (node === undefined) return;
    visible.remove(node);
    nodes.delete(message);
  };
  const link = (message: StoredMessage): void => {
    unlink(message);
    if (message.state === 'visible') nodes.set(message, visible.append(message));
  };

  return {
    add: link,
    remove: unlink,
    stateChanged: link,
    *deliverable() {
      const near: StoredMessage[] = [];
      let node = visible.first;
      for (;;) {
        while (node !== undefined && near.length < (pickNext ? PICKED_FROM : 1)) {
          near.push(node.item);
          node = node.next;
        }
        if (near.length === 0) return;
        yield* near.splice(pickNext?.(near.length) ?? 0, 1);
      }
    },
  };
}
