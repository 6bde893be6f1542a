/** How many jobs a month the vendors' limits let through. Pure. */
import { parseConfig } from '../../shared/config/sluice-config.ts';
import { invariant } from '../../shared/kernel/invariant.ts';
import type { Budget } from '../../shared/limiter/budget.ts';
import { listBudgets } from '../../shared/providers/list-budgets.ts';
import { accountOf } from '../../test/support/sample-accounts.ts';
import { ACCOUNT } from '../../test/support/scenario/scenario-vendor.ts';
import { SECONDS_A_MONTH } from './assumptions.ts';

const budgets: readonly Budget[] = ['automox', 'amp'].flatMap((vendor) =>
  listBudgets(parseConfig({ accounts: { [ACCOUNT]: accountOf(vendor) } })),
);

export const callsPerMonth = ({ requests, windowMs }: Budget): number =>
  (requests * SECONDS_A_MONTH * 1_000) / windowMs;

/** The budget that binds a job with these calls, and how many such jobs it allows one account a month. */
export function bindingBudget(calls: Readonly<Record<string, number>>): {
  readonly budget: Budget;
  readonly jobsPerMonth: number;
} {
  const [binding] = Object.entries(calls)
    .map(([id, perJob]) => {
      const budget = budgets.find((it) => it.id === id);
      invariant(budget !== undefined, `there is no budget ${id}`);
      return { budget, jobsPerMonth: callsPerMonth(budget) / perJob };
    })
    .sort((a, b) => a.jobsPerMonth - b.jobsPerMonth);
  invariant(binding !== undefined, 'a job makes calls');
  return binding;
}

export const accountsFor = (jobs: number, calls: Readonly<Record<string, number>>): number =>
  Math.max(1, Math.ceil(jobs / bindingBudget(calls).jobsPerMonth));
