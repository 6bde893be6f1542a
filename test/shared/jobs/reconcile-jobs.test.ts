import { describe, expect, it } from 'vitest';
import type { Job } from '../../../shared/jobs/job.ts';
import { reconcileJobs, requeueOpenJobs } from '../../../shared/jobs/reconcile-jobs.ts';
import { jobStatuses } from '../../../shared/jobs/states.ts';
import { hours, minutes, seconds } from '../../../shared/kernel/duration.ts';
import { sampleJob } from '../../support/sample-job.ts';
import { createEngine, type Engine } from './engine.ts';
import { callOf, done } from './step-type.ts';

const nothing = { sent: 0, expired: 0, announced: 0, failures: [] };

/** A row due for attention now, its deadline an hour ahead. */
async function due(engine: Engine, changes: Partial<Job> = {}): Promise<string> {
  const nowMs = engine.clock.nowMs();
  const deadlineMs = nowMs + hours(1);
  const job = sampleJob({ status: 'received', deadlineMs, attentionAtMs: nowMs, ...changes });
  await engine.store.create(job);
  return job.id;
}

describe('reconcileJobs', () => {
  it('does nothing where nothing is due', async () => {
    const engine = createEngine();
    await due(engine, { attentionAtMs: engine.clock.nowMs() + 1 });
    expect(await reconcileJobs(engine.deps)).toEqual(nothing);
    expect(engine.queue.sent).toEqual([]);
  });

  it.each(['received', 'scheduled'] as const)('sends what is %s and due', async (status) => {
    const engine = createEngine();
    const id = await due(engine, { status });
    expect(await reconcileJobs(engine.deps)).toEqual({ ...nothing, sent: 1 });
    const job = await engine.find(id);
    expect(job).toMatchObject({ status: 'queued', attentionAtMs: job.deadlineMs });
    expect(await reconcileJobs(engine.deps)).toEqual(nothing);
  });

  it.each(['received', 'scheduled', 'queued', 'waiting', 'running'] as const)(
    'expires what is %s past its deadline, and tells',
    async (status) => {
      const engine = createEngine();
      const id = await due(engine, { status, deadlineMs: engine.clock.nowMs() });
      expect(await reconcileJobs(engine.deps)).toEqual({ ...nothing, expired: 1 });
      const job = await engine.find(id);
      expect(job).toMatchObject({ status: 'expired', finishedBy: 'caller' });
      expect(job.error?.code).toBe('job.deadline-passed');
      expect(job).not.toHaveProperty('attentionAtMs');
      expect(engine.announcer.announced.map((it) => it.status)).toEqual(['expired']);
    },
  );

  it.each([
    ['once', 'uncertain'],
    ['reconcile', 'uncertain'],
    ['idempotent', 'expired'],
  ] as const)(
    'ends a job past its deadline with a %s write in flight as %s',
    async (repeat, status) => {
      const engine = createEngine();
      const inFlight = { key: 'k', operation: 'op', repeat, sentAtMs: 1 };
      const deadlineMs = engine.clock.nowMs();
      const id = await due(engine, { status: 'running', deadlineMs, inFlight });
      await reconcileJobs(engine.deps);
      expect((await engine.find(id)).status).toBe(status);
    },
  );

  it('leaves a job past its deadline to its worker for as long as the lease lasts', async () => {
    const engine = createEngine();
    const nowMs = engine.clock.nowMs();
    const lease = { owner: 'w', untilMs: nowMs + seconds(20) };
    const id = await due(engine, { status: 'running', deadlineMs: nowMs, lease });
    expect(await reconcileJobs(engine.deps)).toEqual(nothing);
    expect((await engine.find(id)).status).toBe('running');
    engine.clock.leapTo(nowMs + minutes(1));
    expect(await reconcileJobs(engine.deps)).toEqual({ ...nothing, expired: 1 });
  });

  it('announces what was ended and not announced, once', async () => {
    const engine = createEngine();
    const id = await due(engine, { status: 'cancelled', finishedBy: 'caller' });
    expect(await reconcileJobs(engine.deps)).toEqual({ ...nothing, announced: 1 });
    expect(await reconcileJobs(engine.deps)).toEqual(nothing);
    expect(engine.announcer.announced.map((job) => job.id)).toEqual([id]);
  });

  it('leaves for the next minute what fails, and does the rest', async () => {
    const engine = createEngine();
    for (const id of ['job_a', 'job_b', 'job_c']) await due(engine, { id });
    engine.queue.refuse(1);
    const first = await reconcileJobs(engine.deps);
    expect(first).toMatchObject({ sent: 2, failures: [{ error: { code: 'store.unavailable' } }] });
    expect(await reconcileJobs(engine.deps)).toEqual({ ...nothing, sent: 1 });
  });

  it('does not send again what a worker holds whose message was quicker than its row', async () => {
    const engine = createEngine({
      async execute({ call }) {
        await call(callOf('read'));
        return done();
      },
    });
    engine.limiter.answerWith({ reason: 'blocked', waitMs: hours(2) });
    const { id } = await engine.submit();
    await engine.alter(id, { status: 'received', attentionAtMs: engine.clock.nowMs() });
    await engine.deliver(id);
    expect(await engine.find(id)).toMatchObject({ status: 'waiting' });
    engine.clock.leapTo(engine.clock.nowMs() + minutes(5));
    expect(await reconcileJobs(engine.deps)).toEqual(nothing);
  });

  it('tells a worker that still has the message of an expired job that it is done', async () => {
    const engine = createEngine();
    const { id } = await engine.submit();
    engine.clock.leapTo((await engine.find(id)).deadlineMs);
    await reconcileJobs(engine.deps);
    expect((await engine.deliver(id)).kind).toBe('done');
    expect(engine.announcer.announced).toHaveLength(1);
  });
});

describe('requeueOpenJobs', () => {
  it('sends every open job again, oldest first, and nothing else', async () => {
    const engine = createEngine();
    for (const [index, status] of jobStatuses.entries()) {
      const createdAtMs = engine.clock.nowMs() - index;
      await engine.store.create(sampleJob({ id: `job_${status}`, status, createdAtMs }));
    }
    expect(await requeueOpenJobs(engine.deps)).toBe(4);
    expect(engine.queue.sent.map(({ jobId }) => jobId)).toEqual([
      'job_running',
      'job_waiting',
      'job_queued',
      'job_received',
    ]);
  });

  it('walks through all pages', async () => {
    const engine = createEngine();
    const ids = Array.from({ length: 450 }, (_, n) => `job_${String(n).padStart(4, '0')}`);
    await Promise.all(ids.map((id) => engine.store.create(sampleJob({ id, status: 'waiting' }))));
    expect(await requeueOpenJobs(engine.deps)).toBe(450);
    expect(new Set(engine.queue.sent.map(({ jobId }) => jobId)).size).toBe(450);
  });
});
