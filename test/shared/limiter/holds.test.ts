import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seconds } from '../../../shared/kernel/duration.ts';
import type { Budget } from '../../../shared/limiter/budget.ts';
import { addHold, HOLDS_MAX, heldUntilMs } from '../../../shared/limiter/holds.ts';
import { CLOCK_ALLOWANCE_MS, FLIGHT_ALLOWANCE_MS } from '../../../shared/limiter/timings.ts';
import { strictBudget } from './model/sample-budgets.ts';

const budgets = fc
  .record({ requests: fc.integer({ min: 1, max: 5_000 }), windowSeconds: fc.nat(3_600) })
  .map(({ requests, windowSeconds }) => strictBudget(requests, seconds(windowSeconds + 1)));

const boundMs = fc.double({ min: 1.7e12, max: 1.8e12, noNaN: true });

const longestHoldMs = ({ windowMs }: Budget): number =>
  windowMs + CLOCK_ALLOWANCE_MS + FLIGHT_ALLOWANCE_MS;

describe('the instant until which a call is held', () => {
  it('is never before its bound, the window and the allowance, and little after', () => {
    fc.assert(
      fc.property(budgets, boundMs, (budget, atMs) => {
        const exactMs = atMs + budget.windowMs + CLOCK_ALLOWANCE_MS;
        const lateMs = heldUntilMs(budget, atMs) - exactMs;
        expect(lateMs).toBeGreaterThanOrEqual(0);
        expect(lateMs).toBeLessThanOrEqual(
          budget.requests <= HOLDS_MAX ? 1 : longestHoldMs(budget) / (HOLDS_MAX - 2) + 1,
        );
      }),
      { seed: 20_260_301 },
    );
  });
});

describe('the log of settled calls', () => {
  it('counts equal instants together and stays in order', () => {
    const instants = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 });
    fc.assert(
      fc.property(instants, (freeAtMs) => {
        const holds = freeAtMs.reduce<ReturnType<typeof addHold>>(addHold, []);
        const counted = holds.flatMap((hold) => Array<number>(hold.count).fill(hold.freeAtMs));
        expect(counted).toEqual(freeAtMs.toSorted((a, b) => a - b));
        expect(new Set(holds.map((hold) => hold.freeAtMs)).size).toBe(holds.length);
      }),
      { seed: 20_260_301 },
    );
  });
});
