/** `opsramp.metrics.query`: the values of one metric of one resource over a time. */
import * as z from 'zod';
import { SluiceError } from '../../../errors/sluice-error.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { MetricName } from '../operations/metrics.ts';
import { Id } from '../operations/rows.ts';
import { operations } from '../operations.ts';
import { Instant } from '../query-string.ts';

export const MetricsQueryParams = z
  .strictObject({
    resourceId: Id.describe('The resource.'),
    resourceType: MetricName.default('DEVICE').describe('What kind it is, as OpsRamp names it.'),
    metric: MetricName.describe('The metric.'),
    since: Instant.describe('From this instant on, ISO 8601.'),
    until: Instant.describe('To this instant. Beyond a day OpsRamp sums up.'),
    series: z
      .enum(['RealTime', 'CHANGE_DETECTION', 'FORECAST'])
      .default('RealTime')
      .describe('What was measured, or what OpsRamp makes of it.'),
  })
  .refine(({ since, until }) => Date.parse(since) < Date.parse(until), {
    path: ['until'],
    error: 'must be later than "since"',
  });
export type MetricsQueryParams = z.output<typeof MetricsQueryParams>;

export const metricsQuery: JobType<MetricsQueryParams> = {
  type: 'opsramp.metrics.query',
  provider: 'opsramp',
  description: 'Reads the values of one metric of one resource, as NDJSON.',
  params: MetricsQueryParams,
  example: {
    resourceId: '0d9a3a4e-2f3f-4f6e-9b9e-5c1a2b3c4d5e',
    metric: 'system.cpu.usage',
    since: '2026-03-01T00:00:00Z',
    until: '2026-03-01T06:00:00Z',
  },
  budget: 'metric.get',
  shards: 4,
  cost: {
    operations: [operations.searchMetrics],
    calls: 'one',
  },
  execute: queryMetrics,
};

async function queryMetrics(context: JobContext, params: MetricsQueryParams): Promise<JobEnd> {
  const { resourceId, resourceType, metric, series } = params;
  const { body } = await context.call({
    operation: operations.searchMetrics,
    key: 'search',
    query: {
      rtype: resourceType,
      resource: resourceId,
      metric,
      startTime: epochSeconds(params.since),
      endTime: epochSeconds(params.until),
      timeseries_type: series,
    },
  });
  if (!Array.isArray(body)) {
    throw new SluiceError('provider.malformed-answer', 'the answer is not a list of series');
  }
  await context.putPart(0, body);
  return { status: 'succeeded', summary: `${body.length} series of ${metric} read`, parts: 1 };
}

const epochSeconds = (instant: string): number => Math.floor(Date.parse(instant) / 1_000);
