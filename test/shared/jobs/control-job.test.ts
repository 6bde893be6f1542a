import { describe, expect, it } from 'vitest';
import { cancelJob, requireJob, retryJob } from '../../../shared/jobs/control-job.ts';
import type { Job } from '../../../shared/jobs/job.ts';
import { JOB_LIFE_MAX_MS } from '../../../shared/jobs/job-request.ts';
import {
  isFinished,
  isRetryable,
  type JobStatus,
  jobStatuses,
} from '../../../shared/jobs/states.ts';
import { days, minutes } from '../../../shared/kernel/duration.ts';
import { sampleJob } from '../../support/sample-job.ts';
import { createEngine } from './engine.ts';

async function engineWith(changes: Partial<Job>) {
  const engine = createEngine();
  const job = sampleJob({ deadlineMs: engine.clock.nowMs() + days(2), ...changes });
  await engine.store.create(job);
  return { engine, id: job.id };
}

const statuses = (accept: (status: JobStatus) => boolean): JobStatus[] =>
  jobStatuses.filter(accept);

describe('cancelJob', () => {
  it.each(statuses((status) => !isFinished(status) && status !== 'running'))(
    'ends a job that is %s, and tells',
    async (status) => {
      const { engine, id } = await engineWith({ status, attentionAtMs: 1 });
      const job = await cancelJob(engine.deps, id);
      expect(job).toEqual(await engine.find(id));
      expect(job).toMatchObject({ status: 'cancelled', finishedBy: 'caller' });
      expect(job).not.toHaveProperty('attentionAtMs');
      expect(engine.announcer.announced.map((it) => it.status)).toEqual(['cancelled']);
    },
  );

  it('asks the worker of a running job to stop', async () => {
    const lease = { owner: 'w', untilMs: Number.MAX_SAFE_INTEGER };
    const { engine, id } = await engineWith({ status: 'running', lease });
    const job = await cancelJob(engine.deps, id);
    expect(job).toMatchObject({ status: 'running', cancelRequested: true, lease });
    expect(job.timeline.at(-1)?.event).toBe('cancel-requested');
    expect(engine.announcer.announced).toEqual([]);
  });

  it.each(statuses(isFinished))('refuses a job that is %s', async (status) => {
    const { engine, id } = await engineWith({ status });
    const before = await engine.find(id);
    await expect(cancelJob(engine.deps, id)).rejects.toMatchObject({
      code: 'job.state-conflict',
      message: expect.stringContaining(status),
    });
    expect(await engine.find(id)).toEqual(before);
  });

  it('says uncertain of a waiting job whose write is in doubt', async () => {
    const inFlight = { key: 'k', operation: 'create', repeat: 'reconcile', sentAtMs: 1 } as const;
    const { engine, id } = await engineWith({ status: 'waiting', inFlight });
    expect(await cancelJob(engine.deps, id)).toMatchObject({
      status: 'uncertain',
      inFlight,
      error: { code: 'provider.no-answer' },
    });
  });

  it('holds where it cannot be announced now: the reconciler tells later', async () => {
    const { engine, id } = await engineWith({ status: 'queued' });
    engine.announcer.refuse(1);
    const job = await cancelJob(engine.deps, id);
    expect(job).toMatchObject({
      status: 'cancelled',
      attentionAtMs: engine.clock.nowMs() + minutes(1),
    });
  });

  it('leaves nothing to do for the message that is still on the queue', async () => {
    const engine = createEngine();
    const { id } = await engine.submit();
    await cancelJob(engine.deps, id);
    expect((await engine.deliver(id)).kind).toBe('done');
    expect(engine.announcer.announced).toHaveLength(1);
  });
});

describe('retryJob', () => {
  it.each(statuses(isRetryable))('starts a job again that is %s', async (status) => {
    const { engine, id } = await engineWith({ status, failures: 4, attempts: 9, run: 2 });
    const job = await retryJob(engine.deps, id);
    expect(job).toMatchObject({ status: 'queued', run: 3, failures: 0, attempts: 9 });
    expect(engine.queue.sent).toMatchObject([{ jobId: id, run: 3 }]);
    expect(job.timeline.map(({ event }) => event)).toEqual(['received', 'retried', 'queued']);
  });

  it.each(statuses((status) => !isRetryable(status)))(
    'refuses a job that is %s',
    async (status) => {
      const { engine, id } = await engineWith({ status });
      await expect(retryJob(engine.deps, id)).rejects.toMatchObject({ code: 'job.state-conflict' });
      expect(engine.queue.sent).toEqual([]);
    },
  );

  it('goes on from the checkpoint and forgets how the last run ended', async () => {
    const { engine, id } = await engineWith({
      status: 'uncertain',
      checkpointJson: '{"chunk":3}',
      error: { code: 'provider.no-answer', message: 'no answer' },
      summary: 'half',
      result: { kind: 'inline', json: '1' },
      inFlight: { key: 'k', operation: 'run', repeat: 'once', sentAtMs: 1 },
      cancelRequested: true,
      finishedAtMs: 5,
      finishedBy: 'worker',
    });
    const job = await retryJob(engine.deps, id);
    expect(job.checkpointJson).toBe('{"chunk":3}');
    const gone = ['error', 'summary', 'result', 'inFlight', 'cancelRequested', 'finishedAtMs'];
    expect([...gone, 'finishedBy'].filter((field) => field in job)).toEqual([]);
  });

  it('keeps a deadline that is ahead and sets a new one where it has passed', async () => {
    const ahead = await engineWith({ status: 'failed' });
    const nowMs = ahead.engine.clock.nowMs();
    expect((await retryJob(ahead.engine.deps, ahead.id)).deadlineMs).toBe(nowMs + days(2));
    const passed = await engineWith({ status: 'expired', deadlineMs: nowMs - 1 });
    expect((await retryJob(passed.engine.deps, passed.id)).deadlineMs).toBe(
      nowMs + JOB_LIFE_MAX_MS,
    );
  });

  it('keeps the row beyond its new deadline, however late the retry', async () => {
    const { engine, id } = await engineWith({ status: 'failed' });
    engine.clock.leapTo(engine.clock.nowMs() + days(91));
    const job = await retryJob(engine.deps, id);
    expect(job.expiresAtS * 1_000).toBeGreaterThan(job.deadlineMs);
  });

  it('schedules again what was cancelled before its time', async () => {
    const { engine, id } = await engineWith({ status: 'cancelled' });
    const notBeforeMs = engine.clock.nowMs() + days(1);
    await engine.alter(id, { notBeforeMs });
    const job = await retryJob(engine.deps, id);
    expect(job).toMatchObject({ status: 'scheduled', attentionAtMs: notBeforeMs, run: 2 });
    expect(engine.queue.sent).toEqual([]);
  });

  it('makes the message of the run before worthless', async () => {
    const engine = createEngine({ execute: () => Promise.reject(new Error('no')) });
    const { id } = await engine.submit();
    await engine.finish(id);
    const [first] = engine.queue.sent;
    await retryJob(engine.deps, id);
    expect(engine.queue.sent.map(({ run }) => run)).toEqual([first?.run, 2]);
  });

  it('leaves a job that the queue did not take to the reconciler', async () => {
    const { engine, id } = await engineWith({ status: 'failed' });
    engine.queue.refuse(1);
    expect(await retryJob(engine.deps, id)).toMatchObject({
      status: 'received',
      attentionAtMs: engine.clock.nowMs() + minutes(1),
    });
  });
});

describe('a job that is not there', () => {
  it.each([
    ['cancelled', cancelJob],
    ['retried', retryJob],
  ])('cannot be %s', async (_what, control) => {
    const { deps } = createEngine();
    await expect(control(deps, 'job_none')).rejects.toMatchObject({ code: 'job.not-found' });
  });

  it('is not found', async () => {
    const { store } = createEngine();
    await expect(requireJob(store, 'job_none')).rejects.toThrow('there is no job of that id');
  });
});
