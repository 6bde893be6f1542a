import { describe, expect, it } from 'vitest';
import { at, createTestModel } from './test-queues.ts';

describe('creating a queue', () => {
  it('fills in the defaults of SQS', () => {
    const { attributes } = createTestModel().createQueue('q', {}, at(0));
    expect(attributes).toEqual({
      VisibilityTimeout: '30',
      DelaySeconds: '0',
      MaximumMessageSize: '1048576',
      MessageRetentionPeriod: '345600',
      ReceiveMessageWaitTimeSeconds: '0',
      SqsManagedSseEnabled: 'true',
    });
  });

  it('answers the same queue for the same attributes and refuses others', () => {
    const model = createTestModel();
    const queue = model.createQueue('q', { DelaySeconds: '5' }, at(0));
    expect(model.createQueue('q', { DelaySeconds: '5' }, at(1))).toBe(queue);
    expect(() => model.createQueue('q', { DelaySeconds: '6' }, at(1))).toThrow(
      expect.objectContaining({ code: 'QueueNameExists' }),
    );
  });

  it.each([
    ['a name with a slash', 'a/b', {}, 'InvalidParameterValue'],
    ['a name of 81 characters', 'a'.repeat(81), {}, 'InvalidParameterValue'],
    ['a FIFO queue without .fifo', 'q', { FifoQueue: 'true' }, 'InvalidParameterValue'],
    ['.fifo without a FIFO queue', 'q.fifo', {}, 'InvalidParameterValue'],
    [
      'a retention over 14 days',
      'q',
      { MessageRetentionPeriod: '1209601' },
      'InvalidParameterValue',
    ],
    [
      'a visibility timeout that is no number',
      'q',
      { VisibilityTimeout: '' },
      'InvalidParameterValue',
    ],
    ['an unknown attribute', 'q', { Colour: 'red' }, 'InvalidAttributeName'],
    [
      'a FIFO attribute on a standard queue',
      'q',
      { DeduplicationScope: 'queue' },
      'InvalidAttributeName',
    ],
    ['a redrive policy that is no JSON', 'q', { RedrivePolicy: '{' }, 'InvalidParameterValue'],
    [
      'throughput per group without deduplication per group',
      'q.fifo',
      { FifoQueue: 'true', FifoThroughputLimit: 'perMessageGroupId' },
      'InvalidAttributeValue',
    ],
  ])('refuses %s', (_what, name, attributes, code) => {
    expect(() =>
      createTestModel().createQueue(name, attributes as Record<string, string>, at(0)),
    ).toThrow(expect.objectContaining({ code }));
  });

  it('is the only time at which a queue becomes FIFO', () => {
    const queue = createTestModel().createQueue('q', {}, at(0));
    expect(() => queue.setAttributes({ FifoQueue: 'true' }, at(1))).toThrow(
      expect.objectContaining({ code: 'InvalidAttributeName' }),
    );
    expect(queue.settings.isFifo).toBe(false);
  });

  it('makes handles of a deleted namesake invalid', () => {
    const model = createTestModel();
    const old = model.createQueue('q', {}, at(0));
    old.send({ body: 'x' }, at(0));
    const [message] = old.receive({}, at(0));
    model.deleteQueue('q');
    const fresh = model.createQueue('q', {}, at(1));
    expect(() => fresh.delete(message?.receiptHandle ?? '', at(1))).toThrow(
      expect.objectContaining({ code: 'ReceiptHandleIsInvalid' }),
    );
  });
});
