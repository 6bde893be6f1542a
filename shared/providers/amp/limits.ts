/** The limit of the Cisco AMP API, as data: one, of the whole business. */
import { hours } from '../../kernel/duration.ts';
import type { BudgetLimit } from '../../limiter/budget.ts';

export const limits = [
  {
    // Every answer counts, errors included. The documentation names no number; every answer does.
    budget: 'account',
    requests: 3_000,
    windowMs: hours(1),
    margin: 0,
    mode: 'strict',
    throttledMs: hours(1),
    source:
      'Cisco AMP for Endpoints API: Rate Limits ("a limited number of requests every hour"); X-RateLimit-Limit, observed',
  },
] as const satisfies readonly BudgetLimit[];

export type BudgetName = (typeof limits)[number]['budget'];
