import { type BudgetState, emptyBudgetState } from '../../../shared/limiter/budget-state.ts';
import type { BudgetStore, SlotTake } from '../../../shared/limiter/budget-store.ts';
import { isTaken } from '../../../shared/limiter/slot-grid.ts';

/** The budgets table in memory. States go in and out as copies. */
export function createMemoryBudgetStore(): BudgetStore {
  const items = new Map<string, BudgetState>();
  const stateOf = (id: string): BudgetState => structuredClone(items.get(id) ?? emptyBudgetState);
  return {
    find: async (id) => structuredClone(items.get(id)),
    async replace(id, next, expectedVersion) {
      const { version, grid } = items.get(id) ?? emptyBudgetState;
      if (version !== expectedVersion) return { stored: false, current: stateOf(id) };
      const { grid: _grid, ...replaced } = next;
      items.set(id, structuredClone({ ...replaced, ...(grid && { grid }) }));
      return { stored: true };
    },
    async takeSlots(id, take) {
      const state = stateOf(id);
      if (!mayTake(state, take)) return { taken: false, state };
      const { spacingMs } = take;
      const { startsAtMs = 0, takenThrough = {} } = state.grid ?? {};
      const taken = take.phases.map(({ phase, throughFrame }) => [phase, throughFrame]);
      const through = { ...takenThrough, ...Object.fromEntries(taken) };
      items.set(id, { ...state, grid: { spacingMs, startsAtMs, takenThrough: through } });
      return { taken: true };
    },
    async changeGrid(id, { fromSpacingMs, spacingMs, startsAtMs }) {
      const state = stateOf(id);
      if (state.grid?.spacingMs !== fromSpacingMs) return;
      items.set(id, { ...state, grid: { spacingMs, startsAtMs, takenThrough: {} } });
    },
  };
}

const mayTake = (
  { pausedSinceMs, blockedUntilMs, grid }: BudgetState,
  { nowMs, spacingMs, phases }: SlotTake,
): boolean =>
  pausedSinceMs === undefined &&
  blockedUntilMs <= nowMs &&
  (grid === undefined || grid.spacingMs === spacingMs) &&
  phases.every(({ phase, fromFrame }) => !isTaken(grid?.takenThrough ?? {}, phase, fromFrame));
