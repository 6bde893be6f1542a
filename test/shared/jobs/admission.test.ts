import { describe, expect, it } from 'vitest';
import { backlogMax, FIFO_LOOK_AHEAD } from '../../../shared/config/lane-capacity.ts';
import { COUNTED_EVERY_MS } from '../../../shared/jobs/backlog.ts';
import { submitJob } from '../../../shared/jobs/submit-job.ts';
import { hours, minutes, seconds } from '../../../shared/kernel/duration.ts';
import { listProviders } from '../../../shared/providers/registry.ts';
import { accountBudgets } from '../../../shared/providers/vendor-account.ts';
import { accountsOf } from '../../support/sample-accounts.ts';
import { createFullLane, NARROW_MAX } from './full-lane.ts';
import { narrow } from './scripted-vendor.ts';
import { goodMessage } from './wrong-messages.ts';

const http = { way: 'http' } as const;

describe('a lane with room', () => {
  it('takes the last job that can be served in time, and then none', async () => {
    const { engine } = createFullLane(NARROW_MAX - 1);
    expect((await submitJob(engine.deps, goodMessage, http)).job.status).toBe('queued');
    const next = submitJob(engine.deps, goodMessage, http);
    await expect(next).rejects.toMatchObject({ code: 'lane.full', waiting: NARROW_MAX });
  });

  it('takes what comes while the queue does not say how full it is', async () => {
    const { engine, counter } = createFullLane();
    counter.refuse(1);
    expect((await submitJob(engine.deps, goodMessage, http)).job.status).toBe('queued');
  });
});

describe('a full lane', () => {
  it('records nothing and sends nothing', async () => {
    const { engine } = createFullLane();
    await expect(submitJob(engine.deps, goodMessage, http)).rejects.toThrow(/later/);
    expect((await engine.store.list({ limit: 1 })).jobs).toEqual([]);
    expect(engine.queue.sent).toEqual([]);
  });

  it('still answers a job that it has already', async () => {
    const { engine, counter } = createFullLane(0);
    const keyed = { ...goodMessage, idempotencyKey: 'k' };
    const { job } = await submitJob(engine.deps, keyed, http);
    engine.clock.leapTo(engine.clock.nowMs() + COUNTED_EVERY_MS);
    counter.set(NARROW_MAX);
    const again = await submitJob(engine.deps, keyed, http);
    expect([again.job.id, again.duplicate]).toEqual([job.id, true]);
  });

  it('says when a job would come up, at the pace of its budget', async () => {
    const { engine } = createFullLane(NARROW_MAX);
    await expect(submitJob(engine.deps, goodMessage, http)).rejects.toMatchObject({
      etaMs: engine.clock.nowMs() + NARROW_MAX * seconds(12),
    });
  });

  it.each([
    ['at least 30 s, for the count is a few seconds old', 0, seconds(30)],
    ['until there is room', 49, minutes(10)],
    ['an hour at most', 10_000, hours(1)],
  ])('asks to come back after %s', async (_what, above, retryAfterMs) => {
    const { engine } = createFullLane(NARROW_MAX + above);
    const refused = submitJob(engine.deps, goodMessage, http);
    await expect(refused).rejects.toMatchObject({ retryAfterMs });
  });

  it('takes jobs again once it is no longer full', async () => {
    const { engine, counter } = createFullLane();
    await expect(submitJob(engine.deps, goodMessage, http)).rejects.toThrow();
    counter.set(NARROW_MAX - 10);
    engine.clock.leapTo(engine.clock.nowMs() + COUNTED_EVERY_MS);
    expect((await submitJob(engine.deps, goodMessage, http)).job.status).toBe('queued');
  });
});

describe('how many jobs may wait', () => {
  it('is what the budget gets through in 13 days', () => {
    expect(backlogMax(narrow)).toBe(NARROW_MAX);
    expect(backlogMax({ ...narrow, requests: 1, windowMs: hours(1) })).toBe(312);
  });

  it('is never more than SQS looks through, with room for what is counted late', () => {
    const fast = { ...narrow, requests: 100, windowMs: seconds(1) };
    expect(backlogMax(fast)).toBe(100_000);
    expect(FIFO_LOOK_AHEAD - backlogMax(fast)).toBeGreaterThanOrEqual(20_000);
  });

  it.each(listProviders())('is known for every line of $name', (provider) => {
    for (const account of accountsOf(provider.name)) {
      const budgets = accountBudgets(provider, 'acme', account, {});
      const lines = provider.jobTypes.map(({ budget }) => budget);
      expect(lines.filter((line) => !budgets.has(line))).toEqual([]);
    }
  });
});
