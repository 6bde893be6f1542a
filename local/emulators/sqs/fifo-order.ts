/**
 * The order of a FIFO queue.
 *
 * Guarantees: a group's messages come in the order they were sent; while one of them is in flight
 * none of its group is handed out; a receive takes as many of one group as there are before it
 * turns to the next; groups beyond the first 120,000 messages of the queue are not seen.
 */
import type { DeliveryOrder } from './delivery-order.ts';
import { LinkedList, type ListNode } from './linked-list.ts';
import { createLookAhead } from './look-ahead.ts';
import type { MessageState, StoredMessage } from './message.ts';

interface Group {
  readonly id: string;
  readonly messages: LinkedList<StoredMessage>;
  inFlight: number;
  /** Its place among the groups that may be received from; undefined while it may not. */
  ready: ListNode<Group> | undefined;
}

interface Membership {
  readonly group: Group;
  readonly node: ListNode<StoredMessage>;
}

export function createFifoOrder(): DeliveryOrder {
  const groups = new Map<string, Group>();
  const memberships = new Map<StoredMessage, Membership>();
  const readyGroups = new LinkedList<Group>();

  const refresh = (group: Group): void => {
    const head = group.messages.first?.item;
    const isReady = group.inFlight === 0 && head?.state === 'visible' && lookAhead.isInView(head);
    if (isReady && group.ready === undefined) group.ready = readyGroups.append(group);
    if (!isReady && group.ready !== undefined) {
      readyGroups.remove(group.ready);
      group.ready = undefined;
    }
    if (head === undefined) groups.delete(group.id);
  };
  const lookAhead = createLookAhead((message) => {
    const membership = memberships.get(message);
    if (membership !== undefined) refresh(membership.group);
  });

  return {
    add(message) {
      const group = groupOf(groups, message);
      memberships.set(message, { group, node: group.messages.append(message) });
      if (message.state === 'inFlight') group.inFlight += 1;
      lookAhead.add(message);
      refresh(group);
    },
    remove(message) {
      const membership = memberships.get(message);
      if (membership === undefined) return;
      const { group, node } = membership;
      group.messages.remove(node);
      memberships.delete(message);
      if (message.state === 'inFlight') group.inFlight -= 1;
      lookAhead.remove(message);
      refresh(group);
    },
    stateChanged(message, before) {
      const group = memberships.get(message)?.group;
      if (group === undefined) return;
      group.inFlight += inFlight(message.state) - inFlight(before);
      refresh(group);
    },
    *deliverable() {
      for (let group = readyGroups.first; group !== undefined; ) {
        // Taken before the yield: the consumer may remove the message, and with it the group.
        const next = group.next;
        yield* visibleRun(group.item, lookAhead.isInView);
        group = next;
      }
    },
  };
}

const inFlight = (state: MessageState): number => (state === 'inFlight' ? 1 : 0);

function groupOf(groups: Map<string, Group>, message: StoredMessage): Group {
  const id = message.content.groupId ?? '';
  const known = groups.get(id);
  if (known !== undefined) return known;
  const group: Group = { id, messages: new LinkedList(), inFlight: 0, ready: undefined };
  groups.set(id, group);
  return group;
}

function* visibleRun(group: Group, isInView: (message: StoredMessage) => boolean) {
  for (let node = group.messages.first; node !== undefined; ) {
    const { item, next } = node;
    if (item.state !== 'visible' || !isInView(item)) return;
    yield item;
    node = next;
  }
}
