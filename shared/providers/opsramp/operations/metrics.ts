/** Metrics. Not below the tenant's path but beside it. */
import * as z from 'zod';
import { Epoch, get, Id, post, Text } from './rows.ts';

/** Names its tenant in the query, where every other path does. */
export const METRIC_SEARCH_PATH = '/api/v2/metric/search';

const OF_TENANT = '/api/v2/metric/tenants/{tenantId}';

const Decimal = z.string().regex(/^-?\d{1,15}(\.\d{1,9})?$/, 'must be a number, as text');
const EpochText = z.string().regex(/^\d{9,10}$/, 'must be seconds since 1970, as text');

export const MetricName = z.string().regex(/^[\w.:-]{1,128}$/, 'must be the name of a metric');

export const metrics = {
  /** The value of an instant is that value, however often it is sent. */
  pushMetric: post(
    'metrics.push',
    `${OF_TENANT}/rtypes/{rtype}/resources/{id}/metrics/{metric}`,
    'idempotent',
    z
      .array(
        z.strictObject({
          metricName: MetricName,
          instanceName: Text.optional(),
          instanceVal: Decimal,
          ts: EpochText,
        }),
      )
      .min(1)
      .max(1_000),
    { path: { metric: MetricName, rtype: MetricName } },
  ),
  searchMetrics: get('metrics.search', METRIC_SEARCH_PATH, {
    rtype: MetricName,
    resource: Id,
    metric: MetricName,
    startTime: Epoch,
    endTime: Epoch,
    timeseries_type: z.enum(['RealTime', 'CHANGE_DETECTION', 'FORECAST']).optional(),
  }),
  /** 201 where it is new, 200 where it was there. */
  ensureMetricType: post(
    'metrics.type',
    `${OF_TENANT}/metrictype`,
    'idempotent',
    z.strictObject({
      metricName: MetricName,
      displayName: Text.optional(),
      unit: Text.optional(),
      type: Text.optional(),
      description: Text.optional(),
    }),
  ),
} as const;
