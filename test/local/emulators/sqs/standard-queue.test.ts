import { describe, expect, it } from 'vitest';
import { createSqsModel } from '../../../../local/emulators/sqs/sqs-model.ts';
import { at, bodiesOf, createStandard, receiveAll, receiveOne } from './test-queues.ts';

describe('a standard queue', () => {
  it('hands a message to one consumer until its visibility timeout ends', () => {
    const queue = createStandard({ VisibilityTimeout: '30' });
    queue.send({ body: 'x' }, at(0));
    receiveOne(queue, at(0));
    expect(receiveAll(queue, at(29.999))).toEqual([]);
    expect(receiveOne(queue, at(30)).attributes).toMatchObject({
      ApproximateReceiveCount: '2',
      ApproximateFirstReceiveTimestamp: String(at(0)),
      SentTimestamp: String(at(0)),
    });
  });

  it('keeps a delayed message back, by its own delay before that of the queue', () => {
    const queue = createStandard({ DelaySeconds: '10' });
    queue.send({ body: 'own', delaySeconds: 2 }, at(0));
    queue.send({ body: 'queue' }, at(0));
    expect(queue.counts(at(1))).toEqual({ visible: 0, delayed: 2, inFlight: 0 });
    expect(bodiesOf(receiveAll(queue, at(2)))).toEqual(['own']);
    expect(bodiesOf(receiveAll(queue, at(10)))).toEqual(['queue']);
  });

  it('leaves messages already delayed alone when the delay of the queue changes', () => {
    const queue = createStandard({ DelaySeconds: '10' });
    queue.send({ body: 'x' }, at(0));
    queue.setAttributes({ DelaySeconds: '0' }, at(1));
    expect(queue.nextChangeAtMs(at(1))).toBe(at(10));
  });

  it('drops a message when its retention ends, also in flight', () => {
    const queue = createStandard({ MessageRetentionPeriod: '60' });
    queue.send({ body: 'waiting' }, at(0));
    queue.send({ body: 'held' }, at(0));
    receiveOne(queue, at(50));
    expect(queue.counts(at(60))).toEqual({ visible: 0, delayed: 0, inFlight: 0 });
  });

  it('counts a shorter retention for the messages that are already there', () => {
    const queue = createStandard();
    queue.send({ body: 'x' }, at(0));
    queue.setAttributes({ MessageRetentionPeriod: '60' }, at(10));
    expect(receiveAll(queue, at(60))).toEqual([]);
  });

  it('names the next instant at which time alone changes something', () => {
    const queue = createStandard({ VisibilityTimeout: '30', MessageRetentionPeriod: '100' });
    expect(queue.nextChangeAtMs(at(0))).toBeUndefined();
    queue.send({ body: 'x' }, at(0));
    receiveOne(queue, at(5));
    expect(queue.nextChangeAtMs(at(5))).toBe(at(35));
    expect(queue.nextChangeAtMs(at(35))).toBe(at(100));
    queue.delete(receiveOne(queue, at(35)).receiptHandle, at(36));
    expect(queue.nextChangeAtMs(at(36))).toBeUndefined();
  });

  it('hands out the longest visible first, or whichever of ten it is told, each once', () => {
    const bodies = Array.from({ length: 12 }, (_, n) => String(n));
    const drain = (pickNext?: (count: number) => number): string[] => {
      const model = createSqsModel(pickNext && { pickNext });
      const queue = model.createQueue('intake', {}, at(0));
      for (const body of bodies) queue.send({ body }, at(0));
      return [1, 2].flatMap(() => bodiesOf(receiveAll(queue, at(1))));
    };
    expect(drain()).toEqual(bodies);
    expect(drain((count) => count - 1).slice(0, 4)).toEqual(['9', '10', '11', '8']);
    expect(drain((count) => count >> 1).sort()).toEqual([...bodies].sort());
  });

  it('empties on purge and refuses a second purge within 60 seconds', () => {
    const queue = createStandard();
    queue.send({ body: 'x' }, at(0));
    queue.purge(at(0));
    expect(queue.counts(at(0)).visible).toBe(0);
    expect(() => queue.purge(at(59))).toThrow(
      expect.objectContaining({ code: 'PurgeQueueInProgress' }),
    );
    queue.purge(at(60));
  });

  it('hands out what there is room for, and refuses beyond 120,000 messages in flight', () => {
    const queue = createStandard();
    for (let sent = 0; sent < 120_005; sent += 1) queue.send({ body: 'x' }, at(0));
    for (let taken = 0; taken < 119_990; taken += 10) receiveAll(queue, at(0));
    for (let taken = 0; taken < 5; taken += 1) receiveOne(queue, at(0));
    expect(receiveAll(queue, at(0))).toHaveLength(5);
    expect(() => receiveAll(queue, at(0))).toThrow(expect.objectContaining({ code: 'OverLimit' }));
  });
});
