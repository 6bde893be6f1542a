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

/** A standard queue hands out whatever is visible, the longest visible first. */
export function createStandardOrder(): DeliveryOrder {
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
      for (let node = visible.first; node !== undefined; ) {
        const { item, next } = node;
        yield item;
        node = next;
      }
    },
  };
}
