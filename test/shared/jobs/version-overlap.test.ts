import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../../shared/errors/sluice-error.ts';
import type { Job } from '../../../shared/jobs/job.ts';
import { minutes, seconds } from '../../../shared/kernel/duration.ts';
import { createEngine } from './engine.ts';
import { answers } from './scripted-vendor.ts';
import { callOf, done } from './step-type.ts';

const unknownAccount = new SluiceError('job.unknown-account', '"globex" is no automox account');

describe('a job that another version of the code wrote a moment ago', () => {
  it.each<[string, Partial<Job>]>([
    ['of a type that this one does not have', { type: 'automox.test.new' }],
    ['with parameters that this one does not take', { paramsJson: '{"devices":["all"]}' }],
    ['in a state that this one does not know', { status: 'resting' as Job['status'] }],
  ])('is left untouched to the other: %s', async (_what, changes) => {
    const engine = createEngine();
    const { id } = await engine.submit();
    const written = await engine.alter(id, changes);
    expect(await engine.deliver(id)).toEqual({
      kind: 'later',
      untilMs: engine.clock.nowMs() + seconds(30),
      job: written,
    });
    expect(await engine.find(id)).toEqual(written);
    expect(engine.vendor.sent).toEqual([]);
  });

  it('is left untouched where the config of this one has not its account', async () => {
    const engine = createEngine({ execute: () => Promise.reject(unknownAccount) });
    const submitted = await engine.submit();
    expect(await engine.deliver(submitted.id)).toMatchObject({ kind: 'later' });
    expect(await engine.find(submitted.id)).toEqual(submitted);
  });

  it('is taken by the other in its next delivery', async () => {
    let isNewer = false;
    const engine = createEngine({
      execute: () => (isNewer ? Promise.resolve(done()) : Promise.reject(unknownAccount)),
    });
    const { id } = await engine.submit();
    await engine.deliver(id);
    isNewer = true;
    expect(await engine.finish(id)).toMatchObject({ status: 'succeeded', failures: 0 });
  });

  it('is parked once every deployment would be over', async () => {
    const engine = createEngine();
    const { id } = await engine.submit();
    const { updatedAtMs } = await engine.alter(id, { type: 'automox.test.gone' });
    const job = await engine.finish(id);
    expect(job).toMatchObject({ status: 'failed', error: { code: 'job.stale-input' } });
    expect(Number(job.finishedAtMs) - updatedAtMs).toBeGreaterThanOrEqual(minutes(10));
    expect(Number(job.finishedAtMs) - updatedAtMs).toBeLessThanOrEqual(minutes(10.5));
  });

  it('is parked at once where this version has already begun it', async () => {
    const engine = createEngine({
      turns: [answers(200)],
      async execute(context) {
        await context.call(callOf('tag'));
        throw new SluiceError('job.stale-input', 'cannot go on');
      },
    });
    const { id } = await engine.submit();
    expect(await engine.deliver(id)).toMatchObject({ kind: 'done', job: { status: 'failed' } });
  });
});
