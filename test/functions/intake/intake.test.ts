import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { goodMessage } from '../../shared/jobs/wrong-messages.ts';
import { createIntakeBench } from './intake-bench.ts';
import { busEvent, snsNotification, sqsRecord } from './sqs-records.ts';

const scheduled = { ...goodMessage, idempotencyKey: 'schedule:nightly:2026-03-01T02:00:00Z' };
const wrong = { ...goodMessage, params: { devices: [] } };
const down = new SluiceError('store.unavailable', 'the table does not answer');

describe('the intake function', () => {
  it.each([
    ['sent directly', goodMessage, { way: 'queue', detail: 'm-1' }],
    ['of an event', busEvent(goodMessage), { way: 'event', detail: 'event-1' }],
    ['of a notification', snsNotification(goodMessage), { way: 'queue', detail: 'sns:sns-1' }],
    ['of a schedule', scheduled, { way: 'schedule', detail: 'nightly' }],
  ])('makes a job of a message %s', async (_what, body, origin) => {
    const { take, rows, engine } = createIntakeBench();
    expect(await take(sqsRecord(body, { messageId: 'm-1' }))).toEqual([]);
    const [job] = await rows();
    expect(job).toMatchObject({ status: 'queued', origin, paramsJson: '{"devices":[1,2]}' });
    expect(engine.queue.sent.map(({ jobId }) => jobId)).toEqual([job?.id]);
  });

  it.each([
    ['sent directly', goodMessage],
    ['of an event', busEvent(goodMessage)],
    ['of a notification', snsNotification(goodMessage)],
    ['of a schedule', scheduled],
  ])('makes one job of a message %s that the queue delivers twice', async (_what, body) => {
    const { take, rows } = createIntakeBench();
    const record = sqsRecord(body, { messageId: 'm-1' });
    expect(await take(record, record)).toEqual([]);
    expect(await take(record)).toEqual([]);
    expect(await rows()).toHaveLength(1);
  });

  it('makes one job of an event that arrives as two messages', async () => {
    const { take, rows } = createIntakeBench();
    await take(sqsRecord(busEvent(goodMessage)), sqsRecord(busEvent(goodMessage)));
    expect(await rows()).toHaveLength(1);
  });

  it.each([
    ['sent directly', wrong, { way: 'queue', detail: 'm-1' }],
    ['of an event', busEvent(wrong), { way: 'event', detail: 'event-1' }],
    ['of a notification', snsNotification(wrong), { way: 'queue', detail: 'sns:sns-1' }],
    ['of a schedule', { ...scheduled, ...wrong }, { way: 'schedule', detail: 'nightly' }],
  ])('records a wrong message %s and keeps it as a dead letter', async (_what, body, origin) => {
    const { take, rows, kept, engine } = createIntakeBench();
    const record = sqsRecord(body, { messageId: 'm-1' });
    expect(await take(record)).toEqual([]);
    expect(await rows()).toMatchObject([
      {
        status: 'rejected',
        type: goodMessage.type,
        account: 'acme',
        origin,
        error: { code: 'job.invalid', fields: [{ field: 'params.devices' }] },
      },
    ]);
    expect(kept).toMatchObject([
      { messageId: 'm-1', body: record.body, error: { code: 'job.invalid' } },
    ]);
    expect(engine.queue.sent).toEqual([]);
  });

  it('S15 lets no wrong message stop a good one', async () => {
    const { take, rows, kept } = createIntakeBench();
    const bodies = ['prose', goodMessage, wrong, goodMessage, '', busEvent('x'), goodMessage];
    expect(await take(...bodies.map((body) => sqsRecord(body)))).toEqual([]);
    const statuses = (await rows()).map(({ status }) => status).sort();
    expect(statuses).toEqual(['queued', 'queued', 'queued', ...Array(4).fill('rejected')]);
    expect(kept).toHaveLength(4);
  });

  it('counts by their way in what it accepted and what it rejected', async () => {
    const { take, valuesOf } = createIntakeBench();
    await take(sqsRecord(goodMessage), sqsRecord(busEvent(goodMessage)), sqsRecord('prose'));
    expect(valuesOf('JobsAccepted')).toEqual([
      [{ Way: 'queue' }, [1]],
      [{ Way: 'event' }, [1]],
    ]);
    expect(valuesOf('JobsRejected')).toEqual([[{ Way: 'queue' }, [1]]]);
  });

  it('gives back exactly the messages that the store did not take', async () => {
    const { take, rows, engine, log } = createIntakeBench();
    const records = ['m-1', 'm-2', 'm-3'].map((messageId) =>
      sqsRecord({ ...goodMessage, correlationId: messageId }, { messageId }),
    );
    engine.store.beforeWrite((kind, job) => {
      if (kind === 'create' && job.correlationId === 'm-2') throw down;
    });
    expect(await take(...records)).toEqual(['m-2']);
    expect(log.lines.filter(({ level }) => level === 'error')).toMatchObject([
      { code: 'store.unavailable', messageId: 'm-2' },
    ]);
    engine.store.beforeWrite(undefined);
    expect(await take(...records)).toEqual([]);
    expect(await rows()).toHaveLength(3);
  });

  it('gives back a wrong message that could not be kept, and records it once', async () => {
    const { take, rows, kept, refuseDeadLetters } = createIntakeBench();
    refuseDeadLetters(1);
    const record = sqsRecord('prose', { messageId: 'm-1' });
    expect(await take(record)).toEqual(['m-1']);
    expect(await take(record)).toEqual([]);
    expect(await rows()).toHaveLength(1);
    expect(kept).toHaveLength(1);
  });

  it('refuses a key that another message has', async () => {
    const { take, rows, kept } = createIntakeBench();
    const keyed = { ...goodMessage, idempotencyKey: 'k' };
    await take(sqsRecord(keyed), sqsRecord({ ...keyed, priority: 'urgent' }));
    expect((await rows()).map(({ status }) => status).sort()).toEqual(['queued', 'rejected']);
    expect(kept).toMatchObject([{ error: { code: 'job.idempotency-conflict' } }]);
  });

  it('takes an empty batch', async () => {
    expect(await createIntakeBench().take()).toEqual([]);
  });
});
