/**
 * A budget: one limit of one account. The vendor's documented value, its source and our margin are
 * data (`BudgetLimit`, a row of a provider's table); a `Budget` is such a row for one account with
 * the config's override applied.
 */
import type { BudgetOverride } from '../config/sluice-config.ts';
import { invariant } from '../kernel/invariant.ts';
import { sum } from '../kernel/sum.ts';

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
  /** Taken off `requests` for lateness and the network's jitter; zero where the rule is exact. */
  readonly margin: number;
  /**
   * A nominal budget of the same account under which these calls fall as well, and of which they take
   * no slot: it leaves room for all of them at once, whenever they come.
   */
  readonly ridesOn?: string;
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
  /** The id of the budget that leaves room for this one's calls, where it does. */
  readonly ridesOn?: string;
  /** The calls of riders that are already taken off `requests`. */
  readonly carriedRequests?: number;
}

export const budgetId = (provider: string, account: string, name: string): string =>
  `${provider}/${account}/${name}`;

/** Whose budget an id names. */
export const accountOfBudget = (id: string): string => id.split('/')[1] ?? '';

/** A rider of more than this share would cost the other calls more than a write is worth. */
const RIDER_SHARE_MAX = 0.1;

/**
 * The budgets of `account` under `limits`, tightened or loosened by the config's overrides, with the
 * room for riders taken off what carries them.
 */
export function describeBudgets(
  provider: string,
  account: string,
  limits: readonly BudgetLimit[],
  overrides: Readonly<Record<string, BudgetOverride>>,
): readonly Budget[] {
  const rows = limits.map((limit) => ({
    limit,
    budget: describeBudget(provider, account, limit, overrides),
  }));
  const carrierOf = ({ limit, budget }: (typeof rows)[number]): Budget | undefined => {
    const carrier = rows.find((row) => row.limit.budget === limit.ridesOn)?.budget;
    return carrier && mayRide(budget, carrier) ? carrier : undefined;
  };
  return rows.map((row) => {
    const riders = rows.filter((rider) => carrierOf(rider) === row.budget);
    const carriedRequests = sum(riders.map(({ budget }) => budget.requests));
    const ridesOn = carrierOf(row)?.id;
    return {
      ...row.budget,
      requests: row.budget.requests - carriedRequests,
      ...(carriedRequests > 0 ? { carriedRequests } : {}),
      ...(ridesOn === undefined ? {} : { ridesOn }),
    };
  });
}

/**
 * A strict budget bounds its calls in any window, so a shorter window of the carrier never holds more
 * of them than `rider.requests`. An exact carrier has to see every call.
 */
const mayRide = (rider: Budget, carrier: Budget): boolean =>
  rider.mode === 'strict' &&
  carrier.mode === 'nominal' &&
  rider.windowMs >= carrier.windowMs &&
  rider.requests <= RIDER_SHARE_MAX * carrier.requests;

/** What a call has to hold, of all the budgets it falls under: a rider's carrier it does not. */
export const budgetsToHold = (budgets: readonly Budget[]): readonly Budget[] =>
  budgets.filter(({ id }) => !budgets.some(({ ridesOn }) => ridesOn === id));

/** Throws where a row says that it rides, and as documented it could not, or would break the limit. */
export function assertRidersFit(limits: readonly BudgetLimit[]): void {
  for (const limit of limits.filter(({ ridesOn }) => ridesOn !== undefined)) {
    const rider = describeBudgets('any', 'any', limits, {}).find(
      ({ name }) => name === limit.budget,
    );
    invariant(rider?.ridesOn !== undefined, `${limit.budget} cannot ride on ${limit.ridesOn}`);
    const carrier = limits.find(({ budget }) => budget === limit.ridesOn);
    invariant(carrier && carrier.margin > 0, `${limit.ridesOn} has a margin beside its riders`);
  }
}

function describeBudget(
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
