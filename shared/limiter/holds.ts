/** The log of settled calls: at most `HOLDS_MAX` entries, however large the budget. */
import type { Budget } from './budget.ts';
import type { Hold } from './budget-state.ts';
import { CLOCK_ALLOWANCE_MS, FLIGHT_ALLOWANCE_MS } from './timings.ts';

export const HOLDS_MAX = 100;

/** From when a call that the vendor counted by `boundAtMs` is outside every window of a new call. */
export const heldUntilMs = (budget: Budget, boundAtMs: number): number =>
  roundUp(boundAtMs + budget.windowMs + CLOCK_ALLOWANCE_MS, quantumMs(budget));

export function addHold(holds: readonly Hold[], freeAtMs: number): readonly Hold[] {
  const same = holds.find((hold) => hold.freeAtMs === freeAtMs);
  if (same) {
    return holds.map((hold) => (hold === same ? { freeAtMs, count: hold.count + 1 } : hold));
  }
  return [...holds, { freeAtMs, count: 1 }].sort((a, b) => a.freeAtMs - b.freeAtMs);
}

/**
 * Small budgets keep exact instants. Large ones share steps: as many as fit between now and the
 * latest instant that can be held, with two to spare for the ends and for clocks that differ.
 */
function quantumMs({ requests, windowMs }: Budget): number {
  if (requests <= HOLDS_MAX) return 1;
  const longestHoldMs = windowMs + CLOCK_ALLOWANCE_MS + FLIGHT_ALLOWANCE_MS;
  return Math.ceil(longestHoldMs / (HOLDS_MAX - 2));
}

const roundUp = (atMs: number, stepMs: number): number => Math.ceil(atMs / stepMs) * stepMs;
