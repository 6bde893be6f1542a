import { days } from '../../../shared/kernel/duration.ts';
import { pick } from '../frame/sampling.ts';
import { jsonResponse, type WireResponse } from '../frame/wire.ts';
import { type AlertRecord, openAlert } from './alert-record.ts';
import { findDate, zonedDate } from './dates.ts';
import { fieldErrors, refuse } from './errors.ts';
import {
  has,
  type Matcher,
  pageOf,
  parsePositive,
  same,
  searchPage,
  since,
  until,
} from './listing.ts';
import { parseQueryString, type Query } from './query-string.ts';
import { getNamed, type OpsRampRoute, type TenantCall, tenantRoute } from './tenant-route.ts';
import type { Row, World } from './world.ts';

type Alert = AlertRecord['alert'];

const OCCURRENCES_MAX = 100;

export const alertRoutes = (world: World): OpsRampRoute[] => [
  tenantRoute(world, 'GET', '/alerts/search', (call) => {
    turnPage(call);
    const alerts = [...call.tenant.alerts.values()].map(({ alert }) => alert);
    return searchPage(call, alerts, { keys: searchKeys(call.nowMs), sortName: 'uniqueId' });
  }),
  tenantRoute(world, 'GET', '/alerts/:id', (call) =>
    jsonResponse(200, getNamed(call, call.tenant.alerts).alert),
  ),
  tenantRoute(world, 'GET', '/alerts/:id/comments', (call) =>
    pageOf(call, getNamed(call, call.tenant.alerts).comments, BY_DATE),
  ),
  tenantRoute(world, 'GET', '/alertStatusHistory/:id', (call) =>
    pageOf(call, getNamed(call, call.tenant.alerts).history, BY_DATE),
  ),
  tenantRoute(world, 'GET', '/alerts/:id/occurrences', occurrences),
];

const BY_DATE = { keys: {}, sortName: 'createdDate' };

/** Newer alerts come in between two pages, and shift what the second one shows. */
function turnPage({ world, tenant, query, nowMs }: TenantCall): void {
  if ((parsePositive(query, 'pageNo') ?? 1) === 1) return;
  for (let index = 0; index < world.settings.alertsPerPageTurn; index++) {
    openAlert(world, tenant, {
      subject: `Arrived while paging: ${tenant.alerts.size}`,
      description: '',
      state: 'Info',
      serviceName: 'system.ping',
      component: String(tenant.alerts.size),
      alertType: 'Monitoring',
      app: 'OPSRAMP',
      priority: 'P5',
      resource: pick(world.random, [...tenant.resources.values(), undefined]),
      atMs: nowMs,
    });
  }
}

/** What may stand in the query string of a search. `alertTimeBase` says which date is meant. */
const searchKeys = (nowMs: number): Record<string, Matcher<Alert>> => ({
  states: has('currentState'),
  startDate: since(dateMeant),
  endDate: until(dateMeant),
  priority: has('priority'),
  uniqueId: has('uniqueId'),
  deviceStatus: () => true,
  resourceType: (alert, values) => isAmong(alert.resource?.['resourceType'], values),
  resourceIds: (alert, values) => isAmong(alert.resource?.['id'], values),
  actions: has('status'),
  alertTypes: has('alertType'),
  metrics: has('metric'),
  duration: ({ createdDate }, [count]) => createdDate >= zonedDate(nowMs - days(Number(count))),
  alertTimeBase: () => true,
  clientIds: has('clientUniqueId'),
});

const dateMeant = (alert: Alert, query: Query): string =>
  /updated/i.test(query.get('alertTimeBase')?.[0] ?? '') ? alert.updatedTime : alert.createdDate;

const isAmong = (value: unknown, values: readonly string[]): boolean =>
  values.some((wanted) => same(String(value ?? ''), wanted));

/** Newest first, without totals; `endTime` includes its whole second: the border shows twice. */
function occurrences(call: TenantCall): WireResponse {
  const { alert, occurrences: all } = getNamed(call, call.tenant.alerts);
  const query = parseQueryString(call.query, ['startTime', 'endTime']);
  const [startMs, endMs] = [boundOf(query, 'startTime'), boundOf(query, 'endTime')];
  const found = all
    .filter(({ atMs }) => isBetween(Math.floor(atMs / 1_000) * 1_000, startMs, endMs))
    .toSorted((a, b) => b.atMs - a.atMs);
  const page = found.slice(0, OCCURRENCES_MAX);
  const results = page.map(({ atMs, state }): Row => {
    const { subject, serviceName, component } = alert;
    return { subject, serviceName, component, currentState: state, alertTime: zonedDate(atMs) };
  });
  return jsonResponse(200, {
    results,
    pageSize: OCCURRENCES_MAX,
    nextPage: found.length > page.length,
    startDate: results[0]?.['alertTime'] ?? '',
    endDate: results.at(-1)?.['alertTime'] ?? '',
    descendingOrder: true,
  });
}

const isBetween = (atMs: number, startMs = 0, endMs = Number.POSITIVE_INFINITY): boolean =>
  atMs >= startMs && atMs <= endMs;

function boundOf(query: Query, key: string): number | undefined {
  const text = query.get(key)?.[0];
  if (text === undefined) return undefined;
  return findDate(text) ?? refuse(fieldErrors({ queryString: `${key} is not a date` }));
}
