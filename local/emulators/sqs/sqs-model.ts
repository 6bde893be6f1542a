/**
 * The queues of one account in one region, in memory and driven by the instants it is given.
 *
 * Guarantees: the same calls at the same instants give the same answers (with `newId` fixed);
 * subscribers hear of a change once the running code has yielded, never in the middle of it.
 */
import { randomUUID } from 'node:crypto';
import { createChangeNotifier } from './change-notifier.ts';
import type { PickNext } from './delivery-order.ts';
import { invalidParameter, SqsError } from './errors.ts';
import { createMoveTasks, type MoveTasks } from './move-tasks.ts';
import { initialAttributes, type QueueAttributes } from './queue-attributes.ts';
import type { QueueHooks } from './queue-context.ts';
import { allowsSource, parseRedrivePolicy } from './redrive-policy.ts';
import { SqsQueue } from './sqs-queue.ts';

export interface SqsModelOptions {
  readonly region?: string;
  readonly accountId?: string;
  /** Unique ids for messages, queues and tasks; random UUIDs by default. */
  readonly newId?: () => string;
  /** The order of standard queues; the longest visible first by default. */
  readonly pickNext?: PickNext;
}

export interface SqsModel {
  readonly accountId: string;
  readonly moveTasks: MoveTasks;
  /** Creates the queue, or answers the one of that name if every given attribute is the same. */
  createQueue(name: string, given: QueueAttributes, nowMs: number): SqsQueue;
  setQueueAttributes(name: string, changes: QueueAttributes, nowMs: number): void;
  deleteQueue(name: string): void;
  /** Throws `QueueDoesNotExist`. */
  getQueue(name: string): SqsQueue;
  findQueueByArn(arn: string): SqsQueue | undefined;
  queues(): SqsQueue[];
  /** Queues whose redrive policy names `arn`. */
  deadLetterSources(arn: string): SqsQueue[];
  /** Calls `listener` after a change by which a message may be receivable, now or earlier. */
  subscribe(name: string, listener: () => void): () => void;
}

export function createSqsModel(options: SqsModelOptions = {}): SqsModel {
  const { region = 'us-east-1', accountId = '000000000000', newId = randomUUID } = options;
  const byName = new Map<string, SqsQueue>();
  const byArn = new Map<string, SqsQueue>();
  const notifier = createChangeNotifier();
  const findQueueByArn = (arn: string): SqsQueue | undefined => byArn.get(arn);
  const queues = (): SqsQueue[] => [...byName.values()];
  const deadLetterSources = (arn: string): SqsQueue[] =>
    queues().filter(({ settings }) => settings.redrivePolicy?.deadLetterTargetArn === arn);
  const moveTasks = createMoveTasks({ findQueueByArn, deadLetterSources, newId });
  const getQueue = (name: string): SqsQueue => {
    const queue = byName.get(name);
    if (queue !== undefined) return queue;
    throw new SqsError('QueueDoesNotExist', 'The specified queue does not exist.');
  };
  const hooksOf = (name: string): QueueHooks => ({
    newId,
    pickNext: options.pickNext,
    settle: moveTasks.settle,
    nextChangeAtMs: moveTasks.nextMoveAtMs,
    changed: () => notifier.changed(name),
    hasQueue: (arn) => byArn.has(arn),
    deadLetter: (arn, content, nowMs) => byArn.get(arn)?.accept(content, nowMs),
  });

  return {
    accountId,
    moveTasks,
    findQueueByArn,
    queues,
    deadLetterSources,
    getQueue,
    createQueue(name, given, nowMs) {
      const existing = byName.get(name);
      if (existing !== undefined) return sameQueue(existing, given);
      const arn = `arn:aws:sqs:${region}:${accountId}:${name}`;
      const attributes = initialAttributes(name, given);
      checkDeadLetterTarget(arn, attributes, findQueueByArn);
      const queue = new SqsQueue({ name, arn }, attributes, hooksOf(name), nowMs);
      byName.set(name, queue);
      byArn.set(arn, queue);
      return queue;
    },
    setQueueAttributes(name, changes, nowMs) {
      const queue = getQueue(name);
      checkDeadLetterTarget(queue.arn, { ...queue.attributes, ...changes }, findQueueByArn);
      queue.setAttributes(changes, nowMs);
    },
    deleteQueue(name) {
      byArn.delete(getQueue(name).arn);
      byName.delete(name);
      notifier.changed(name);
    },
    subscribe: notifier.subscribe,
  };
}

function sameQueue(queue: SqsQueue, given: QueueAttributes): SqsQueue {
  for (const [attribute, value] of Object.entries(given)) {
    if (queue.attributes[attribute] !== value) {
      throw new SqsError(
        'QueueNameExists',
        `A queue of that name already exists with a different value for attribute ${attribute}`,
      );
    }
  }
  return queue;
}

/** A dead-letter queue must exist, be of the same type and let the source use it. */
function checkDeadLetterTarget(
  sourceArn: string,
  attributes: QueueAttributes,
  findQueueByArn: (arn: string) => SqsQueue | undefined,
): void {
  const text = attributes['RedrivePolicy'];
  if (text === undefined || text === '') return;
  const target = findQueueByArn(parseRedrivePolicy(text).deadLetterTargetArn);
  if (target === undefined) {
    throw invalidParameter(text, 'RedrivePolicy', 'Dead letter target does not exist.');
  }
  if (target.settings.isFifo !== (attributes['FifoQueue'] === 'true')) {
    throw invalidParameter(
      text,
      'RedrivePolicy',
      'Dead-letter queue must be same type of queue as the source.',
    );
  }
  if (!allowsSource(target.attributes['RedriveAllowPolicy'], sourceArn)) {
    throw invalidParameter(
      text,
      'RedrivePolicy',
      'The dead-letter queue does not allow this source queue.',
    );
  }
}
