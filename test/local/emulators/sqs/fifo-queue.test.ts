import { describe, expect, it } from 'vitest';
import { at, bodiesOf, createFifo, receiveAll, receiveOne, sendInGroups } from './test-queues.ts';

describe('a FIFO queue', () => {
  it('hands out as many messages of one group as asked for, in order', () => {
    const queue = createFifo();
    sendInGroups(queue, ['a1', 'b1', 'a2', 'a3']);
    expect(bodiesOf(queue.receive({ max: 3 }, at(0)))).toEqual(['a1', 'a2', 'a3']);
  });

  it('fills a receive from the next group once a group has no more', () => {
    const queue = createFifo();
    sendInGroups(queue, ['a1', 'b1', 'a2', 'b2']);
    expect(bodiesOf(receiveAll(queue, at(0)))).toEqual(['a1', 'a2', 'b1', 'b2']);
  });

  it('blocks a group while one of its messages is in flight, and no other group', () => {
    const queue = createFifo();
    sendInGroups(queue, ['a1', 'a2', 'b1']);
    const head = receiveOne(queue, at(0));
    expect(bodiesOf(receiveAll(queue, at(1)))).toEqual(['b1']);
    expect(receiveAll(queue, at(1))).toEqual([]);
    queue.delete(head.receiptHandle, at(2));
    expect(bodiesOf(receiveAll(queue, at(2)))).toEqual(['a2']);
  });

  it('stays blocked until the last message of a received batch is settled', () => {
    const queue = createFifo();
    sendInGroups(queue, ['a1', 'a2', 'a3']);
    const [first, second] = queue.receive({ max: 2 }, at(0));
    queue.delete(second?.receiptHandle ?? '', at(1));
    expect(receiveAll(queue, at(1))).toEqual([]);
    queue.delete(first?.receiptHandle ?? '', at(1));
    expect(bodiesOf(receiveAll(queue, at(1)))).toEqual(['a3']);
  });

  it('stays blocked when the head returns while a later message is in flight', () => {
    const queue = createFifo();
    sendInGroups(queue, ['a1', 'a2']);
    const [first, second] = receiveAll(queue, at(0));
    queue.changeVisibility(first?.receiptHandle ?? '', 0, at(1));
    expect(receiveAll(queue, at(1))).toEqual([]);
    queue.delete(second?.receiptHandle ?? '', at(2));
    expect(bodiesOf(receiveAll(queue, at(2)))).toEqual(['a1']);
  });

  it('keeps the order when messages return in any order', () => {
    const queue = createFifo();
    sendInGroups(queue, ['a1', 'a2', 'a3']);
    const received = receiveAll(queue, at(0));
    for (const index of [0, 2, 1]) {
      queue.changeVisibility(received[index]?.receiptHandle ?? '', 0, at(1));
    }
    expect(bodiesOf(receiveAll(queue, at(1)))).toEqual(['a1', 'a2', 'a3']);
  });

  it('holds back messages that expired behind one that was extended', () => {
    const queue = createFifo({ VisibilityTimeout: '1' });
    sendInGroups(queue, ['a1', 'a2']);
    const [first] = receiveAll(queue, at(0));
    queue.changeVisibility(first?.receiptHandle ?? '', 10, at(0.5));
    expect(receiveAll(queue, at(5))).toEqual([]);
    expect(bodiesOf(receiveAll(queue, at(10.5)))).toEqual(['a1', 'a2']);
  });

  it('never receives the backlog behind a head that keeps waiting', () => {
    const queue = createFifo();
    sendInGroups(queue, ['a1', 'a2', 'a3']);
    for (let turn = 0; turn < 5; turn += 1) {
      const head = receiveOne(queue, at(turn * 60));
      queue.changeVisibility(head.receiptHandle, 60, at(turn * 60));
    }
    expect(queue.counts(at(299))).toEqual({ visible: 2, delayed: 0, inFlight: 1 });
    queue.delete(receiveOne(queue, at(300)).receiptHandle, at(300));
    expect(receiveOne(queue, at(300)).attributes['ApproximateReceiveCount']).toBe('1');
  });

  it('delays by the queue alone, and a changed delay counts for delayed messages', () => {
    const queue = createFifo({ DelaySeconds: '100' });
    sendInGroups(queue, ['a1']);
    expect(() => queue.send({ body: 'x', groupId: 'a', delaySeconds: 5 }, at(0))).toThrow(
      expect.objectContaining({ code: 'InvalidParameterValue' }),
    );
    queue.send({ body: 'b1', groupId: 'b', deduplicationId: 'b1', delaySeconds: 0 }, at(0));
    queue.setAttributes({ DelaySeconds: '10' }, at(1));
    expect(receiveAll(queue, at(9))).toEqual([]);
    expect(bodiesOf(receiveAll(queue, at(10)))).toEqual(['a1', 'b1']);
  });

  it('goes on with a group whose head ended its retention in flight', () => {
    const queue = createFifo({ MessageRetentionPeriod: '60' });
    sendInGroups(queue, ['a1']);
    sendInGroups(queue, ['a2'], at(30));
    receiveOne(queue, at(40), 100);
    expect(receiveAll(queue, at(59))).toEqual([]);
    expect(bodiesOf(receiveAll(queue, at(60)))).toEqual(['a2']);
  });

  it('is empty to a receive beyond 120,000 messages in flight', () => {
    const queue = createFifo();
    for (let n = 0; n <= 120_000; n += 1) {
      const groupId = String(Math.floor(n / 10));
      queue.send({ body: 'x', groupId, deduplicationId: String(n) }, at(0));
    }
    for (let taken = 0; taken < 120_000; taken += 10) receiveAll(queue, at(0));
    expect(queue.counts(at(0))).toEqual({ visible: 1, delayed: 0, inFlight: 120_000 });
    expect(receiveAll(queue, at(0))).toEqual([]);
  });

  it('needs a message group', () => {
    expect(() => createFifo().send({ body: 'x', deduplicationId: 'd' }, at(0))).toThrow(
      expect.objectContaining({ code: 'MissingParameter' }),
    );
  });

  it('does not see a group behind 120,000 messages of another until one of them is gone', () => {
    const queue = createFifo();
    for (let n = 0; n < 120_000; n += 1) {
      queue.send({ body: 'a', groupId: 'a', deduplicationId: String(n) }, at(0));
    }
    sendInGroups(queue, ['b1']);
    const head = receiveOne(queue, at(1));
    expect(receiveAll(queue, at(1))).toEqual([]);
    queue.delete(head.receiptHandle, at(2));
    const seen = receiveAll(queue, at(2));
    expect(bodiesOf(seen)).toContain('b1');
    queue.delete(seen[0]?.receiptHandle ?? '', at(2));
    sendInGroups(queue, ['c1', 'd1'], at(2));
    expect(bodiesOf(receiveAll(queue, at(2)))).toEqual(['c1']);
  });
});
