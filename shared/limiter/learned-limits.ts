/**
 * The limits that vendors tell in their answers. What was stored is remembered, so that answers that
 * say the same cost neither a read nor a write for a minute.
 */
import type { Clock } from '../kernel/clock.ts';
import { seconds } from '../kernel/duration.ts';
import type { Budget } from './budget.ts';
import type { BudgetState } from './budget-state.ts';
import type { BudgetStore } from './budget-store.ts';
import { changeBudget } from './compare-and-set.ts';
import { requestsAllowed } from './window.ts';

export interface LearnedLimits {
  /** Stores what the vendor told, unless it is remembered already. */
  learn(budget: Budget, requests: number): Promise<void>;
}

const FRESH_MS = seconds(60);

export function createLearnedLimits(store: BudgetStore, clock: Clock): LearnedLimits {
  const memory = new Map<string, { readonly requests: number; readonly atMs: number }>();
  return {
    async learn(budget, requests) {
      const allowed = requestsAllowed(budget, { learnedRequests: requests });
      const known = memory.get(budget.id);
      const fresh = known !== undefined && clock.nowMs() - known.atMs < FRESH_MS;
      if (fresh && known.requests === allowed) return;
      await changeBudget(store, budget.id, (state) => withLearned(state, budget, requests));
      memory.set(budget.id, { requests: allowed, atMs: clock.nowMs() });
    },
  };
}

/** Undefined where the state says so already. */
function withLearned(
  { learnedRequests: known, ...state }: BudgetState,
  budget: Budget,
  requests: number,
): BudgetState | undefined {
  const ours = budget.requests + (budget.carriedRequests ?? 0);
  const learnedRequests = requests < ours ? requests : undefined;
  if (learnedRequests === known) return undefined;
  return learnedRequests === undefined ? state : { ...state, learnedRequests };
}
