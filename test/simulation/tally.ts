/** How a vendor counts, by each of the rules that are in use, and when it refuses. */
import { batchLimits } from './limits.ts';
import type { BudgetName, VendorPlan } from './plan.ts';

export interface Tally {
  /** Zero where the request is admitted; else how long until one would be. */
  take(budget: BudgetName): number;
  /** Somebody else's requests; as many of them as are admitted. */
  spend(budget: BudgetName, calls: number): void;
}

/** One counter: how long until one more is admitted, and that one was. */
interface Counter {
  waitMs(nowMs: number): number;
  add(nowMs: number): void;
}

export function createTally(counting: VendorPlan['counting'], nowMs: () => number): Tally {
  const make = counters[counting];
  const byBudget: Record<BudgetName, Counter> = {
    'servers.batch': make(batchLimits['servers.batch']),
    'servers.list': make(batchLimits['servers.list']),
  };
  const take = (budget: BudgetName): number => {
    const waitMs = byBudget[budget].waitMs(nowMs());
    if (waitMs === 0) byBudget[budget].add(nowMs());
    return waitMs;
  };
  return {
    take,
    spend(budget, calls) {
      for (let call = 0; call < calls; call += 1) take(budget);
    },
  };
}

type MakeCounter = (limit: { readonly requests: number; readonly windowMs: number }) => Counter;

const counters: Readonly<Record<VendorPlan['counting'], MakeCounter>> = {
  sliding({ requests, windowMs }) {
    const countsMs: number[] = [];
    return {
      waitMs: (nowMs) => Math.max(0, (countsMs.at(-requests) ?? -windowMs) + windowMs - nowMs),
      add: (nowMs) => countsMs.push(nowMs),
    };
  },
  aligned({ requests, windowMs }) {
    let window = 0;
    let counted = 0;
    const turn = (nowMs: number): void => {
      const present = Math.floor(nowMs / windowMs);
      if (present !== window) counted = 0;
      window = present;
    };
    return {
      waitMs(nowMs) {
        turn(nowMs);
        return counted < requests ? 0 : (window + 1) * windowMs - nowMs;
      },
      add(nowMs) {
        turn(nowMs);
        counted += 1;
      },
    };
  },
  bucket({ requests, windowMs }) {
    const perMs = requests / windowMs;
    let tokens = requests;
    let seenMs = 0;
    const refill = (nowMs: number): void => {
      tokens = Math.min(requests, tokens + (nowMs - seenMs) * perMs);
      seenMs = nowMs;
    };
    return {
      waitMs(nowMs) {
        refill(nowMs);
        // Refilled in fractions: a hair below one token is one.
        return tokens >= 1 - 1e-9 ? 0 : Math.ceil((1 - tokens) / perMs);
      },
      add(nowMs) {
        refill(nowMs);
        tokens -= 1;
      },
    };
  },
};
