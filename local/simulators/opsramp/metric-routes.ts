/** Metrics: values pushed as text with epoch seconds, and series answered as numbers. */
import { days } from '../../../shared/kernel/duration.ts';
import { emptyResponse, jsonResponse, type WireResponse } from '../frame/wire.ts';
import { accessError, fieldErrors, refuseIfAny } from './errors.ts';
import { parsePositive } from './listing.ts';
import {
  isText,
  missingTexts,
  notFound,
  type OpsRampRoute,
  parseBody,
  parseRows,
  routeAt,
  type TenantCall,
} from './tenant-route.ts';
import type { Row, World } from './world.ts';

const PUSH = '/api/v2/metric/tenants/:tenantId/rtypes/:rtype/resources/:id/metrics/:metric';

/** Beyond a day a series is rolled up by the hour. */
const RAW_SPAN_SECONDS = days(1) / 1_000;
const ROLLUP_SECONDS = 3_600;

export const metricRoutes = (world: World): OpsRampRoute[] => [
  routeAt(world, 'POST', PUSH, push),
  routeAt(world, 'GET', '/api/v2/metric/search', search),
  routeAt(world, 'POST', '/api/v2/metric/tenants/:tenantId/metrictype', (call) => {
    const body = parseBody(call);
    refuseIfAny(missingTexts(body, 'metricName', 'displayName'));
    const { metricTypes } = call.tenant.shelves;
    const name = String(body['metricName']);
    if (metricTypes.has(name)) return jsonResponse(200, metricTypes.get(name));
    metricTypes.set(name, { ...body, id: name });
    call.wrote(1);
    return jsonResponse(201, body);
  }),
];

/** As in the documentation's examples, which write numbers and instants as text. */
const DECIMAL = /^-?\d+(\.\d+)?$/;

const seriesKey = (resourceId: string, metric: string): string => `${resourceId} ${metric}`;

/** The same instant twice keeps the later value: a push may be repeated. */
function push(call: TenantCall): WireResponse {
  const { world, tenant, params, wrote } = call;
  const { id = '', metric = '' } = params;
  const rows = parseRows(call);
  if (!tenant.resources.has(id)) return notFound(world, 'resource');
  const isSample = ({ instanceVal, ts }: Row): boolean =>
    isText(instanceVal) && DECIMAL.test(instanceVal) && isText(ts) && /^\d+$/.test(ts);
  if (!rows.every(isSample)) {
    return fieldErrors({
      instanceVal: 'instanceVal must be a decimal number in text, ts epoch seconds in text',
    });
  }
  const series = tenant.metrics.get(seriesKey(id, metric)) ?? new Map<number, number>();
  for (const { ts, instanceVal } of rows) series.set(Number(ts), Number(instanceVal));
  tenant.metrics.set(seriesKey(id, metric), series);
  wrote(rows.length);
  return emptyResponse(200);
}

/** The documentation calls the parameter `metric` in its example and `metricName` in its table. */
function search({ world, tenant, query }: TenantCall): WireResponse {
  const startTime = parsePositive(query, 'startTime');
  const endTime = parsePositive(query, 'endTime');
  const [resource, metric] = [
    query.get('resource'),
    query.get('metric') ?? query.get('metricName'),
  ];
  refuseIfAny({
    ...(resource === null ? { resource: 'is mandatory' } : {}),
    ...(metric === null ? { metric: 'is mandatory' } : {}),
    ...(startTime === undefined ? { startTime: 'is mandatory' } : {}),
    ...(endTime === undefined ? { endTime: 'is mandatory' } : {}),
  });
  const [start, end] = [startTime ?? 0, endTime ?? 0];
  const series = tenant.metrics.get(seriesKey(resource ?? '', metric ?? '')) ?? new Map();
  const points = [...series].filter(([ts]) => ts >= start && ts <= end).sort(([a], [b]) => a - b);
  if (points.length > world.settings.metricPointsMax) {
    return accessError(406, 'not_acceptable', 'Metric data limit exceeded');
  }
  if (points.length === 0) return jsonResponse(200, []);
  const isRaw = end - start <= RAW_SPAN_SECONDS;
  return jsonResponse(200, [isRaw ? { data: Object.fromEntries(points) } : rollUp(points)]);
}

function rollUp(points: readonly (readonly [ts: number, value: number])[]): object {
  const hours = new Map<number, number[]>();
  for (const [ts, value] of points) {
    const hour = Math.floor(ts / ROLLUP_SECONDS) * ROLLUP_SECONDS;
    hours.set(hour, [...(hours.get(hour) ?? []), value]);
  }
  const by = (reduce: (values: readonly number[]) => number): Record<string, number> =>
    Object.fromEntries([...hours].map(([hour, values]) => [String(hour), reduce(values)]));
  return {
    data: by((values) => values.reduce((sum, value) => sum + value, 0) / values.length),
    minVals: by((values) => Math.min(...values)),
    maxVals: by((values) => Math.max(...values)),
  };
}
