import { describe, expect, it } from 'vitest';
import {
  at,
  createFifo,
  createStandard,
  receiveAll,
  receiveOne,
  sendInGroups,
} from './test-queues.ts';

const refused = (code: string) => expect.objectContaining({ code });

describe('deleting by receipt handle', () => {
  it('ignores a handle of a standard queue once the message was received again', () => {
    const queue = createStandard({ VisibilityTimeout: '1' });
    queue.send({ body: 'x' }, at(0));
    const first = receiveOne(queue, at(0));
    const second = receiveOne(queue, at(1));
    queue.delete(first.receiptHandle, at(1.5));
    expect(queue.counts(at(1.5)).inFlight).toBe(1);
    queue.delete(second.receiptHandle, at(1.5));
    expect(queue.counts(at(1.5)).inFlight).toBe(0);
  });

  it('accepts an expired handle of a standard queue until the message is received again', () => {
    const queue = createStandard({ VisibilityTimeout: '1' });
    queue.send({ body: 'x' }, at(0));
    queue.delete(receiveOne(queue, at(0)).receiptHandle, at(5));
    expect(receiveAll(queue, at(5))).toEqual([]);
  });

  it('refuses an expired handle of a FIFO queue', () => {
    const queue = createFifo({ VisibilityTimeout: '1' });
    sendInGroups(queue, ['a1']);
    const { receiptHandle } = receiveOne(queue, at(0));
    expect(() => queue.delete(receiptHandle, at(1))).toThrow(refused('InvalidParameterValue'));
    expect(receiveAll(queue, at(1))).toHaveLength(1);
  });

  it('refuses the handle of an older delivery from a FIFO queue, while a newer is in flight', () => {
    const queue = createFifo({ VisibilityTimeout: '1' });
    sendInGroups(queue, ['a1']);
    const first = receiveOne(queue, at(0));
    receiveOne(queue, at(1), 100);
    expect(() => queue.delete(first.receiptHandle, at(2))).toThrow(
      refused('InvalidParameterValue'),
    );
    expect(queue.counts(at(2)).inFlight).toBe(1);
  });

  it('succeeds for a message that is deleted already', () => {
    const queue = createFifo();
    sendInGroups(queue, ['a1']);
    const { receiptHandle } = receiveOne(queue, at(0));
    queue.delete(receiptHandle, at(0));
    queue.delete(receiptHandle, at(0));
    expect(queue.counts(at(0))).toEqual({ visible: 0, delayed: 0, inFlight: 0 });
  });

  it('refuses a text that no queue of this name handed out', () => {
    const other = createStandard();
    other.send({ body: 'x' }, at(0));
    const foreign = Buffer.from('another 1 1').toString('base64');
    expect(() => other.delete('garbage', at(0))).toThrow(refused('ReceiptHandleIsInvalid'));
    expect(() => other.delete(foreign, at(0))).toThrow(refused('ReceiptHandleIsInvalid'));
  });
});

describe('changing visibility', () => {
  it('counts from the change, longer or shorter, and the last change holds', () => {
    const queue = createStandard({ VisibilityTimeout: '30' });
    queue.send({ body: 'x' }, at(0));
    const { receiptHandle } = receiveOne(queue, at(0));
    queue.changeVisibility(receiptHandle, 100, at(10));
    expect(queue.nextChangeAtMs(at(10))).toBe(at(110));
    queue.changeVisibility(receiptHandle, 5, at(20));
    expect(receiveAll(queue, at(24.999))).toEqual([]);
    expect(receiveAll(queue, at(25))).toHaveLength(1);
  });

  it('is an error beyond 12 hours after the receive, and changes nothing', () => {
    const queue = createStandard();
    queue.send({ body: 'x' }, at(0));
    const { receiptHandle } = receiveOne(queue, at(0));
    queue.changeVisibility(receiptHandle, 43_200, at(0));
    expect(() => queue.changeVisibility(receiptHandle, 43_200, at(1))).toThrow(
      refused('InvalidParameterValue'),
    );
    expect(queue.nextChangeAtMs(at(1))).toBe(at(43_200));
  });

  it('starts the 12 hours anew with each receive', () => {
    const queue = createStandard();
    queue.send({ body: 'x' }, at(0));
    const first = receiveOne(queue, at(0), 43_200);
    queue.changeVisibility(first.receiptHandle, 0, at(40_000));
    const second = receiveOne(queue, at(40_000), 1_000);
    queue.changeVisibility(second.receiptHandle, 43_000, at(40_100));
    expect(queue.nextChangeAtMs(at(40_100))).toBe(at(83_100));
  });

  it('refuses a message that is visible, and the handle of an older delivery', () => {
    const queue = createStandard({ VisibilityTimeout: '1' });
    queue.send({ body: 'x' }, at(0));
    const first = receiveOne(queue, at(0));
    expect(() => queue.changeVisibility(first.receiptHandle, 5, at(1))).toThrow(
      refused('MessageNotInflight'),
    );
    receiveOne(queue, at(2), 100);
    expect(() => queue.changeVisibility(first.receiptHandle, 0, at(3))).toThrow(
      refused('InvalidParameterValue'),
    );
    expect(receiveAll(queue, at(3))).toEqual([]);
  });
});
