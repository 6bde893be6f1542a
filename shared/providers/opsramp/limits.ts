/**
 * The limits of OpsRamp, as data: requests of a tenant in any minute, by category of its paths and by
 * kind of call. All integrations of the tenant share them.
 */
import { minutes } from '../../kernel/duration.ts';
import type { BudgetLimit } from '../../limiter/budget.ts';

export type Category = 'alerts' | 'metric' | 'device' | 'tickets' | 'other';

/** `get` reads one thing, `paged` a list with page numbers, `write` changes something. */
export type LaneKind = 'get' | 'paged' | 'write';

export type BudgetName = `${Category}.${LaneKind}`;

export type Scope = 'client' | 'partner';

const PORTAL = 'OpsRamp developer portal: API overview, rate limits';

/** Requests a minute: of a client, of a partner. */
const requests = {
  'alerts.get': [500, 1_500],
  'alerts.paged': [50, 150],
  'alerts.write': [200, 600],
  'metric.get': [500, 1_500],
  'metric.paged': [50, 150],
  'metric.write': [5_000, 15_000],
  'device.get': [500, 1_500],
  'device.paged': [50, 150],
  'device.write': [25, 75],
  'tickets.get': [500, 1_500],
  'tickets.paged': [50, 150],
  'tickets.write': [50, 150],
  'other.get': [500, 1_500],
  'other.paged': [50, 150],
  'other.write': [50, 150],
} as const satisfies Record<BudgetName, readonly [client: number, partner: number]>;

const budgetNames = Object.keys(requests) as BudgetName[];

const limitsFor = (scope: Scope): readonly BudgetLimit[] =>
  budgetNames.map((budget) => ({
    budget,
    requests: requestsAMinute(budget, scope),
    windowMs: minutes(1),
    margin: 0,
    mode: 'strict',
    throttledMs: minutes(1),
    source: `${PORTAL} (${scope} column)`,
  }));

export const requestsAMinute = (budget: BudgetName, scope: Scope): number =>
  requests[budget][scope === 'client' ? 0 : 1];

export const limits: Readonly<Record<Scope, readonly BudgetLimit[]>> = {
  client: limitsFor('client'),
  partner: limitsFor('partner'),
};
