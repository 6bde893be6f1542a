/** The vendor's limits, as data. Each row says who says so. */
import { minutes, seconds } from '../../../shared/kernel/duration.ts';
import type { BudgetLimit } from '../../../shared/limiter/budget.ts';

export const limits = [
  {
    budget: 'things.write',
    requests: 20,
    windowMs: minutes(1),
    margin: 0,
    mode: 'strict',
    throttledMs: minutes(1),
    source: 'Template API: Rate limits ("20 changes a minute")',
  },
  {
    // Spent by every call, so it is the last of every row. Windows of a second are nominal.
    budget: 'account',
    requests: 50,
    windowMs: seconds(1),
    margin: 3,
    mode: 'nominal',
    throttledMs: seconds(1),
    source: 'Template API: Rate limits ("50 requests per second and account")',
  },
] as const satisfies readonly BudgetLimit[];

export type BudgetName = (typeof limits)[number]['budget'];
