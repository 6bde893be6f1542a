/** A model with counted ids and an epoch of its own, for tests that name every instant. */
import { createSqsModel } from '../../../../local/emulators/sqs/sqs-model.ts';
import type { SqsQueue } from '../../../../local/emulators/sqs/sqs-queue.ts';

/** The instant of the tests; written as `at(seconds)`. */
export const at = (afterSeconds: number): number => 1_750_000_000_000 + afterSeconds * 1_000;

export function createTestModel() {
  let lastId = 0;
  return createSqsModel({
    newId: () => {
      lastId += 1;
      return `id-${lastId}`;
    },
  });
}

export const createStandard = (attributes: Record<string, string> = {}): SqsQueue =>
  createTestModel().createQueue('plain', attributes, at(0));

export const createFifo = (attributes: Record<string, string> = {}): SqsQueue =>
  createTestModel().createQueue('line.fifo', { FifoQueue: 'true', ...attributes }, at(0));

/** Sends `bodies` in order to the group named by each body's first letter: `a1`, `a2`, `b1`. */
export function sendInGroups(queue: SqsQueue, bodies: readonly string[], nowMs = at(0)): void {
  for (const body of bodies) {
    queue.send({ body, groupId: body.slice(0, 1), deduplicationId: body }, nowMs);
  }
}

export const receiveAll = (queue: SqsQueue, nowMs: number, visibilityTimeoutSeconds?: number) =>
  queue.receive({ max: 10, visibilityTimeoutSeconds }, nowMs);

export const bodiesOf = (messages: readonly { readonly body: string }[]): string[] =>
  messages.map(({ body }) => body);

/** The one message that is received now; throws when there is none. */
export function receiveOne(queue: SqsQueue, nowMs: number, visibilityTimeoutSeconds?: number) {
  const [message] = queue.receive({ visibilityTimeoutSeconds }, nowMs);
  if (message === undefined) throw new Error('nothing to receive');
  return message;
}
