import type { BudgetState } from './budget-state.ts';

export interface PointerReservation {
  readonly nowMs: number;
  /** Milliseconds between two calls. May be fractional. */
  readonly spacingMs: number;
  /** No slot is given further ahead than this. */
  readonly horizonMs: number;
}

export type PointerReserved =
  | { readonly reserved: true; readonly atMs: number }
  | { readonly reserved: false; readonly state: BudgetState };

/**
 * One item per budget. Every write is atomic and conditional; `replace` is compare-and-set on
 * `version`. Throws `store.unavailable` when the store does not answer; the caller then knows nothing.
 */
export interface BudgetStore {
  /** Consistent read. */
  find(budgetId: string): Promise<BudgetState | undefined>;
  /** Stores `next` if the item's version is still `expectedVersion` (0: no item yet). */
  replace(
    budgetId: string,
    next: BudgetState,
    expectedVersion: number,
  ): Promise<{ readonly stored: true } | { readonly stored: false; current: BudgetState }>;
  /**
   * Moves the pointer one spacing on and answers the slot it passed, without compare-and-set, so
   * that any number of workers proceed at once. Refused while blocked, paused or past the horizon.
   * Leaves `version` as it is: a pointer move and a `replace` never undo each other.
   */
  reservePointer(budgetId: string, request: PointerReservation): Promise<PointerReserved>;
}
