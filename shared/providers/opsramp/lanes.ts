/**
 * Which lane of the limits a call falls under. OpsRamp names categories and no paths, so this follows
 * their names; what is in doubt is charged to the smaller lane.
 */
import type { Operation } from '../../jobs/operation.ts';
import type { BudgetName, Category, LaneKind } from './limits.ts';

export const TENANT = '/api/v2/tenants/{tenantId}';

/** The first that fits, below the tenant. */
const categories: readonly (readonly [path: RegExp, category: Category])[] = [
  [/^\/alert/, 'alerts'],
  [/^\/(resource|devices|deviceGroups|serviceGroups|sites|customAttributes)/, 'device'],
  [/^\/(incidents|serviceRequests|changeRequests|problems|tasks|timeBoundRequests)\b/, 'tickets'],
];

interface Charged extends Pick<Operation, 'method' | 'path' | 'repeat'> {
  /** Takes a page number, or answers a list that OpsRamp pages. */
  readonly paged?: boolean;
}

export const laneOf = ({ path, ...call }: Charged): BudgetName =>
  `${categoryOf(path)}.${kindOf(call)}`;

function categoryOf(path: string): Category {
  if (path.startsWith('/api/v2/metric/')) return 'metric';
  const below = path.startsWith(TENANT) ? path.slice(TENANT.length) : '';
  return categories.find(([pattern]) => pattern.test(below))?.[1] ?? 'other';
}

/** A GET that changes something is no read, whatever its method says. */
function kindOf({ method, repeat, paged }: Omit<Charged, 'path'>): LaneKind {
  if (method !== 'GET' || repeat !== 'safe') return 'write';
  return paged ? 'paged' : 'get';
}
