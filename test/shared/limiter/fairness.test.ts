import { describe, expect, it } from 'vitest';
import { minutes, seconds } from '../../../shared/kernel/duration.ts';
import { createBench } from './model/bench.ts';
import { strictBudget } from './model/sample-budgets.ts';
import { jainIndex, type Served, serveLines } from './model/tenant-lines.ts';

const FIVE_A_MINUTE = strictBudget(5, minutes(1));

const countsOf = (served: readonly Served[]): Record<string, number> =>
  Object.fromEntries(
    Object.entries(Object.groupBy(served, ({ tenant }) => tenant)).map(([tenant, jobs]) => [
      tenant,
      jobs?.length ?? 0,
    ]),
  );

describe('tenants of one budget', () => {
  it('get equal shares while both have jobs', async () => {
    const served = await serveLines(createBench(FIVE_A_MINUTE), [
      { tenant: 'large', jobs: 100 },
      { tenant: 'small', jobs: 10 },
    ]);
    const lastSmall = served.findLastIndex(({ tenant }) => tenant === 'small');
    const { large = 0, small = 0 } = countsOf(served.slice(0, lastSmall + 1));
    expect(small).toBe(10);
    expect(jainIndex([large, small])).toBeGreaterThanOrEqual(0.95);
  });

  it('get equal shares, however many they are and whenever they came', async () => {
    const tenants = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const served = await serveLines(
      createBench(FIVE_A_MINUTE),
      tenants.map((tenant, n) => ({ tenant, jobs: 15, fromMs: n * 1_700 })),
    );
    const shares = Object.values(countsOf(served.slice(0, 70)));
    expect(shares).toHaveLength(tenants.length);
    expect(jainIndex(shares)).toBeGreaterThanOrEqual(0.95);
  });

  it('do not wait behind the backlog of a larger one', async () => {
    const lateMs = seconds(65);
    const served = await serveLines(createBench(FIVE_A_MINUTE), [
      { tenant: 'large', jobs: 100 },
      { tenant: 'late', jobs: 10, fromMs: lateMs },
    ]);
    const late = served.filter(({ tenant }) => tenant === 'late');
    const permitEveryMs = FIVE_A_MINUTE.windowMs / FIVE_A_MINUTE.requests;
    for (const [n, { atMs }] of late.entries()) {
      expect(atMs - lateMs).toBeLessThanOrEqual(minutes(1) + (n + 1) * 3 * permitEveryMs);
    }
    expect((late.at(-1)?.atMs ?? 0) - lateMs).toBeLessThanOrEqual(late.length * 3 * permitEveryMs);
  });

  it('save nothing up while they have nothing to do', async () => {
    const lateMs = minutes(12);
    const served = await serveLines(createBench(FIVE_A_MINUTE), [
      { tenant: 'a', jobs: 60 },
      { tenant: 'b', jobs: 60 },
      { tenant: 'late', jobs: 20, fromMs: lateMs },
    ]);
    const last = served.findLastIndex(({ tenant }) => tenant === 'late');
    const since = served.slice(0, last + 1).filter(({ atMs }) => atMs >= lateMs);
    expect(jainIndex(Object.values(countsOf(since)))).toBeGreaterThanOrEqual(0.95);
  });

  it('are received about twice a job, though all of them wait', async () => {
    const tenants = Array.from({ length: 12 }, (_, n) => `tenant ${n}`);
    const served = await serveLines(
      createBench(FIVE_A_MINUTE),
      tenants.map((tenant) => ({ tenant, jobs: 5 })),
    );
    const receives = served.map((job) => job.receives);
    expect(receives.reduce((a, b) => a + b) / receives.length).toBeLessThanOrEqual(2.2);
    expect(Math.max(...receives)).toBeLessThanOrEqual(3);
  });
});

describe('an urgent head', () => {
  it('takes the next permit that comes free, ahead of all that wait', async () => {
    const served = await serveLines(createBench(FIVE_A_MINUTE), [
      ...['a', 'b', 'c', 'd'].map((tenant) => ({ tenant, jobs: 10 })),
      { tenant: 'urgent', jobs: 1, fromMs: seconds(30), urgent: true },
    ]);
    const before = served.filter(({ atMs }) => atMs < seconds(30));
    expect(before).toHaveLength(5);
    expect(served[5]?.tenant).toBe('urgent');
  });

  it('leaves the order of those it passed as it was', async () => {
    const one = strictBudget(1, minutes(1));
    const served = await serveLines(createBench(one), [
      { tenant: 'first', jobs: 1 },
      { tenant: 'a', jobs: 3, fromMs: 10 },
      { tenant: 'b', jobs: 3, fromMs: 20 },
      { tenant: 'urgent', jobs: 1, fromMs: seconds(30), urgent: true },
    ]);
    const order = served.map(({ tenant }) => tenant).join(' ');
    expect(order).toBe('first urgent a b a b a b');
  });
});
