import { describe, expect, it } from 'vitest';
import { fullestWindow } from '../../../local/simulators/frame/fullest-window.ts';
import { seconds } from '../../../shared/kernel/duration.ts';
import { seededRandom } from '../../../shared/kernel/random.ts';
import { createLimiter } from '../../../shared/limiter/limiter.ts';
import { POINTER_HORIZON_MS } from '../../../shared/limiter/timings.ts';
import { type Bench, createBench } from './model/bench.ts';
import { nominalBudget } from './model/sample-budgets.ts';

const BUDGET = nominalBudget(95, seconds(1));

/** The instants at which `count` calls asked for at once may be sent. */
async function slotsOf(bench: Bench, count: number): Promise<number[]> {
  const groups = Array.from({ length: count }, (_, n) => `group ${n}`);
  const permits = await Promise.all(groups.map((group) => bench.take(group)));
  return permits.map(({ sendAtMs }) => sendAtMs - bench.clock.nowMs()).sort((a, b) => a - b);
}

describe('a nominal budget', () => {
  it('spaces calls evenly, each a slot of its own', async () => {
    const slots = await slotsOf(createBench(BUDGET), 50);
    const spacingMs = BUDGET.windowMs / BUDGET.requests;
    for (const [n, slotMs] of slots.entries()) expect(slotMs).toBeCloseTo(n * spacingMs, 1);
  });

  it('gives no slot beyond the horizon, and tells when to ask again', async () => {
    const bench = createBench(BUDGET);
    const waits: number[] = [];
    const slots: number[] = [];
    for (let n = 0; n < 200; n += 1) {
      const answer = await bench.ask('a');
      if (answer.granted) slots.push(answer.permit.sendAtMs);
      else waits.push(answer.retryAtMs - bench.clock.nowMs());
    }
    expect(fullestWindow(slots, BUDGET.windowMs)).toBeLessThanOrEqual(BUDGET.requests);
    expect(Math.max(...slots)).toBeLessThan(bench.clock.nowMs() + POINTER_HORIZON_MS);
    expect(Math.min(...waits)).toBeGreaterThan(0);
    expect(Math.max(...waits)).toBeLessThan(2 * POINTER_HORIZON_MS);
  });
});

describe('a lower limit that the vendor told', () => {
  it('widens the spacing of a nominal budget at once', async () => {
    const bench = createBench(BUDGET);
    await bench.limiter.learn(BUDGET, 10);
    expect(await slotsOf(bench, 5)).toEqual([0, 100, 200, 300, 400]);
  });

  it('is known to every other process within a minute', async () => {
    const bench = createBench(BUDGET);
    const { store, clock } = bench;
    await bench.take('a');
    const other = createLimiter({ store, clock, random: seededRandom(1) });
    await other.learn(BUDGET, 10);
    await clock.advanceBy(seconds(59));
    expect((await slotsOf(bench, 2))[1]).toBeCloseTo(1_000 / 95, 1);
    await clock.advanceBy(seconds(1));
    expect(await slotsOf(bench, 2)).toEqual([0, 100]);
  });

  it('is forgotten once the vendor names one that is not lower', async () => {
    const bench = createBench(BUDGET);
    await bench.limiter.learn(BUDGET, 10);
    await bench.limiter.learn(BUDGET, 100);
    expect((await bench.limiter.read(BUDGET)).learnedRequests).toBeUndefined();
    expect((await slotsOf(bench, 2))[1]).toBeCloseTo(1_000 / 95, 1);
  });

  it('holds for a strict budget too, down to one call', async () => {
    const strict = { ...BUDGET, mode: 'strict' } as const;
    const bench = createBench(strict);
    await bench.limiter.learn(strict, 2);
    await slotsOf(bench, 2);
    expect(await bench.ask('a')).toMatchObject({ granted: false, reason: 'permit' });
    await bench.clock.advanceBy(seconds(60));
    await bench.limiter.learn(strict, 0);
    await slotsOf(bench, 1);
    expect(await bench.ask('a')).toMatchObject({ granted: false });
  });
});
