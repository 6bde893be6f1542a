/**
 * The first 120,000 messages of a FIFO queue: the only ones in which SQS looks for message groups.
 * A long backlog of one group therefore hides the groups behind it.
 */
import { limits } from './limits.ts';
import { LinkedList, type ListNode } from './linked-list.ts';
import type { StoredMessage } from './message.ts';

export interface LookAhead {
  add(message: StoredMessage): void;
  remove(message: StoredMessage): void;
  isInView(message: StoredMessage): boolean;
}

/** `onSeen` is called for a message that comes into view after it had to wait out of sight. */
export function createLookAhead(onSeen: (message: StoredMessage) => void): LookAhead {
  const line = new LinkedList<StoredMessage>();
  const nodes = new Map<StoredMessage, ListNode<StoredMessage>>();
  let firstUnseen: ListNode<StoredMessage> | undefined;
  let seen = 0;

  const isInView = (message: StoredMessage): boolean =>
    firstUnseen === undefined || message.serial < firstUnseen.item.serial;

  return {
    isInView,
    add(message) {
      const node = line.append(message);
      nodes.set(message, node);
      if (seen < limits.fifoLookAhead.value) seen += 1;
      else firstUnseen ??= node;
    },
    remove(message) {
      const node = nodes.get(message);
      if (node === undefined) return;
      const wasSeen = isInView(message);
      if (node === firstUnseen) firstUnseen = node.next;
      line.remove(node);
      nodes.delete(message);
      if (!wasSeen) return;
      const entering = firstUnseen;
      if (entering === undefined) {
        seen -= 1;
        return;
      }
      firstUnseen = entering.next;
      onSeen(entering.item);
    },
  };
}
