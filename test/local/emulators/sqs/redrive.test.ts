import { describe, expect, it } from 'vitest';
import {
  at,
  bodiesOf,
  createTestModel,
  receiveAll,
  receiveOne,
  sendInGroups,
} from './test-queues.ts';

function createWithDeadLetters(maxReceiveCount: number, fifo = false) {
  const model = createTestModel();
  const suffix = fifo ? '.fifo' : '';
  const type: Record<string, string> = fifo ? { FifoQueue: 'true' } : {};
  const dead = model.createQueue(`dead${suffix}`, type, at(0));
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount });
  const source = model.createQueue(
    `source${suffix}`,
    { ...type, RedrivePolicy, VisibilityTimeout: '10' },
    at(0),
  );
  return { model, dead, source };
}

describe('redrive to a dead-letter queue', () => {
  it('moves a message at the receive after the last allowed one, with id, time and source', () => {
    const { source, dead } = createWithDeadLetters(2);
    const { messageId } = source.send({ body: 'poison' }, at(0));
    receiveOne(source, at(0));
    receiveOne(source, at(10));
    expect(receiveAll(source, at(20))).toEqual([]);
    expect(source.counts(at(20))).toEqual({ visible: 0, delayed: 0, inFlight: 0 });
    expect(receiveOne(dead, at(20))).toMatchObject({
      messageId,
      body: 'poison',
      attributes: { DeadLetterQueueSourceArn: source.arn, SentTimestamp: String(at(0)) },
    });
  });

  it('lets the rest of a FIFO group go on within the same receive', () => {
    const { source, dead } = createWithDeadLetters(1, true);
    sendInGroups(source, ['a1', 'a2']);
    receiveOne(source, at(0));
    expect(bodiesOf(receiveAll(source, at(10)))).toEqual(['a2']);
    expect(receiveOne(dead, at(10)).attributes).toMatchObject({
      MessageGroupId: 'a',
      SentTimestamp: String(at(10)),
    });
  });

  it.each([
    ['standard', false, at(100)],
    ['FIFO', true, at(120)],
  ])(
    'keeps receives, and of a %s queue the time of the letter, where it goes',
    (_kind, fifo, endsAtMs) => {
      const { source, dead } = createWithDeadLetters(1, fifo);
      dead.setAttributes({ MessageRetentionPeriod: '100' }, at(0));
      if (fifo) sendInGroups(source, ['a1']);
      else source.send({ body: 'x' }, at(0));
      receiveOne(source, at(0));
      receiveAll(source, at(20));
      expect(receiveOne(dead, at(20), 0).attributes).toMatchObject({
        ApproximateReceiveCount: '2',
        ApproximateFirstReceiveTimestamp: String(at(0)),
      });
      expect(dead.counts(endsAtMs - 1).visible).toBe(1);
      expect(dead.counts(endsAtMs).visible).toBe(0);
    },
  );

  it('goes on delivering while the dead-letter queue does not exist', () => {
    const { model, source, dead } = createWithDeadLetters(1);
    source.send({ body: 'x' }, at(0));
    model.deleteQueue(dead.name);
    receiveOne(source, at(0));
    expect(receiveOne(source, at(10)).attributes['ApproximateReceiveCount']).toBe('2');
  });

  it('refuses a policy whose queue is missing, of another type or closed to the source', () => {
    const { model, dead } = createWithDeadLetters(1);
    const policy = (arn: string) =>
      JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 5 });
    const create = (name: string, attributes: Record<string, string>) => () =>
      model.createQueue(name, attributes, at(0));
    const refused = expect.objectContaining({ code: 'InvalidParameterValue' });
    expect(create('q1', { RedrivePolicy: policy(`${dead.arn}-gone`) })).toThrow(refused);
    expect(create('q2.fifo', { FifoQueue: 'true', RedrivePolicy: policy(dead.arn) })).toThrow(
      refused,
    );
    dead.setAttributes(
      { RedriveAllowPolicy: JSON.stringify({ redrivePermission: 'denyAll' }) },
      at(0),
    );
    expect(create('q3', { RedrivePolicy: policy(dead.arn) })).toThrow(refused);
    const sourceQueueArns = [dead.arn.replace('dead', 'q4')];
    dead.setAttributes(
      { RedriveAllowPolicy: JSON.stringify({ redrivePermission: 'byQueue', sourceQueueArns }) },
      at(0),
    );
    expect(create('q3', { RedrivePolicy: policy(dead.arn) })).toThrow(refused);
    expect(create('q4', { RedrivePolicy: policy(dead.arn) })).not.toThrow();
  });
});

describe('a message move task', () => {
  function createDead(count: number) {
    const queues = createWithDeadLetters(1);
    for (let n = 0; n < count; n += 1) queues.source.send({ body: `m${n}` }, at(0));
    for (let n = 0; n < count; n += 1) receiveOne(queues.source, at(0));
    receiveAll(queues.source, at(10));
    return queues;
  }

  it('moves everything back to its source as new messages', () => {
    const { model, source, dead } = createDead(3);
    const task = model.moveTasks.start({ sourceArn: dead.arn }, at(100));
    expect(task).toMatchObject({ status: 'COMPLETED', moved: 3, toMove: 3 });
    const [first] = receiveAll(source, at(100));
    expect(first?.attributes).toMatchObject({
      ApproximateReceiveCount: '1',
      SentTimestamp: String(at(100)),
    });
    expect(first?.attributes).not.toHaveProperty('DeadLetterQueueSourceArn');
    expect(receiveAll(source, at(100))).toEqual([]);
  });

  it('keeps to a rate and can be cancelled on the way', () => {
    const { model, source, dead } = createDead(4);
    const request = { sourceArn: dead.arn, ratePerSecond: 1 };
    const { handle } = model.moveTasks.start(request, at(100));
    expect(source.counts(at(101.5)).visible).toBe(2);
    expect(source.nextChangeAtMs(at(101.5))).toBe(at(102));
    expect(() => model.moveTasks.start(request, at(101.5))).toThrow(
      expect.objectContaining({ code: 'UnsupportedOperation' }),
    );
    model.moveTasks.cancel(handle, at(101.5));
    expect(source.counts(at(200)).visible).toBe(2);
    expect(model.moveTasks.list(dead.arn, 10, at(200))).toMatchObject([
      { status: 'CANCELLED', moved: 2 },
    ]);
  });

  it('fails for a message whose source is unknown and leaves it as it was', () => {
    const { model, dead } = createDead(0);
    dead.send({ body: 'sent directly' }, at(0));
    receiveOne(dead, at(0), 0);
    dead.send({ body: 'sent after it' }, at(0));
    expect(model.moveTasks.start({ sourceArn: dead.arn }, at(1))).toMatchObject({
      status: 'FAILED',
      failureReason: 'CouldNotDetermineMessageSource',
    });
    const [first] = receiveAll(dead, at(1), 0);
    expect(first).toMatchObject({
      body: 'sent directly',
      attributes: { ApproximateReceiveCount: '2' },
    });
    expect(dead.counts(at(1)).visible).toBe(2);
  });

  it('refuses a source that is nobody’s dead-letter queue', () => {
    const { model, source } = createDead(0);
    expect(() => model.moveTasks.start({ sourceArn: source.arn }, at(0))).toThrow(
      expect.objectContaining({ code: 'InvalidParameterValue' }),
    );
  });
});
