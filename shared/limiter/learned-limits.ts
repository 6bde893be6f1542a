/**
 * What this process knows of the limits that vendors have told: nominal budgets reserve without
 * reading their item, so the limit in force is remembered and read anew at most once a minute.
 */
import type { Clock } from '../kernel/clock.ts';
import { seconds } from '../kernel/duration.ts';
import type { Budget } from './budget.ts';
import type { BudgetState } from './budget-state.ts';
import type { BudgetStore } from './budget-store.ts';
import { changeBudget, readBudget } from './compare-and-set.ts';
import { requestsAllowed } from './window.ts';

export interface LearnedLimits {
  /** The limit in force; read from the store where nothing fresh is remembered. */
  requestsOf(budget: Budget): Promise<number>;
  /** Stores what the vendor told, unless it is remembered already. */
  learn(budget: Budget, requests: number): Promise<void>;
  /** Takes the limit in force from a state that was read anyway. */
  note(budget: Budget, state: BudgetState): void;
}

const FRESH_MS = seconds(60);

export function createLearnedLimits(store: BudgetStore, clock: Clock): LearnedLimits {
  const memory = new Map<string, { readonly requests: number; readonly atMs: number }>();
  const findRemembered = ({ id }: Budget): number | undefined => {
    const known = memory.get(id);
    return known && clock.nowMs() - known.atMs < FRESH_MS ? known.requests : undefined;
  };
  const remember = ({ id }: Budget, requests: number): number => {
    memory.set(id, { requests, atMs: clock.nowMs() });
    return requests;
  };
  return {
    note: (budget, state) => remember(budget, requestsAllowed(budget, state)),
    requestsOf: async (budget) =>
      findRemembered(budget) ??
      remember(budget, requestsAllowed(budget, await readBudget(store, budget.id))),
    async learn(budget, requests) {
      const allowed = requestsAllowed(budget, { learnedRequests: requests });
      if (findRemembered(budget) === allowed) return;
      await changeBudget(store, budget.id, (state) => withLearned(state, budget, requests));
      remember(budget, allowed);
    },
  };
}

/** Undefined where the state says so already. */
function withLearned(
  { learnedRequests: known, ...state }: BudgetState,
  budget: Budget,
  requests: number,
): BudgetState | undefined {
  const learnedRequests = requests < budget.requests ? requests : undefined;
  if (learnedRequests === known) return undefined;
  return learnedRequests === undefined ? state : { ...state, learnedRequests };
}
