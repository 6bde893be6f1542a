import { describe, expect, it } from 'vitest';
import { minutes, seconds } from '../../../shared/kernel/duration.ts';
import type { Budget } from '../../../shared/limiter/budget.ts';
import type { BudgetState } from '../../../shared/limiter/budget-state.ts';
import { HOLDS_MAX } from '../../../shared/limiter/holds.ts';
import { createBench } from './model/bench.ts';
import { type CountingStore, createCountingStore } from './model/counting-store.ts';
import { nominalBudget, strictBudget } from './model/sample-budgets.ts';
import { serveLines, type TenantLine } from './model/tenant-lines.ts';

const ACCOUNT = nominalBudget(93, seconds(1));

function createCountedBench(budget: Budget) {
  const counted: CountingStore[] = [];
  const bench = createBench(budget, (store) => {
    const counting = createCountingStore(store);
    counted.push(counting);
    return counting;
  });
  return { bench, calls: counted[0]?.calls ?? { finds: 0, writes: 0 } };
}

describe('writes of the limiter', () => {
  it.each<{ backlog: string; lines: readonly TenantLine[] }>([
    { backlog: 'one tenant', lines: [{ tenant: 'a', jobs: 60 }] },
    {
      backlog: 'two tenants',
      lines: [
        { tenant: 'a', jobs: 40 },
        { tenant: 'b', jobs: 40 },
      ],
    },
    {
      backlog: 'twelve tenants',
      lines: Array.from({ length: 12 }, (_, n) => ({
        tenant: `t${n}`,
        jobs: 10,
        fromMs: n * 900,
      })),
    },
  ])('are at most 3 a permitted call while $backlog wait', async ({ lines }) => {
    const { bench, calls } = createCountedBench(strictBudget(5, minutes(1)));
    const served = await serveLines(bench, lines);
    expect(calls.writes / served.length).toBeLessThanOrEqual(3);
  });

  it('are one to take a permit and one to settle it where nobody waits', async () => {
    const { bench, calls } = createCountedBench(strictBudget(5, minutes(1)));
    await bench.answered(await bench.take('a'));
    expect(calls).toEqual({ finds: 2, writes: 2 });
  });

  it('are one a call for a nominal budget whose calls do not follow each other', async () => {
    const { bench, calls } = createCountedBench(ACCOUNT);
    for (let call = 0; call < 50; call += 1) {
      await bench.answered(await bench.take('a'));
      await bench.clock.advanceBy(seconds(4));
    }
    expect(calls).toEqual({ finds: 50, writes: 50 });
  });

  it('are none where nothing changes: learnt before, resumed before, unsent and given back', async () => {
    const budget = strictBudget(5, minutes(1));
    const { bench, calls } = createCountedBench(budget);
    const permit = await bench.take('a');
    await bench.limiter.learn(budget, 4);
    await bench.limiter.settle(permit, { kind: 'unsent' });
    const { finds, writes } = calls;
    await bench.limiter.learn(budget, 4);
    expect(calls.finds).toBe(finds);
    await bench.limiter.resume(budget);
    await bench.limiter.settle(permit, { kind: 'unsent' });
    expect(calls.writes).toBe(writes);
  });
});

describe("a budget's item", () => {
  it.each([
    strictBudget(100, minutes(1)),
    strictBudget(500, minutes(1)),
    strictBudget(3_000, minutes(60)),
    strictBudget(2_000, seconds(1)),
  ])('holds at most a hundred counts for $name, however the calls are spread', async (budget) => {
    const bench = createBench(budget);
    const gapMs = Math.max(1, Math.floor((2 * budget.windowMs) / (3 * budget.requests)));
    let fullest = 0;
    for (let call = 0; call < 1.2 * Math.min(budget.requests, 1_200); call += 1) {
      const answer = await bench.ask('a');
      if (answer.granted) await bench.answered(answer.permit);
      fullest = Math.max(fullest, (await bench.limiter.read(budget)).holds.length);
      await bench.clock.advanceBy(gapMs);
    }
    expect(fullest).toBeGreaterThan(HOLDS_MAX / 4);
    expect(fullest).toBeLessThanOrEqual(HOLDS_MAX);
  });

  it('forgets what has passed: after a quiet time only the last call is left', async () => {
    const bench = createBench(strictBudget(5, minutes(1)));
    for (let call = 0; call < 5; call += 1) await bench.take(`group ${call}`);
    await bench.clock.advanceBy(minutes(10));
    await bench.answered(await bench.take('a'));
    const { holds, open, appointments }: BudgetState = await bench.limiter.read(
      strictBudget(5, minutes(1)),
    );
    expect({ holds: holds.length, open, appointments }).toEqual({
      holds: 1,
      open: {},
      appointments: {},
    });
  });
});
