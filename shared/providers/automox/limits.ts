/** The limits of the Automox console, as data. */
import { minutes, seconds } from '../../kernel/duration.ts';
import { assertRidersFit, type BudgetLimit } from '../../limiter/budget.ts';

export const limits = [
  {
    budget: 'servers.batch',
    requests: 5,
    windowMs: minutes(1),
    margin: 0,
    mode: 'strict',
    ridesOn: 'account',
    throttledMs: minutes(1),
    source: 'Automox developer portal: Rate Limiting ("/servers/batch has a limit of 5 a minute")',
  },
  {
    // "Under 30": the thirtieth is one too many, and locks the listing for a minute.
    // It does not ride: room for 29 at once would cost the account a third of its rate.
    budget: 'servers.list',
    requests: 29,
    windowMs: minutes(1),
    margin: 0,
    mode: 'strict',
    throttledMs: minutes(1),
    source: 'Automox console API, OpenAPI description: GET /servers ("under 30 requests a minute")',
  },
  {
    // Counted per user account over all of its keys, every other lane included. A call may be late by
    // two of its slots, so 93 slots a second can be 95 calls; 5 of servers.batch may ride beside them.
    budget: 'account',
    requests: 100,
    windowMs: seconds(1),
    margin: 2,
    mode: 'nominal',
    throttledMs: seconds(1),
    source: 'Automox developer portal: Rate Limiting ("100 authenticated requests per second")',
  },
] as const satisfies readonly BudgetLimit[];

assertRidersFit(limits);

export type BudgetName = (typeof limits)[number]['budget'];

/**
 * Lines in which a tenant's jobs wait that only the limit of a second binds and whose order does not
 * matter. Each line has one call on the way, and a job of one call takes it about half a second in
 * all: fewer lines could not use the limit.
 */
export const ACCOUNT_LINES = 64;
