import { describe, expect, it } from 'vitest';
import { COUNTED_EVERY_MS } from '../../../shared/jobs/backlog.ts';
import { days, hours, minutes } from '../../../shared/kernel/duration.ts';
import { createFullLane } from '../../shared/jobs/full-lane.ts';
import { goodMessage } from '../../shared/jobs/wrong-messages.ts';
import { createIntakeBench } from './intake-bench.ts';
import { sqsRecord } from './sqs-records.ts';

function openFull() {
  const { engine, counter } = createFullLane();
  const bench = createIntakeBench(engine);
  const record = (receives: number, agoMs = minutes(1)) =>
    sqsRecord(goodMessage, {
      messageId: 'm-1',
      receives,
      sentAtMs: engine.clock.nowMs() - agoMs,
    });
  return { ...bench, counter, record };
}

describe('the intake function where a lane is full', () => {
  it.each([
    [1, minutes(5)],
    [2, minutes(10)],
    [5, minutes(80)],
    [6, hours(2)],
    [99, hours(2)],
  ])('hides a message that was received %d times for %d ms', async (receives, waitMs) => {
    const { take, record, deferred, rows, kept } = openFull();
    expect(await take(record(receives))).toEqual(['m-1']);
    expect(deferred).toEqual([{ receiptHandle: 'receipt of m-1', seconds: waitMs / 1_000 }]);
    expect([await rows(), kept]).toEqual([[], []]);
  });

  it('takes it when it comes back and there is room', async () => {
    const { take, record, counter, engine, rows } = openFull();
    await take(record(1));
    counter.set(0);
    engine.clock.leapTo(engine.clock.nowMs() + COUNTED_EVERY_MS);
    expect(await take(record(2))).toEqual([]);
    expect(await rows()).toMatchObject([{ status: 'queued' }]);
  });

  it('keeps a message as a dead letter before the queue would drop it, with the reason', async () => {
    const { take, record, kept, rows, deferred } = openFull();
    expect(await take(record(50, days(4) - hours(3) + 1))).toEqual([]);
    expect(kept).toMatchObject([{ messageId: 'm-1', error: { code: 'lane.full' } }]);
    expect(await rows()).toMatchObject([{ status: 'rejected', error: { code: 'lane.full' } }]);
    expect(deferred).toEqual([]);
  });

  it('does not stop messages of a lane that has room, nor wrong ones', async () => {
    const { take, record, kept } = openFull();
    expect(await take(record(1), sqsRecord('prose'))).toEqual(['m-1']);
    expect(kept).toHaveLength(1);
  });
});
