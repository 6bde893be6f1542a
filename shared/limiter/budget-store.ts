import type { BudgetState } from './budget-state.ts';

/** One phase of the grid, from one frame through another. */
export interface PhaseTake {
  readonly phase: number;
  readonly fromFrame: number;
  readonly throughFrame: number;
}

export interface SlotTake {
  readonly nowMs: number;
  /** Names the grid that phases and frames are of. */
  readonly spacingMs: number;
  readonly phases: readonly PhaseTake[];
}

export interface GridChange {
  readonly fromSpacingMs: number;
  readonly spacingMs: number;
  readonly startsAtMs: number;
}

export type SlotsTaken =
  | { readonly taken: true }
  | { readonly taken: false; readonly state: BudgetState };

/**
 * One item per budget. Every write is atomic and conditional; `replace` is compare-and-set on
 * `version`. Throws `store.unavailable` when the store does not answer; the caller then knows nothing.
 */
export interface BudgetStore {
  /** Consistent read. */
  find(budgetId: string): Promise<BudgetState | undefined>;
  /** Stores `next`, all but its grid, if the item's version is still `expectedVersion` (0: no item yet). */
  replace(
    budgetId: string,
    next: BudgetState,
    expectedVersion: number,
  ): Promise<{ readonly stored: true } | { readonly stored: false; current: BudgetState }>;
  /**
   * Takes all of `phases` or none, without comparing versions, so that any number of workers proceed
   * at once. Refused where one of them is taken in its first frame or later, while blocked or paused,
   * and where the item has another grid; an item without a grid is given this one. Leaves `version`
   * as it is: a take and a `replace` never undo each other.
   */
  takeSlots(budgetId: string, take: SlotTake): Promise<SlotsTaken>;
  /** Lays another grid, of which nothing is taken; does nothing where the item's is not `fromSpacingMs`. */
  changeGrid(budgetId: string, change: GridChange): Promise<void>;
}
