import { describe, expect, it } from 'vitest';
import type { Job } from '../../shared/jobs/job.ts';
import { seconds } from '../../shared/kernel/duration.ts';
import { startScenario } from '../support/scenario/scenario.ts';
import { arrivalsMs, BATCH, fullestMinute } from '../support/scenario/vendor-record.ts';

const sentAtMs = ({ timeline }: Job): number =>
  timeline.find(({ event }) => event === 'call')?.at ?? Number.NaN;

const inOrderSent = (jobs: readonly Job[]): Job[] =>
  jobs.toSorted((a, b) => sentAtMs(a) - sentAtMs(b));

/** Jain's index of the tenants' calls, as long as each of them still has jobs. */
function jainWhileAllWait(jobs: readonly Job[], tenants: readonly string[]): number {
  const order = inOrderSent(jobs).map(({ tenant }) => tenant);
  const until = Math.min(...tenants.map((tenant) => order.lastIndexOf(tenant)));
  const shares = tenants.map(
    (tenant) => order.slice(0, until + 1).filter((it) => it === tenant).length,
  );
  const total = shares.reduce((sum, share) => sum + share, 0);
  return total ** 2 / (shares.length * shares.reduce((sum, share) => sum + share ** 2, 0));
}

describe('an urgent job behind 20 normal ones', () => {
  it('takes the next permit that comes free', async () => {
    const scenario = await startScenario();
    await scenario.submitMany(20);
    await scenario.clock.advanceBy(seconds(70));
    const sentBefore = arrivalsMs(scenario.simulator, BATCH).length;
    const urgent = await scenario.submit({ priority: 'urgent' });
    const order = inOrderSent(await scenario.finishAll()).map(({ id }) => id);
    expect(sentBefore).toBe(10);
    expect(order.indexOf(urgent.id)).toBe(sentBefore);
    expect(fullestMinute(scenario.simulator, BATCH)).toBe(5);
  });
});

describe('a tenant of 100 jobs and one of 10', () => {
  it('share the permits equally while both wait', async () => {
    const scenario = await startScenario();
    await scenario.submitMany(100, { tenant: 'large' });
    await scenario.submitMany(10, { tenant: 'small' });
    const jobs = await scenario.finishAll();
    expect(jainWhileAllWait(jobs, ['large', 'small'])).toBeGreaterThanOrEqual(0.95);
    expect(fullestMinute(scenario.simulator, BATCH)).toBe(5);
  });

  it('do so when the small one comes late: it is not queued behind the large', async () => {
    const scenario = await startScenario();
    await scenario.submitMany(100, { tenant: 'large' });
    await scenario.clock.advanceBy(seconds(60));
    const lateMs = scenario.clock.nowMs();
    await scenario.submitMany(10, { tenant: 'small' });
    const jobs = await scenario.finishAll();
    const smallMs = jobs.filter(({ tenant }) => tenant === 'small').map(sentAtMs);
    const permitEveryMs = seconds(60) / 5;
    expect(Math.max(...smallMs) - lateMs).toBeLessThanOrEqual(10 * 3 * permitEveryMs);
  });
});

describe('twelve tenants with ten jobs each', () => {
  it('get equal shares, two receives a job, and no call over the limit', async () => {
    const scenario = await startScenario();
    const tenants = Array.from({ length: 12 }, (_, n) => `tenant-${n}`);
    for (const tenant of tenants) await scenario.submitMany(10, { tenant });
    const jobs = await scenario.finishAll();
    const receives = scenario.receives();
    expect(jainWhileAllWait(jobs, tenants)).toBeGreaterThanOrEqual(0.95);
    expect(receives.reduce((a, b) => a + b, 0) / receives.length).toBeLessThanOrEqual(2.2);
    expect(fullestMinute(scenario.simulator, BATCH)).toBe(5);
    expect(scenario.lane.deadLetters()).toBe(0);
  });
});

describe('jobs of one tenant', () => {
  it('are sent in the order in which they were submitted', async () => {
    const scenario = await startScenario();
    const submitted = await scenario.submitMany(12);
    const order = inOrderSent(await scenario.finishAll()).map(({ id }) => id);
    expect(order).toEqual(submitted.map(({ id }) => id));
  });
});
