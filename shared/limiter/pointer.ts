/**
 * Nominal budgets: one pointer that moves a spacing on with every call, without compare-and-set, so
 * that any number of workers share a limit of a hundred a second with one write each.
 */
import type { Clock } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import type { Budget } from './budget.ts';
import type { BudgetState } from './budget-state.ts';
import type { BudgetStore } from './budget-store.ts';
import { POINTER_HORIZON_MS } from './timings.ts';
import type { WaitReason } from './window.ts';

export interface PointerDeps {
  readonly store: BudgetStore;
  readonly clock: Clock;
  readonly random: Random;
}

export type PointerAnswer =
  | { readonly granted: true; readonly sendAtMs: number }
  | { readonly granted: false; readonly reason: WaitReason; readonly retryAtMs: number };

export async function reserveNominal(
  { store, clock, random }: PointerDeps,
  budget: Budget,
): Promise<PointerAnswer> {
  const nowMs = clock.nowMs();
  const reserved = await store.reservePointer(budget.id, {
    nowMs,
    spacingMs: budget.windowMs / budget.requests,
    horizonMs: POINTER_HORIZON_MS,
  });
  if (reserved.reserved) return { granted: true, sendAtMs: reserved.atMs };
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
    return { reason: 'paused', retryAtMs: nowMs + 5_000 + spreadMs };
  }
  if (state.blockedUntilMs > nowMs) {
    return { reason: 'blocked', retryAtMs: state.blockedUntilMs + spreadMs };
  }
  return { reason: 'permit', retryAtMs: nowMs + spreadMs };
}
