import type { SQSRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { createWorker } from '../../../functions/worker/worker.ts';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { createEngine, type EngineOptions } from '../../shared/jobs/engine.ts';
import { answers } from '../../shared/jobs/scripted-vendor.ts';
import {
  callOf,
  catalogOf,
  done,
  type Execute,
  StepParams,
  stepType,
} from '../../shared/jobs/step-type.ts';
import { createMemoryLog } from '../../shared/lambda/log-lines.ts';
import { sqsEvent, sqsRecord } from '../intake/sqs-records.ts';

const down = new SluiceError('store.unavailable', 'the table does not answer');
const readOnce: Execute = async ({ call }) => {
  await call(callOf('read'));
  return done();
};

function createWorkerBench(options: EngineOptions = {}) {
  const engine = createEngine(options);
  const deferred: (readonly [receipt: string, seconds: number])[] = [];
  const log = createMemoryLog();
  let failure: Error | undefined;
  const deferrals = {
    async defer(receiptHandle: string, seconds: number) {
      if (failure) throw failure;
      deferred.push([receiptHandle, seconds]);
    },
  };
  const worker = createWorker({ ...engine.deps, deferrals, log });
  return {
    engine,
    log,
    deferred,
    failDeferrals: (error: Error) => {
      failure = error;
    },
    async work(...records: readonly SQSRecord[]): Promise<readonly string[]> {
      const { batchItemFailures } = await worker(sqsEvent(...records), () => 30_000);
      return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    },
    /** A queued job's message, named by its tenant. */
    async message(tenant = 'default', changes: object = {}): Promise<SQSRecord> {
      const { id, run, group } = await engine.submit({ tenant, ...changes });
      return sqsRecord({ jobId: id, run }, { messageId: `of ${tenant}`, group });
    },
    statusOf: async (record: SQSRecord) =>
      (await engine.find(JSON.parse(record.body).jobId)).status,
  };
}

describe('the worker function', () => {
  it('runs the job of a message and gives the message up', async () => {
    const bench = createWorkerBench();
    const record = await bench.message();
    expect(await bench.work(record)).toEqual([]);
    expect(await bench.statusOf(record)).toBe('succeeded');
    expect(bench.deferred).toEqual([]);
    expect(bench.log.lines).toMatchObject([{ message: 'job done', status: 'succeeded', run: 1 }]);
  });

  it('takes a message to which a newer version adds something', async () => {
    const bench = createWorkerBench();
    const { body, ...record } = await bench.message();
    const newer = { ...record, body: JSON.stringify({ ...JSON.parse(body), traceId: 't-1' }) };
    expect(await bench.work(newer)).toEqual([]);
    expect(await bench.statusOf(newer)).toBe('succeeded');
  });

  it('hides a message that waits until its appointment, in whole seconds', async () => {
    const bench = createWorkerBench({ execute: readOnce });
    const record = await bench.message();
    bench.engine.limiter.answerWith({ reason: 'permit', waitMs: 12_900 });
    expect(await bench.work(record)).toEqual([record.messageId]);
    expect(bench.deferred).toEqual([[record.receiptHandle, 12]]);
    expect(bench.log.lines).toMatchObject([{ level: 'info', message: 'job waits' }]);
  });

  it('hides a message that waits for no permit until its wait is over, and never spins', async () => {
    const bench = createWorkerBench({ execute: readOnce, turns: [answers(503)] });
    const record = await bench.message();
    const { id } = await bench.engine.find(JSON.parse(record.body).jobId);
    await bench.engine.alter(id, { notBeforeMs: bench.engine.clock.nowMs() + 400 });
    expect(await bench.work(record)).toEqual([record.messageId]);
    expect(bench.deferred).toEqual([[record.receiptHandle, 1]]);
  });

  it('hides a message whose deadline comes before its permit until the deadline is over', async () => {
    const bench = createWorkerBench({ execute: readOnce });
    const record = await bench.message();
    const { id } = await bench.engine.find(JSON.parse(record.body).jobId);
    await bench.engine.alter(id, { deadlineMs: bench.engine.clock.nowMs() + 3_400 });
    bench.engine.limiter.answerWith({ reason: 'permit', waitMs: 12_900 });
    expect(await bench.work(record)).toEqual([record.messageId]);
    expect(bench.deferred).toEqual([[record.receiptHandle, 4]]);
  });

  it('has its message come back soon should it die in a call, once in a delivery', async () => {
    const hiddenBefore: number[] = [];
    const bench = createWorkerBench({
      async execute({ call }) {
        for (const key of ['first', 'second']) {
          await call(callOf('read', key));
          hiddenBefore.push(bench.deferred.length);
        }
        return done();
      },
      turns: [answers(200), answers(200)],
    });
    const record = await bench.message();
    expect(await bench.work(record)).toEqual([]);
    expect(hiddenBefore).toEqual([1, 1]);
    expect(bench.deferred).toEqual([[record.receiptHandle, 35]]);
  });

  it('never defers by less than nothing', async () => {
    const bench = createWorkerBench({ execute: readOnce });
    const record = await bench.message();
    bench.engine.limiter.answerWith({ sendInMs: 700, lapsesInMs: 600 });
    expect(await bench.work(record)).toEqual([record.messageId]);
    expect(bench.deferred).toEqual([
      [record.receiptHandle, 35],
      [record.receiptHandle, 0],
    ]);
  });

  it('works on several groups at once, each in its order', async () => {
    const order: string[] = [];
    const catalog = catalogOf({
      ...stepType(),
      async execute({ call }, params) {
        const { note } = StepParams.parse(params);
        order.push(`${note} begins`);
        await call(callOf('read'));
        order.push(`${note} ends`);
        return done();
      },
    });
    const turns = Array.from({ length: 3 }, () => answers(200));
    const bench = createWorkerBench({ catalog, turns });
    const noted = (note: string, tenant: string) => bench.message(tenant, { params: { note } });
    const records = [await noted('a1', 'a'), await noted('b1', 'b'), await noted('a2', 'a')];
    expect(await bench.work(...records)).toEqual([]);
    expect(order.slice(0, 2)).toEqual(['a1 begins', 'b1 begins']);
    expect(order.indexOf('a2 begins')).toBeGreaterThan(order.indexOf('a1 ends'));
    expect(order).toHaveLength(6);
  });

  it('S15 leaves behind a message that waits the rest of its group, and no other group', async () => {
    const bench = createWorkerBench({ execute: readOnce, turns: [answers(200)] });
    const [first, second, other] = [
      await bench.message('a'),
      await bench.message('a'),
      await bench.message('b'),
    ];
    const behind = { ...second, messageId: 'behind' };
    bench.engine.limiter.answerWith({ reason: 'permit', waitMs: 60_500 });
    expect(await bench.work(first, behind, other)).toEqual(['of a', 'behind']);
    expect(await bench.statusOf(behind)).toBe('queued');
    expect(await bench.statusOf(other)).toBe('succeeded');
    expect(bench.deferred).toEqual([
      [other.receiptHandle, 35],
      [first.receiptHandle, 60],
    ]);
  });

  it.each(['prose', '{}', '{"jobId":7,"run":1}', '{"jobId":"job_1"}', 'null', '[]'])(
    'keeps the message %j, which is none of ours, and works on the others',
    async (body) => {
      const bench = createWorkerBench();
      const good = await bench.message();
      const poison = sqsRecord(body, { messageId: 'poison', group: 'elsewhere' });
      expect(await bench.work(poison, good)).toEqual(['poison']);
      expect(await bench.statusOf(good)).toBe('succeeded');
      expect(bench.deferred).toEqual([[poison.receiptHandle, 8]]);
      expect(bench.log.lines.filter(({ level }) => level === 'error')).toMatchObject([
        { messageId: 'poison', code: 'internal.unexpected' },
      ]);
    },
  );

  it('gives a message back where the store fails, and logs it once', async () => {
    const bench = createWorkerBench();
    const record = await bench.message();
    bench.engine.store.beforeWrite(() => {
      throw down;
    });
    expect(await bench.work(record)).toEqual([record.messageId]);
    expect(bench.deferred).toEqual([[record.receiptHandle, 8]]);
    expect(bench.log.lines).toMatchObject([{ level: 'error', code: 'store.unavailable' }]);
  });

  it('gives a message back whose outcome could not be announced', async () => {
    const bench = createWorkerBench();
    const record = await bench.message();
    bench.engine.announcer.refuse(1);
    expect(await bench.work(record)).toEqual([record.messageId]);
    expect(bench.log.lines).toMatchObject([{ level: 'error', code: 'store.unavailable' }]);
    expect(await bench.work(record)).toEqual([]);
    expect(bench.engine.announcer.announced).toHaveLength(1);
  });

  it('does not throw where SQS does not take a deferral', async () => {
    const bench = createWorkerBench({ execute: readOnce });
    const record = await bench.message();
    bench.engine.limiter.answerWith({ reason: 'permit', waitMs: 60_000 });
    bench.failDeferrals(new Error('ReceiptHandleIsInvalid'));
    expect(await bench.work(record)).toEqual([record.messageId]);
    expect(bench.log.lines.at(-1)).toMatchObject({
      level: 'warn',
      message: 'a message could not be deferred',
    });
  });

  it('gives up a message whose job is gone', async () => {
    const bench = createWorkerBench();
    const record = sqsRecord({ jobId: 'job_gone', run: 1 }, { group: 'a' });
    expect(await bench.work(record)).toEqual([]);
  });
});
