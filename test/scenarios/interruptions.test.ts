import { describe, expect, it } from 'vitest';
import { cancelJob } from '../../shared/jobs/control-job.ts';
import { minutes, seconds } from '../../shared/kernel/duration.ts';
import { batchBudget } from '../support/scenario/deployment.ts';
import { startScenario } from '../support/scenario/scenario.ts';
import { answersOf, arrivalsMs, BATCH, fullestMinute } from '../support/scenario/vendor-record.ts';

const onBatch = { method: 'POST', path: '/servers/batch' };

describe('a paused budget', () => {
  it('sends nothing until it is resumed, costs few receives, and loses nothing', async () => {
    const { limiter, clock, simulator, ...scenario } = await startScenario();
    await limiter.pause(batchBudget);
    await scenario.submitMany(3);
    await clock.advanceBy(minutes(10));
    expect(arrivalsMs(simulator, BATCH)).toEqual([]);
    expect(Math.max(...scenario.receives())).toBeLessThanOrEqual(25);
    await limiter.resume(batchBudget);
    const resumedAtMs = clock.nowMs();
    const jobs = await scenario.finishAll();
    expect(jobs.map(({ status }) => status)).toEqual(Array(3).fill('succeeded'));
    expect(clock.nowMs() - resumedAtMs).toBeLessThanOrEqual(minutes(10) / 4 + seconds(1));
  });

  it('is what its jobs say they wait for', async () => {
    const { limiter, clock, ...scenario } = await startScenario();
    await limiter.pause(batchBudget);
    const { id } = await scenario.submit();
    await clock.advanceBy(minutes(1));
    expect(await scenario.job(id)).toMatchObject({
      status: 'waiting',
      waiting: { for: 'paused', budget: batchBudget.id },
      attempts: 0,
    });
  });
});

describe('a 429 of the vendor', () => {
  it.each([
    { told: 'with retry-after in seconds', retryAfterSeconds: 90, blockedMs: seconds(90) },
    {
      told: 'with retry-after as a date',
      retryAfterSeconds: 90,
      retryAfterForm: 'date' as const,
      blockedMs: seconds(90),
    },
    { told: 'without retry-after, for the documented minute', blockedMs: minutes(1) },
  ])('$told stops every tenant, and is nobody’s attempt', async ({ told: _t, ...row }) => {
    const { blockedMs, ...fault } = row;
    const { simulator, ...scenario } = await startScenario();
    simulator.faults.add({ ...onBatch, fault: { kind: 'throttle', ...fault } });
    for (const tenant of ['a', 'b', 'c']) await scenario.submitMany(2, { tenant });
    const jobs = await scenario.finishAll();
    const sentMs = arrivalsMs(simulator, BATCH);
    const afterRefusal = sentMs.filter((atMs) => atMs > seconds(1));
    expect(jobs.map(({ status, attempts }) => [status, attempts])).toEqual(
      Array(6).fill(['succeeded', 1]),
    );
    expect(afterRefusal.length).toBeGreaterThanOrEqual(4);
    expect(Math.min(...afterRefusal)).toBeGreaterThanOrEqual(blockedMs);
    expect(Math.max(...afterRefusal)).toBeLessThanOrEqual(blockedMs + seconds(2));
    expect(answersOf(simulator, 429)).toBe(1);
  });
});

describe('a call that the vendor never answers', () => {
  it('is repeated where it may be, and both count against the limit', async () => {
    const { simulator, ...scenario } = await startScenario();
    simulator.faults.add({ ...onBatch, times: 2, fault: { kind: 'silence' } });
    await scenario.submitMany(10);
    const jobs = await scenario.finishAll();
    expect(jobs.map(({ status }) => status)).toEqual(Array(10).fill('succeeded'));
    expect(arrivalsMs(simulator, BATCH)).toHaveLength(12);
    expect(fullestMinute(simulator, BATCH)).toBeLessThanOrEqual(5);
    expect(answersOf(simulator, 429)).toBe(0);
  });
});

describe('a job that waits for its permit', () => {
  it('expires at its deadline without a call, and lets those behind it go on', async () => {
    const { simulator, ...scenario } = await startScenario();
    await scenario.submitMany(5);
    const hasty = await scenario.submit({ deadlineMs: seconds(30) });
    await scenario.submitMany(2);
    const jobs = await scenario.finishAll();
    const expired = jobs.find(({ id }) => id === hasty.id);
    expect(expired).toMatchObject({
      status: 'expired',
      attempts: 0,
      error: { code: 'job.deadline-passed' },
    });
    expect((expired?.finishedAtMs ?? 0) - hasty.deadlineMs).toBeLessThanOrEqual(seconds(2));
    expect(arrivalsMs(simulator, BATCH)).toHaveLength(7);
    expect(jobs.filter(({ status }) => status === 'succeeded')).toHaveLength(7);
  });

  it('is cancelled at once, without a call, and lets those behind it go on', async () => {
    const { simulator, clock, control, ...scenario } = await startScenario();
    await scenario.submitMany(5);
    const unwanted = await scenario.submit();
    await scenario.submitMany(2);
    await clock.advanceBy(seconds(20));
    expect(await cancelJob(control, unwanted.id)).toMatchObject({ status: 'cancelled' });
    const jobs = await scenario.finishAll();
    expect(arrivalsMs(simulator, BATCH)).toHaveLength(7);
    expect(jobs.filter(({ status }) => status === 'succeeded')).toHaveLength(7);
    expect(Math.max(...arrivalsMs(simulator, BATCH))).toBeLessThanOrEqual(seconds(62));
  });
});

describe('a job that runs', () => {
  it('stops before its next call once it is cancelled', async () => {
    const { simulator, clock, control, ...scenario } = await startScenario();
    simulator.faults.add({ ...onBatch, fault: { kind: 'slow', delayMs: seconds(5) } });
    const actions = [{ attribute: 'tags', action: 'apply', value: ['pilot'] }];
    const devices = Array.from({ length: 1_200 }, (_, n) => n + 1);
    const { id } = await scenario.submit({ params: { devices, actions } });
    await clock.advanceBy(seconds(2));
    expect(await cancelJob(control, id)).toMatchObject({ status: 'running' });
    const [job] = await scenario.finishAll();
    expect(job).toMatchObject({ status: 'cancelled', progress: { done: 1, total: 3 } });
    expect(arrivalsMs(simulator, BATCH)).toHaveLength(1);
  });

  it('waits between its own calls like any other, and goes on where it was', async () => {
    const { simulator, ...scenario } = await startScenario();
    simulator.configure({ absentDevicesFail: false });
    const actions = [{ attribute: 'tags', action: 'apply', value: ['pilot'] }];
    const devices = Array.from({ length: 3_200 }, (_, n) => n + 1);
    await scenario.submit({ params: { devices, actions } });
    const [job] = await scenario.finishAll();
    expect(job).toMatchObject({ status: 'succeeded', attempts: 7, progress: { done: 7 } });
    expect(arrivalsMs(simulator, BATCH)).toHaveLength(7);
    expect(fullestMinute(simulator, BATCH)).toBe(5);
  });
});
