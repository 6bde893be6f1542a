import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import { reconcileJobs } from '../../../shared/jobs/reconcile-jobs.ts';
import { hours, minutes } from '../../../shared/kernel/duration.ts';
import { createEngine } from './engine.ts';
import { done } from './step-type.ts';

/** A job that comes back in ten minutes, each time until it did so `times` times. */
const patient = (times: number) =>
  createEngine({
    async execute({ checkpoint = 0, checkpointAt, comeBackAt, nowMs }) {
      const looked = Number(checkpoint);
      if (looked === times) return done({ data: looked });
      checkpointAt(looked + 1);
      return comeBackAt(nowMs() + minutes(10));
    },
  });

describe('a job that follows up', () => {
  it('leaves the queue, and is sent again by the reconciler when it is time', async () => {
    const engine = patient(2);
    const { id } = await engine.submit();
    expect(await engine.deliver(id)).toMatchObject({ kind: 'done' });
    const untilMs = engine.clock.nowMs() + minutes(10);
    const waiting = { for: 'follow-up', untilMs };
    expect(await engine.find(id)).toMatchObject({ status: 'waiting', waiting, failures: 0 });
    expect(await reconcileJobs(engine.deps)).toMatchObject({ sent: 0 });
    engine.clock.leapTo(untilMs);
    expect(await reconcileJobs(engine.deps)).toMatchObject({ sent: 1 });
    expect(await reconcileJobs(engine.deps)).toMatchObject({ sent: 0 });
    expect(engine.queue.sent.map(({ jobId }) => jobId)).toEqual([id, id]);
    await engine.deliver(id);
    expect(await engine.find(id)).toMatchObject({ status: 'waiting', checkpointJson: '2' });
    engine.clock.leapTo(engine.clock.nowMs() + minutes(10));
    await reconcileJobs(engine.deps);
    await engine.deliver(id);
    expect(await engine.find(id)).toMatchObject({ status: 'succeeded' });
  });

  it('does nothing when its message comes early', async () => {
    const engine = patient(1);
    const { id } = await engine.submit();
    await engine.deliver(id);
    const job = await engine.find(id);
    expect(await engine.deliver(id)).toEqual({ kind: 'done', job });
    // Nor for a worker whose clock is ahead: nobody has sent for the job.
    engine.clock.leapTo(engine.clock.nowMs() + minutes(20));
    expect(await engine.deliver(id)).toEqual({ kind: 'done', job });
    expect(await engine.find(id)).toEqual(job);
  });

  it('goes on once it was sent for, also where the clock of the worker is still behind', async () => {
    const engine = patient(1);
    const { id } = await engine.submit();
    await engine.deliver(id);
    const ahead = { ...engine.clock, nowMs: () => engine.clock.nowMs() + minutes(10) };
    expect(await reconcileJobs({ ...engine.deps, clock: ahead })).toMatchObject({ sent: 1 });
    await engine.deliver(id);
    expect(await engine.find(id)).toMatchObject({ status: 'succeeded' });
  });

  it('is sent for again where the message could not be sent', async () => {
    const engine = patient(1);
    const { id } = await engine.submit();
    await engine.deliver(id);
    engine.clock.leapTo(engine.clock.nowMs() + minutes(10));
    const silent = {
      send: async () => {
        throw new SluiceError('store.unavailable', 'the queue does not answer');
      },
    };
    const failed = await reconcileJobs({ ...engine.deps, queue: silent });
    expect(failed.failures.map(({ jobId }) => jobId)).toEqual([id]);
    engine.clock.leapTo(engine.clock.nowMs() + minutes(1));
    expect(await reconcileJobs(engine.deps)).toMatchObject({ sent: 1 });
    expect(await reconcileJobs(engine.deps)).toMatchObject({ sent: 0 });
    await engine.deliver(id);
    expect(await engine.find(id)).toMatchObject({ status: 'succeeded' });
  });

  it('expires at its deadline, however late it meant to come back', async () => {
    const engine = createEngine({
      execute: async ({ comeBackAt, nowMs }) => comeBackAt(nowMs() + hours(900)),
    });
    const { id, deadlineMs } = await engine.submit();
    await engine.deliver(id);
    expect(await engine.find(id)).toMatchObject({ waiting: { untilMs: deadlineMs } });
    engine.clock.leapTo(deadlineMs);
    expect(await reconcileJobs(engine.deps)).toMatchObject({ expired: 1 });
    expect(await engine.find(id)).toMatchObject({ status: 'expired' });
  });
});
