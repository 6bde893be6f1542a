/**
 * A budget: one limit of one account. The vendor's documented value, its source and our margin are
 * data (`BudgetLimit`, a row of a provider's table); a `Budget` is such a row for one account with
 * the config's override applied.
 */
import type { BudgetOverride } from '../config/sluice-config.ts';

/**
 * - `strict`: no window of `windowMs` ever holds more than `requests`, counted at the vendor.
 * - `nominal`: calls are spaced evenly below the limit; exact up to the network's jitter. For windows
 *   of a second, where exactness would cost a third of the rate.
 */
export type BudgetMode = 'strict' | 'nominal';

export interface BudgetLimit {
  readonly budget: string;
  /** The vendor's documented number of requests in any window. */
  readonly requests: number;
  readonly windowMs: number;
  /** Taken off `requests` for the network's jitter; zero where the rule is exact. */
  readonly margin: number;
  readonly mode: BudgetMode;
  /** How long a 429 without any instruction blocks the budget. */
  readonly throttledMs: number;
  readonly source: string;
}

export interface Budget {
  /** `provider/account/name`. */
  readonly id: string;
  readonly name: string;
  readonly requests: number;
  readonly windowMs: number;
  readonly mode: BudgetMode;
  readonly throttledMs: number;
}

export const budgetId = (provider: string, account: string, name: string): string =>
  `${provider}/${account}/${name}`;

/** Whose budget an id names. */
export const accountOfBudget = (id: string): string => id.split('/')[1] ?? '';

/** The budget of `account` under `limit`, tightened or loosened by the config's override if any. */
export function describeBudget(
  provider: string,
  account: string,
  limit: BudgetLimit,
  overrides: Readonly<Record<string, BudgetOverride>>,
): Budget {
  const id = budgetId(provider, account, limit.budget);
  const override = overrides[id] ?? {};
  return {
    id,
    name: limit.budget,
    requests: override.requests ?? limit.requests - limit.margin,
    windowMs: override.windowSeconds === undefined ? limit.windowMs : override.windowSeconds * 1000,
    mode: override.mode ?? limit.mode,
    throttledMs: limit.throttledMs,
  };
}
