import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { reconcileJobs } from '../../../shared/jobs/reconcile-jobs.ts';
import { runJob } from '../../../shared/jobs/run-job.ts';
import { submitJob } from '../../../shared/jobs/submit-job.ts';
import { isoInstant } from '../../../shared/kernel/clock.ts';
import { hours, minutes } from '../../../shared/kernel/duration.ts';
import { parseJson } from '../../../shared/kernel/json.ts';
import { trustingWatch } from '../../../shared/limiter/clock-watch.ts';
import { createEngine } from './engine.ts';
import { STEP_TYPE } from './step-type.ts';

const message = { type: STEP_TYPE, account: 'acme', params: { devices: [1, 2] } };
const keyed = { ...message, idempotencyKey: 'order-7' };
const http = { way: 'http' } as const;
const wrongClock = { ...trustingWatch, certainErrorMs: 600_000, isTrusted: false };
const down = new SluiceError('store.unavailable', 'the table does not answer');

describe('submitJob', () => {
  it('records the job, puts it on its lane and says so', async () => {
    const { deps, queue, find } = createEngine();
    const { job, duplicate } = await submitJob(deps, message, { way: 'event', detail: 'e-1' });
    expect(duplicate).toBe(false);
    expect(job).toEqual(await find(job.id));
    expect(job).toMatchObject({ status: 'queued', provider: 'automox', run: 1, attempts: 0 });
    expect(job.timeline.map(({ event }) => event)).toEqual(['received', 'queued']);
    expect(job.timeline[0]).toMatchObject({ way: 'event', detail: 'e-1' });
    expect(job.attentionAtMs).toBe(job.deadlineMs);
    expect(queue.sent).toEqual([
      { jobId: job.id, run: 1, provider: 'automox', group: 'acme/narrow/default/normal/0' },
    ]);
  });

  it('keeps the parameters exactly, large integers included', async () => {
    const { deps } = createEngine();
    const params = parseJson('{"devices":[9007199254740991],"note":"grüße ☃"}');
    const { job } = await submitJob(deps, { ...message, params }, http);
    expect(parseJson(job.paramsJson)).toEqual(params);
  });

  it('makes a job of its own of each message without a key', async () => {
    const { deps } = createEngine();
    const first = await submitJob(deps, message, http);
    const second = await submitJob(deps, message, http);
    expect(second.duplicate).toBe(false);
    expect(second.job.id).not.toBe(first.job.id);
  });

  it('leaves a wrong message without a row and without a queue message', async () => {
    const { deps, store, queue } = createEngine();
    await expect(submitJob(deps, { ...message, extra: 1 }, http)).rejects.toThrow('extra');
    expect((await store.list({ limit: 10 })).jobs).toEqual([]);
    expect(queue.sent).toEqual([]);
  });

  it('keeps a job with notBefore back until it is due', async () => {
    const { deps, queue, clock } = createEngine();
    const notBeforeMs = clock.nowMs() + hours(3);
    const scheduled = { ...message, notBefore: isoInstant(notBeforeMs) };
    const { job } = await submitJob(deps, scheduled, http);
    expect(job).toMatchObject({ status: 'scheduled', notBeforeMs, attentionAtMs: notBeforeMs });
    expect(queue.sent).toEqual([]);
  });
});

describe('S4 submitJob with an idempotency key', () => {
  it('answers the first job to the same message, whatever way it comes in', async () => {
    const { deps, queue } = createEngine();
    const first = await submitJob(deps, keyed, http);
    const second = await submitJob(deps, keyed, { way: 'queue', detail: 'm-1' });
    expect(second).toEqual({ job: first.job, duplicate: true });
    expect(queue.sent).toHaveLength(1);
  });

  it.each([
    ['another order of keys', { params: { devices: [1, 2], note: 'n' }, idempotencyKey: 'k' }],
    ['a default spelt out', { params: { note: 'n', devices: [1, 2] }, priority: 'normal' }],
    ['a number in another notation', parseJson('{"params":{"note":"n","devices":[1e0,2]}}')],
  ])('takes %s for the same message', async (_what, changes) => {
    const { deps } = createEngine();
    const params = { note: 'n', devices: [1, 2] };
    const first = await submitJob(deps, { ...keyed, params, idempotencyKey: 'k' }, http);
    const same = { ...message, ...(changes as object), idempotencyKey: 'k' };
    expect((await submitJob(deps, same, http)).job.id).toBe(first.job.id);
  });

  it.each([
    ['parameters', { params: { devices: [2, 1] } }],
    ['priority', { priority: 'urgent' }],
    ['tenant', { tenant: 'other' }],
    ['mode', { mode: 'observe' }],
    ['deadline', { deadline: '2026-03-02T00:00:00Z' }],
    ['task token', { taskToken: 't' }],
  ])('refuses the key with another %s, naming the first job', async (_what, changes) => {
    const { deps, queue } = createEngine();
    const { job } = await submitJob(deps, keyed, http);
    await expect(submitJob(deps, { ...keyed, ...changes }, http)).rejects.toMatchObject({
      code: 'job.idempotency-conflict',
      message: expect.stringContaining(job.id),
      fields: [{ field: 'idempotencyKey' }],
    });
    expect(queue.sent).toHaveLength(1);
  });

  it('keeps the keys of two accounts apart', async () => {
    const { deps } = createEngine();
    const accounts = { ...deps.accounts, globex: deps.accounts.acme };
    const first = await submitJob({ ...deps, accounts }, keyed, http);
    const other = await submitJob({ ...deps, accounts }, { ...keyed, account: 'globex' }, http);
    expect(other.duplicate).toBe(false);
    expect(other.job.id).not.toBe(first.job.id);
  });

  it('makes one job of a hundred at once', async () => {
    const { deps, store } = createEngine();
    const submitted = await Promise.all(
      Array.from({ length: 100 }, () => submitJob(deps, keyed, http)),
    );
    expect(new Set(submitted.map(({ job }) => job.id)).size).toBe(1);
    expect(submitted.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect((await store.list({ limit: 10 })).jobs).toHaveLength(1);
  });

  it('compares the given hash instead where the message was made from another one', async () => {
    const { deps } = createEngine();
    await submitJob(deps, keyed, http, 'hash-of-the-bytes');
    await expect(submitJob(deps, keyed, http, 'another')).rejects.toThrow('another body');
    const { duplicate } = await submitJob(deps, keyed, http, 'hash-of-the-bytes');
    expect(duplicate).toBe(true);
  });
});

describe('submitJob where something fails', () => {
  it('accepts a job that the queue did not take; the reconciler sends it', async () => {
    const engine = createEngine();
    engine.queue.refuse(1);
    const { job } = await submitJob(engine.deps, message, http);
    expect(job.status).toBe('received');
    expect(engine.queue.sent).toEqual([]);
    engine.clock.leapTo(engine.clock.nowMs() + minutes(1));
    expect(await reconcileJobs(engine.deps)).toMatchObject({ sent: 1, failures: [] });
    expect(engine.queue.sent.map(({ jobId }) => jobId)).toEqual([job.id]);
    expect((await engine.find(job.id)).status).toBe('queued');
  });

  it('sends a received job at once where its message comes a second time', async () => {
    const { deps, queue } = createEngine();
    queue.refuse(1);
    await submitJob(deps, keyed, http);
    const { job, duplicate } = await submitJob(deps, keyed, http);
    expect([job.status, duplicate]).toEqual(['queued', true]);
    expect(queue.sent).toHaveLength(1);
  });

  it('sends a job again whose former submitter died before the row was written', async () => {
    const { deps, store, queue } = createEngine();
    store.beforeWrite(() => {
      throw down;
    });
    await expect(submitJob(deps, keyed, http)).rejects.toThrow(down);
    store.beforeWrite(undefined);
    const { job, duplicate } = await submitJob(deps, keyed, http);
    expect([job.status, duplicate]).toEqual(['queued', false]);
    expect(queue.sent.map(({ jobId }) => jobId)).toEqual([job.id, job.id]);
  });

  it('accepts nothing where the row cannot be written; its message is given up', async () => {
    const { deps, store, queue, clock } = createEngine();
    store.beforeWrite(() => {
      throw down;
    });
    await expect(submitJob(deps, message, http)).rejects.toThrow(down);
    const [sent] = queue.sent;
    const orphan = { jobId: sent?.jobId ?? '', run: 1, sentAtMs: clock.nowMs() - 60_000 };
    expect(await runJob(deps, orphan, () => 30_000)).toEqual({ kind: 'done' });
    expect((await store.list({ limit: 10 })).jobs).toEqual([]);
  });

  it('keeps a message without a row on a host whose clock is wrong', async () => {
    const { deps, clock } = createEngine();
    const orphan = { jobId: 'job_1', run: 1, sentAtMs: clock.nowMs() - 60_000 };
    expect(await runJob({ ...deps, watch: wrongClock }, orphan, () => 30_000)).toEqual({
      kind: 'later',
      untilMs: clock.nowMs() + 2_000,
    });
  });

  it('leaves the sending to the reconciler on a host whose clock is wrong', async () => {
    const { deps, queue, clock, find } = createEngine();
    const { job } = await submitJob({ ...deps, watch: wrongClock }, keyed, http);
    expect([job.status, queue.sent.length]).toEqual(['received', 0]);
    clock.leapTo(clock.nowMs() + minutes(1));
    expect(await reconcileJobs(deps)).toMatchObject({ sent: 1 });
    expect((await find(job.id)).status).toBe('queued');
  });

  it('does not hide a defect behind an accepted job', async () => {
    const { deps } = createEngine();
    const queue = { send: () => Promise.reject(new TypeError('no lane')) };
    await expect(submitJob({ ...deps, queue }, message, http)).rejects.toThrow('no lane');
  });
});
