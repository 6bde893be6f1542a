/**
 * Which lane a request is in: a category of paths and a kind of request.
 *
 * Neither is documented path by path; this follows the categories' names. A GET with side effects is
 * counted as the write it is, and a listing as paged whether or not it names a page.
 */
import type { WireHead } from '../frame/wire.ts';

export const CATEGORIES = ['alerts', 'metric', 'device', 'tickets', 'other'] as const;
export type Category = (typeof CATEGORIES)[number];

export const LANE_KINDS = ['get', 'paged', 'write'] as const;
export type LaneKind = (typeof LANE_KINDS)[number];

export interface Lane {
  readonly category: Category;
  readonly kind: LaneKind;
}

/** Starts of a path below the tenant. */
const STARTS: readonly (readonly [start: RegExp, category: Category])[] = [
  [/^\/alert/, 'alerts'],
  [/^\/(resources|devices|deviceGroups|serviceGroups|sites|customAttributes)(\/|$)/, 'device'],
  [
    /^\/(incidents|serviceRequests|changeRequests|problems|tasks|timeBoundRequests)(\/|$)/,
    'tickets',
  ],
];

const ACTING_GETS: readonly RegExp[] = [
  /^\/jobs\/[^/]+\/run$/,
  /^\/managementProfiles\/[^/]+\/(attach|detach|reconnectTunnel)$/,
  /^\/policies\/discovery\/action\/scan\/[^/]+$/,
  /^\/policies\/management\/[^/]+\/action\/run$/,
];

const LISTINGS: readonly RegExp[] = [
  /\/search$/,
  /^\/alerts\/[^/]+\/(comments|occurrences)$/,
  /^\/alertStatusHistory\/[^/]+$/,
  /^\/resources\/patches$/,
  /^\/patches\/[^/]+\/(scan|install)\/status$/,
  /^\/rba\/(categories|categories\/[^/]+\/scripts|scripts\/[^/]+\/paginatedOutputs)$/,
  /^\/integrations\/(activity|installed\/[^/]+\/events)$/,
];

const BELOW_TENANT = /^\/(?:api\/)?v2\/(?:(metric|exports)\/)?tenants\/([^/]+)(\/.*)?$/;

const METRIC_SEARCH = '/api/v2/metric/search';

/** The tenant that a request names, in its path or, for metrics alone, in its query. */
export function tenantNameOf({ path, query }: WireHead): string | undefined {
  if (path === METRIC_SEARCH) return query.get('tenant') ?? undefined;
  return BELOW_TENANT.exec(path)?.[2];
}

export function laneOf({ method, path, query }: WireHead): Lane {
  const [, service, , below = '/'] = BELOW_TENANT.exec(path) ?? [];
  const isMetric = service === 'metric' || path === METRIC_SEARCH;
  const found = STARTS.find(([start]) => service === undefined && start.test(below));
  const category = isMetric ? 'metric' : (found?.[1] ?? 'other');
  return { category, kind: kindOf(method, below, query, isMetric) };
}

function kindOf(
  method: string,
  below: string,
  query: URLSearchParams,
  isMetric: boolean,
): LaneKind {
  if (method !== 'GET' || ACTING_GETS.some((pattern) => pattern.test(below))) return 'write';
  const isListing = !isMetric && LISTINGS.some((pattern) => pattern.test(below));
  return isListing || query.has('pageNo') ? 'paged' : 'get';
}
