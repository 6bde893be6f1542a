import { describe, expect, it } from 'vitest';
import { at, createFifo, receiveOne } from './test-queues.ts';

const send = { body: 'x', groupId: 'a', deduplicationId: 'd' };

describe('deduplication', () => {
  it('answers a repeated send with the first message and stores nothing', () => {
    const queue = createFifo();
    const first = queue.send(send, at(0));
    const again = queue.send({ ...send, body: 'other' }, at(299));
    expect(again).toMatchObject({
      messageId: first.messageId,
      sequenceNumber: first.sequenceNumber,
    });
    expect(queue.counts(at(299)).visible).toBe(1);
  });

  it('holds for five minutes from the first send, also after a delete', () => {
    const queue = createFifo();
    queue.send(send, at(0));
    queue.delete(receiveOne(queue, at(1)).receiptHandle, at(1));
    queue.send(send, at(299.999));
    expect(queue.counts(at(299.999)).visible).toBe(0);
    queue.send(send, at(300));
    expect(queue.counts(at(300)).visible).toBe(1);
  });

  it('spans groups unless its scope is the message group', () => {
    const queueWide = createFifo();
    const perGroup = createFifo({
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
    });
    for (const queue of [queueWide, perGroup]) {
      queue.send(send, at(0));
      queue.send({ ...send, groupId: 'b' }, at(0));
    }
    expect(queueWide.counts(at(0)).visible).toBe(1);
    expect(perGroup.counts(at(0)).visible).toBe(2);
  });

  it('takes the body as the id where content-based, and needs an id where not', () => {
    const { body, groupId } = send;
    const queue = createFifo({ ContentBasedDeduplication: 'true' });
    for (const text of [body, body, 'other']) queue.send({ body: text, groupId }, at(0));
    expect(queue.counts(at(0)).visible).toBe(2);
    expect(() => createFifo().send({ body, groupId }, at(0))).toThrow(
      expect.objectContaining({ code: 'InvalidParameterValue' }),
    );
  });
});
