import { type BudgetState, emptyBudgetState } from '../../../shared/limiter/budget-state.ts';
import type { BudgetStore, PointerReservation } from '../../../shared/limiter/budget-store.ts';

/** The budgets table in memory. States go in and out as copies. */
export function createMemoryBudgetStore(): BudgetStore {
  const items = new Map<string, BudgetState>();
  const stateOf = (id: string): BudgetState => structuredClone(items.get(id) ?? emptyBudgetState);
  return {
    find: async (id) => structuredClone(items.get(id)),
    async replace(id, next, expectedVersion) {
      const { version, pointerAtMs } = items.get(id) ?? emptyBudgetState;
      if (version !== expectedVersion) return { stored: false, current: stateOf(id) };
      items.set(id, structuredClone({ ...next, pointerAtMs }));
      return { stored: true };
    },
    async reservePointer(id, request) {
      const state = stateOf(id);
      if (!mayReserve(state, request)) return { reserved: false, state };
      const atMs = Math.max(state.pointerAtMs, request.nowMs);
      items.set(id, { ...state, pointerAtMs: atMs + request.spacingMs });
      return { reserved: true, atMs };
    },
  };
}

const mayReserve = (
  { pausedSinceMs, blockedUntilMs, pointerAtMs }: BudgetState,
  { nowMs, spacingMs, horizonMs }: PointerReservation,
): boolean =>
  pausedSinceMs === undefined &&
  blockedUntilMs <= nowMs &&
  (pointerAtMs < nowMs || pointerAtMs + spacingMs <= nowMs + horizonMs);
