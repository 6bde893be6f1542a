import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullestWindow } from '../../../local/simulators/frame/fullest-window.ts';
import { seconds } from '../../../shared/kernel/duration.ts';
import type { Random } from '../../../shared/kernel/random.ts';
import { nominalBudget } from './model/sample-budgets.ts';
import { rateOf, runSteadily } from './model/steady-workers.ts';

/** The account limit of Automox as Sluice runs it. */
const BUDGET = nominalBudget(93, seconds(1));

/** A call may be late by two slots, so a window holds at most two more than there are slots in it. */
const FULLEST = BUDGET.requests + 2;

const usualMs = (random: Random): number => 100 + 200 * random();
const sometimesSlowMs = (random: Random): number =>
  random() < 0.02 ? 500 + 1_500 * random() : usualMs(random);

describe('a nominal budget of 93 a second under sustained load', () => {
  it.each([
    { workers: 55, callMs: usualMs },
    { workers: 60, callMs: usualMs },
    { workers: 100, callMs: usualMs },
    { workers: 70, callMs: sometimesSlowMs },
  ])('gives $workers workers 90 calls a second at 0.3 writes a call', async (load) => {
    const run = await runSteadily({ budget: BUDGET, forMs: seconds(30), ...load });
    const all = run.sentMs.flat();
    expect(rateOf(all, seconds(8), seconds(30))).toBeGreaterThanOrEqual(90);
    expect(run.writes / all.length).toBeLessThanOrEqual(0.3);
    expect(fullestWindow(all, BUDGET.windowMs)).toBeLessThanOrEqual(FULLEST);
  });

  it('lets a worker alone call nearly as fast as it can', async () => {
    const plan = { budget: BUDGET, workers: 1, forMs: seconds(30), callMs: () => 200 };
    const { sentMs, writes } = await runSteadily(plan);
    const all = sentMs.flat();
    expect(rateOf(all, seconds(5), seconds(30))).toBeGreaterThan(3);
    expect(writes / all.length).toBeLessThanOrEqual(0.2);
  });

  it('starves nobody while there are twice as many as it can serve at their pace', async () => {
    const plan = { budget: BUDGET, workers: 100, forMs: seconds(60), callMs: usualMs };
    const { sentMs } = await runSteadily(plan);
    const counts = sentMs.map(({ length }) => length);
    const mean = sentMs.flat().length / counts.length;
    expect(Math.min(...counts)).toBeGreaterThan(0.6 * mean);
  });

  it('holds in any window, whoever calls how fast, and whoever dies', () =>
    fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.nat(),
          workers: fc.integer({ min: 1, max: 120 }),
          deathShare: fc.constantFrom(0, 0.02, 0.3),
          slowestMs: fc.constantFrom(20, 200, 600, 3_000),
        }),
        async ({ slowestMs, ...plan }) => {
          const callMs = (random: Random): number => slowestMs * random();
          const run = await runSteadily({ budget: BUDGET, forMs: seconds(6), callMs, ...plan });
          expect(fullestWindow(run.sentMs.flat(), BUDGET.windowMs)).toBeLessThanOrEqual(FULLEST);
        },
      ),
      { seed: 20_260_301, numRuns: 12 },
    ));

  it('loses the blocks of the workers that die, and no more', async () => {
    const plan = { budget: BUDGET, workers: 60, forMs: seconds(30), callMs: usualMs };
    const { sentMs } = await runSteadily({ ...plan, deathShare: 0.02 });
    expect(rateOf(sentMs.flat(), seconds(8), seconds(30))).toBeGreaterThan(75);
  });
});

describe('a lower limit that is learned under load', () => {
  const lower = 40;
  const plan = { budget: BUDGET, workers: 60, forMs: seconds(20), callMs: usualMs };
  const learning = () =>
    runSteadily({
      ...plan,
      async beside(limiter, clock) {
        await clock.sleep(seconds(8));
        await limiter.learn(BUDGET, lower);
        await clock.sleep(seconds(6));
        await limiter.learn(BUDGET, 100);
      },
    });

  it('is kept by all two seconds later, and used', async () => {
    const all = (await learning()).sentMs.flat();
    const lowered = all.filter((atMs) => atMs >= seconds(10) && atMs < seconds(14));
    expect(fullestWindow(lowered, BUDGET.windowMs)).toBeLessThanOrEqual(lower + 2);
    expect(rateOf(all, seconds(11), seconds(14))).toBeGreaterThan(0.8 * lower);
  });

  it('never brings more into a window than the higher one, nor does its end', async () => {
    const all = (await learning()).sentMs.flat();
    expect(fullestWindow(all, BUDGET.windowMs)).toBeLessThanOrEqual(FULLEST);
    expect(rateOf(all, seconds(17), seconds(20))).toBeGreaterThan(75);
  });
});
