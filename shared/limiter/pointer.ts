/**
 * Nominal budgets: one pointer that moves a spacing on with every call, without compare-and-set, so
 * that any number of workers share a limit of a hundred a second with one write each.
 */
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import type { Budget } from './budget.ts';
import type { BudgetState } from './budget-state.ts';
import type { BudgetStore } from './budget-store.ts';
import type { ClockWatch } from './clock-watch.ts';
import type { LearnedLimits } from './learned-limits.ts';
import { pausedRetryAtMs } from './paused-retry.ts';
import { GRANT_TO_SEND_MAX_MS, POINTER_HORIZON_MS } from './timings.ts';
import type { WaitReason } from './window.ts';

export interface PointerDeps {
  readonly store: BudgetStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly learned: LearnedLimits;
  readonly watch: ClockWatch;
}

/** What one budget says to an asker. */
export type BudgetAnswer =
  | { readonly granted: true; readonly sendAtMs: number; readonly notAfterMs: number }
  | { readonly granted: false; readonly reason: WaitReason; readonly retryAtMs: number };

export async function reserveNominal(
  { store, clock, random, learned }: PointerDeps,
  budget: Budget,
): Promise<BudgetAnswer> {
  const requests = await learned.requestsOf(budget);
  const nowMs = clock.nowMs();
  const reserved = await store.reservePointer(budget.id, {
    nowMs,
    spacingMs: budget.windowMs / requests,
    horizonMs: POINTER_HORIZON_MS,
  });
  if (reserved.reserved) {
    const notAfterMs = nowMs + GRANT_TO_SEND_MAX_MS;
    return { granted: true, sendAtMs: reserved.atMs, notAfterMs };
  }
  learned.note(budget, reserved.state);
  return { granted: false, ...retryAt(reserved.state, nowMs, random()) };
}

/** Spreads the refused over the horizon, so that they do not come back together. */
function retryAt(
  state: BudgetState,
  nowMs: number,
  spread: number,
): { readonly reason: WaitReason; readonly retryAtMs: number } {
  const spreadMs = 50 + spread * POINTER_HORIZON_MS;
  if (state.pausedSinceMs !== undefined) {
    const retryAtMs = pausedRetryAtMs(state.pausedSinceMs, nowMs) + spreadMs;
    return { reason: 'paused', retryAtMs };
  }
  if (state.blockedUntilMs > nowMs) {
    return { reason: 'blocked', retryAtMs: state.blockedUntilMs + spreadMs };
  }
  return { reason: 'permit', retryAtMs: nowMs + spreadMs };
}
