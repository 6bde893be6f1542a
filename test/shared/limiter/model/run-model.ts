/**
 * The real limiter under workers that are late, wrong about the time, and die; in virtual time, from
 * one seed. The vendor's counts are what matters; nothing of the limiter is asked for its opinion.
 */
import type { Clock } from '../../../../shared/kernel/clock.ts';
import { seededRandom } from '../../../../shared/kernel/random.ts';
import type { Budget } from '../../../../shared/limiter/budget.ts';
import type { BudgetStore } from '../../../../shared/limiter/budget-store.ts';
import { createLimiter, type Limiter } from '../../../../shared/limiter/limiter.ts';
import { createMemoryBudgetStore } from '../../../support/memory/memory-budget-store.ts';
import { createVirtualClock } from '../../../support/virtual-clock.ts';
import { createFaultyStore } from './faulty-store.ts';
import { createModelVendor } from './model-vendor.ts';
import { type ModelWorkerDeps, tryJob } from './model-worker.ts';
import type { Plan } from './plan.ts';

export interface ModelRun {
  /** When the vendor counted each request. */
  readonly counts: readonly number[];
  readonly jobsDone: number;
}

/** Ways to make the limiter unsound, so that a test can show that it would notice. */
export interface Sabotage {
  readonly budget?: (budget: Budget) => Budget;
  readonly store?: (store: BudgetStore) => BudgetStore;
  readonly limiter?: (limiter: Limiter, clock: Clock) => Limiter;
}

export interface ModelOptions {
  readonly budget: Budget;
  readonly jobs: number;
  readonly sabotage?: Sabotage;
}

const TRY_AGAIN_MS = 700;

export async function runModel(
  plan: Plan,
  { budget, jobs, sabotage = {} }: ModelOptions,
): Promise<ModelRun> {
  const clock = createVirtualClock();
  const random = seededRandom(plan.seed);
  const vendor = createModelVendor(random);
  const memory = createMemoryBudgetStore();
  const store = createFaultyStore(sabotage.store?.(memory) ?? memory, {
    clock,
    random,
    faultShare: plan.storeFaultShare,
  });
  const waiting = arrivals(plan, jobs, budget.windowMs, random);
  let jobsDone = 0;

  const work = async (skewMs: number): Promise<void> => {
    const own = skewedClock(clock, skewMs);
    const limiter = createLimiter({ store, clock: own, random });
    const deps: ModelWorkerDeps = {
      ...plan,
      budget: sabotage.budget?.(budget) ?? budget,
      limiter: sabotage.limiter?.(limiter, own) ?? limiter,
      clock: own,
      skewMs,
      random,
      vendor,
    };
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      await clock.sleep(job.atMs - clock.nowMs());
      while (!(await tryJob(deps, job.group).catch(() => false))) await clock.sleep(TRY_AGAIN_MS);
      jobsDone += 1;
    }
  };

  let working = true;
  const all = Promise.all(plan.skewsMs.map(work)).finally(() => {
    working = false;
  });
  await clock.runUntil(() => !working);
  await all;
  return { counts: vendor.counts, jobsDone };
}

interface WaitingJob {
  readonly atMs: number;
  readonly group: string;
}

function arrivals(plan: Plan, jobs: number, windowMs: number, random: () => number): WaitingJob[] {
  const startMs = createVirtualClock().nowMs();
  const spanMs = plan.arrivals === 'at once' ? 0 : 3 * windowMs;
  const atMs = (): number => {
    const offset = random() * spanMs;
    return startMs + (plan.arrivals === 'in bursts' ? roundTo(offset, windowMs / 2) : offset);
  };
  return Array.from({ length: jobs }, (_, n) => ({
    atMs: atMs(),
    group: `t${n % plan.tenants}`,
  })).toSorted((a, b) => a.atMs - b.atMs);
}

const roundTo = (value: number, step: number): number => Math.round(value / step) * step;

const skewedClock = (clock: Clock, skewMs: number): Clock => ({
  nowMs: () => clock.nowMs() + skewMs,
  monotonicMs: clock.monotonicMs,
  sleep: clock.sleep,
});
