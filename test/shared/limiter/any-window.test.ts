import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullestWindow } from '../../../local/simulators/frame/fullest-window.ts';
import { minutes, seconds } from '../../../shared/kernel/duration.ts';
import { CLOCK_ALLOWANCE_MS } from '../../../shared/limiter/timings.ts';
import { busyPlans, harshPlans, plans } from './model/plan.ts';
import { runModel, type Sabotage } from './model/run-model.ts';
import { strictBudget } from './model/sample-budgets.ts';

const SEED = 20_260_301;

describe('S17 the strict limit', () => {
  it.each([
    { requests: 5, windowMs: minutes(1), jobs: 40, numRuns: 60, from: plans },
    { requests: 29, windowMs: minutes(1), jobs: 100, numRuns: 15, from: plans },
    { requests: 3, windowMs: seconds(10), jobs: 40, numRuns: 60, from: plans },
    { requests: 500, windowMs: minutes(1), jobs: 650, numRuns: 2, from: busyPlans },
  ])(
    'holds in every window at $requests in $windowMs ms, is used up, and every job is done',
    async ({ requests, windowMs, jobs, numRuns, from }) => {
      const budget = strictBudget(requests, windowMs);
      let fullest = 0;
      const property = fc.asyncProperty(from, async (plan) => {
        const { counts, jobsDone } = await runModel(plan, { budget, jobs });
        expect(fullestWindow(counts, windowMs)).toBeLessThanOrEqual(requests);
        expect(jobsDone).toBe(jobs);
        fullest = Math.max(fullest, fullestWindow(counts, windowMs));
      });
      await fc.assert(property, { seed: SEED, numRuns });
      expect(fullest).toBeGreaterThanOrEqual(0.98 * requests);
    },
  );
});

describe('the model of the strict limit', () => {
  it.each<{ flaw: string; sabotage: Sabotage }>([
    {
      flaw: 'without the allowance for clocks',
      sabotage: {
        budget: (budget) => ({ ...budget, windowMs: budget.windowMs - CLOCK_ALLOWANCE_MS }),
      },
    },
    {
      flaw: 'that counts a call from its sending',
      sabotage: {
        limiter: (limiter) => ({
          ...limiter,
          settle: (permit, settlement) =>
            limiter.settle(
              permit,
              settlement.kind === 'unsent'
                ? settlement
                : { ...settlement, boundAtMs: permit.sendAtMs },
            ),
        }),
      },
    },
    {
      flaw: 'that frees the permit of a call without an answer',
      sabotage: {
        limiter: (limiter, clock) => ({
          ...limiter,
          settle: (permit, settlement) =>
            settlement.kind === 'counted' && settlement.boundAtMs > clock.nowMs()
              ? limiter.settle(permit, { kind: 'unsent' })
              : limiter.settle(permit, settlement),
        }),
      },
    },
    {
      flaw: 'whose store overwrites instead of comparing',
      sabotage: {
        store: (store) => ({
          ...store,
          async replace(id, next) {
            const present = await store.find(id);
            return store.replace(id, next, present?.version ?? 0);
          },
        }),
      },
    },
  ])('catches a limiter $flaw', async ({ sabotage }) => {
    expect(await fullestOfHarshRuns(sabotage)).toBeGreaterThan(HARSH.budget.requests);
  });

  it('finds nothing wrong with the real one under the same plans', async () => {
    expect(await fullestOfHarshRuns({})).toBe(HARSH.budget.requests);
  });
});

const HARSH = { budget: strictBudget(3, seconds(10)), jobs: 60, numRuns: 12 };

async function fullestOfHarshRuns(sabotage: Sabotage): Promise<number> {
  const { budget, jobs, numRuns } = HARSH;
  const fullest: number[] = [];
  for (const plan of fc.sample(harshPlans, { seed: SEED, numRuns })) {
    const { counts } = await runModel(plan, { budget, jobs, sabotage });
    fullest.push(fullestWindow(counts, budget.windowMs));
  }
  return Math.max(...fullest);
}
