import { SluiceError } from '../errors/sluice-error.ts';
import { type BudgetState, emptyBudgetState } from './budget-state.ts';
import type { BudgetStore } from './budget-store.ts';

/** Lost races before a change gives up; with fifty workers on one item, half as many are usual. */
const RACES_MAX = 100;

export const readBudget = async (store: BudgetStore, budgetId: string): Promise<BudgetState> =>
  (await store.find(budgetId)) ?? emptyBudgetState;

/**
 * Applies `change` to the budget's state, again on each lost race. `change` answers undefined where
 * there is nothing to do. Throws `store.unavailable` where it cannot be stored.
 */
export async function changeBudget(
  store: BudgetStore,
  budgetId: string,
  change: (state: BudgetState) => BudgetState | undefined,
): Promise<void> {
  let state = await readBudget(store, budgetId);
  for (let race = 0; race < RACES_MAX; race += 1) {
    const changed = change(state);
    if (!changed) return;
    const next = { ...changed, version: state.version + 1 };
    const written = await store.replace(budgetId, next, state.version);
    if (written.stored) return;
    state = written.current;
  }
  throw new SluiceError(
    'store.unavailable',
    `the budget ${budgetId} is written by too many at once`,
  );
}
