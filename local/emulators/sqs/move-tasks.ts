/**
 * Redrive: tasks that move the messages of a dead-letter queue back to where they came from, or to
 * a queue of choice. A moved message is new: new id, new enqueue time, no receives.
 * Source: Amazon SQS Developer Guide: dead-letter queue redrive; API: StartMessageMoveTask.
 */
import { checkRange, invalidParameter, SqsError } from './errors.ts';
import { limits } from './limits.ts';
import type { MessageContent } from './message.ts';
import type { SqsQueue } from './sqs-queue.ts';

export interface MoveTask {
  readonly handle: string;
  readonly sourceArn: string;
  readonly destinationArn: string | undefined;
  /** Without a rate the task runs as fast as it can: at once. */
  readonly ratePerSecond: number | undefined;
  readonly startedAtMs: number;
  readonly toMove: number;
  moved: number;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  failureReason: string | undefined;
}

export interface MoveTasks {
  start(request: MoveRequest, nowMs: number): MoveTask;
  /** The task, stopped; what it has moved stays moved. */
  cancel(handle: string, nowMs: number): MoveTask;
  /** The latest tasks of a dead-letter queue, newest first. */
  list(sourceArn: string, max: number, nowMs: number): MoveTask[];
  settle(nowMs: number): void;
  nextMoveAtMs(): number | undefined;
}

interface MoveRequest {
  readonly sourceArn: string;
  readonly destinationArn?: string | undefined;
  readonly ratePerSecond?: number | undefined;
}

interface QueueLookup {
  findQueueByArn(arn: string): SqsQueue | undefined;
  deadLetterSources(arn: string): SqsQueue[];
  newId(): string;
}

export function createMoveTasks(lookup: QueueLookup): MoveTasks {
  const tasks: MoveTask[] = [];
  const running = (): MoveTask[] => tasks.filter(({ status }) => status === 'RUNNING');
  const settle = (nowMs: number): void => {
    if (tasks.length > 0) for (const task of running()) advance(task, lookup, nowMs);
  };

  return {
    settle,
    nextMoveAtMs: () => {
      const instants = tasks.length === 0 ? [] : running().map(nextMoveOf);
      return instants.length === 0 ? undefined : Math.min(...instants);
    },
    start(request, nowMs) {
      settle(nowMs);
      const task = newTask(request, lookup, nowMs);
      if (running().some(({ sourceArn }) => sourceArn === task.sourceArn)) {
        throw new SqsError(
          'UnsupportedOperation',
          'There is already a task running. Only one active task is allowed for a source queue.',
        );
      }
      tasks.unshift(task);
      settle(nowMs);
      return task;
    },
    cancel(handle, nowMs) {
      settle(nowMs);
      const task = tasks.find((one) => one.handle === handle);
      if (task === undefined) throw notFound('The task does not exist.');
      if (task.status !== 'RUNNING') {
        throw new SqsError('UnsupportedOperation', 'Only active tasks can be cancelled.');
      }
      task.status = 'CANCELLED';
      return task;
    },
    list(sourceArn, max, nowMs) {
      settle(nowMs);
      if (lookup.findQueueByArn(sourceArn) === undefined) throw queueNotFound();
      checkRange(max, 'MaxResults', 1, limits.moveTasksListedMax.value);
      return tasks.filter((task) => task.sourceArn === sourceArn).slice(0, max);
    },
  };
}

function newTask(request: MoveRequest, lookup: QueueLookup, nowMs: number): MoveTask {
  const { sourceArn, destinationArn, ratePerSecond } = request;
  const source = lookup.findQueueByArn(sourceArn);
  if (source === undefined) throw queueNotFound();
  if (lookup.deadLetterSources(sourceArn).length === 0) {
    throw invalidParameter(
      sourceArn,
      'SourceArn',
      'Source queue must be configured as a Dead Letter Queue.',
    );
  }
  if (destinationArn !== undefined && lookup.findQueueByArn(destinationArn) === undefined) {
    throw queueNotFound();
  }
  if (ratePerSecond !== undefined) {
    const rateMax = limits.moveRateMaxPerSecond.value;
    checkRange(ratePerSecond, 'MaxNumberOfMessagesPerSecond', 1, rateMax);
  }
  return {
    handle: Buffer.from(`${lookup.newId()} ${sourceArn}`).toString('base64'),
    sourceArn,
    destinationArn,
    ratePerSecond,
    startedAtMs: nowMs,
    toMove: source.counts(nowMs).visible,
    moved: 0,
    status: 'RUNNING',
    failureReason: undefined,
  };
}

const nextMoveOf = ({ startedAtMs, moved, ratePerSecond = 1 }: MoveTask): number =>
  startedAtMs + Math.ceil((moved * 1_000) / ratePerSecond);

function advance(task: MoveTask, lookup: QueueLookup, nowMs: number): void {
  const source = lookup.findQueueByArn(task.sourceArn);
  while (task.moved < task.toMove) {
    if (task.ratePerSecond !== undefined && nextMoveOf(task) > nowMs) return;
    const message = source?.findVisible(nowMs);
    if (message === undefined) break;
    const { content } = message;
    const arn = task.destinationArn ?? content.deadLetterSourceArn;
    const destination = arn === undefined ? undefined : lookup.findQueueByArn(arn);
    if (destination === undefined) {
      task.status = 'FAILED';
      task.failureReason =
        arn === undefined
          ? 'CouldNotDetermineMessageSource'
          : 'AWS.SimpleQueueService.NonExistentQueue';
      return;
    }
    source?.release(message);
    destination.accept(asNew(content, lookup.newId(), nowMs), nowMs);
    task.moved += 1;
  }
  task.status = 'COMPLETED';
}

const asNew = (content: MessageContent, messageId: string, nowMs: number): MessageContent => ({
  ...content,
  messageId,
  sentAtMs: nowMs,
  deadLetterSourceArn: undefined,
  receiveCount: 0,
  firstReceivedAtMs: undefined,
});

const notFound = (message: string): SqsError => new SqsError('ResourceNotFoundException', message);

const queueNotFound = (): SqsError =>
  notFound("The resource that you specified for the SourceArn parameter doesn't exist.");
