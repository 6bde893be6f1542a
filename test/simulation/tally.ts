/** How a vendor counts, by each of the rules that are in use, and when it refuses. */
import type { Limits } from './oracle.ts';
import type { VendorPlan } from './plan.ts';

export interface Tally {
  /** Zero where the request is admitted; else how long until one would be. */
  take(budget: string): number;
  /** Somebody else's requests; as many of them as are admitted. */
  spend(budget: string, calls: number): void;
  standing(budget: string): {
    readonly requests: number;
    readonly remaining: number;
    readonly waitMs: number;
  };
}

/** One counter: how many more are admitted now, how long until one is, and that one was. */
interface Counter {
  remaining(nowMs: number): number;
  waitMs(nowMs: number): number;
  add(nowMs: number): void;
}

/** The limit may be another one each time that it is asked for. */
type LimitNow = () => Limits;

export function createTally(
  counting: VendorPlan['counting'],
  budgets: readonly string[],
  limitOf: (budget: string) => Limits,
  nowMs: () => number,
): Tally {
  const byBudget = new Map(
    budgets.map((budget) => [budget, counters[counting](() => limitOf(budget))]),
  );
  const counterOf = (budget: string): Counter => {
    const counter = byBudget.get(budget);
    if (counter === undefined) throw new RangeError(`${budget} is not counted`);
    return counter;
  };
  const take = (budget: string): number => {
    const counter = counterOf(budget);
    const waitMs = counter.waitMs(nowMs());
    if (waitMs === 0) counter.add(nowMs());
    return waitMs;
  };
  return {
    take,
    spend(budget, calls) {
      for (let call = 0; call < calls; call += 1) take(budget);
    },
    standing: (budget) => ({
      requests: limitOf(budget).requests,
      remaining: Math.max(0, counterOf(budget).remaining(nowMs())),
      waitMs: counterOf(budget).waitMs(nowMs()),
    }),
  };
}

const counters: Readonly<Record<VendorPlan['counting'], (limitNow: LimitNow) => Counter>> = {
  sliding(limitNow) {
    const countsMs: number[] = [];
    return {
      remaining(nowMs) {
        const { requests, windowMs } = limitNow();
        return requests - countsMs.filter((atMs) => atMs > nowMs - windowMs).length;
      },
      waitMs(nowMs) {
        const { requests, windowMs } = limitNow();
        return Math.max(0, (countsMs.at(-requests) ?? -windowMs) + windowMs - nowMs);
      },
      add: (nowMs) => countsMs.push(nowMs),
    };
  },
  aligned(limitNow) {
    let window = 0;
    let counted = 0;
    const turn = (nowMs: number): void => {
      const present = Math.floor(nowMs / limitNow().windowMs);
      if (present !== window) counted = 0;
      window = present;
    };
    const remaining = (nowMs: number): number => {
      turn(nowMs);
      return limitNow().requests - counted;
    };
    return {
      remaining,
      waitMs: (nowMs) => (remaining(nowMs) > 0 ? 0 : (window + 1) * limitNow().windowMs - nowMs),
      add(nowMs) {
        turn(nowMs);
        counted += 1;
      },
    };
  },
  bucket(limitNow) {
    const perMs = (): number => limitNow().requests / limitNow().windowMs;
    let tokens = limitNow().requests;
    let seenMs = 0;
    const refill = (nowMs: number): void => {
      tokens = Math.min(limitNow().requests, tokens + (nowMs - seenMs) * perMs());
      seenMs = nowMs;
    };
    return {
      remaining(nowMs) {
        refill(nowMs);
        // Refilled in fractions: a hair below one token is one.
        return Math.floor(tokens + 1e-9);
      },
      waitMs(nowMs) {
        refill(nowMs);
        return tokens >= 1 - 1e-9 ? 0 : Math.ceil((1 - tokens) / perMs());
      },
      add(nowMs) {
        refill(nowMs);
        tokens -= 1;
      },
    };
  },
};
