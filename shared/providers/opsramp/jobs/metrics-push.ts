/** `opsramp.metrics.push`: gives OpsRamp values of one metric of one resource. */
import * as z from 'zod';
import { parseCheckpoint } from '../../../jobs/checkpoint.ts';
import { count } from '../../../jobs/count.ts';
import type { JobContext, JobEnd, JobType } from '../../../jobs/job-type.ts';
import { MetricName } from '../operations/metrics.ts';
import { Id } from '../operations/rows.ts';
import { operations } from '../operations.ts';
import { Instant } from '../query-string.ts';

/** No maximum is documented: so many are a small body. */
const CALL_VALUES_MAX = 500;

/** No largest value is documented: so much has all of its digits before the point. */
const VALUE_MAX = 1e15;

const MetricValue = z.strictObject({
  value: z.number().min(-VALUE_MAX).max(VALUE_MAX).describe('The value, of nine decimals at most.'),
  at: Instant.describe('When it was measured, ISO 8601; OpsRamp keeps whole seconds.'),
  instance: z.string().min(1).max(200).optional().describe('Of which part, such as a disk.'),
});

export const MetricsPushParams = z.strictObject({
  resourceId: Id.describe('The resource.'),
  resourceType: MetricName.default('DEVICE').describe('What kind it is, as the path names it.'),
  metric: MetricName.describe('The metric.'),
  values: z.array(MetricValue).min(1).max(5_000).describe('Its values.'),
});
export type MetricsPushParams = z.output<typeof MetricsPushParams>;

const Checkpoint = z.object({ run: z.int(), sent: z.int() });

export const metricsPush: JobType<MetricsPushParams> = {
  type: 'opsramp.metrics.push',
  provider: 'opsramp',
  description: 'Gives OpsRamp values of one metric of one resource.',
  params: MetricsPushParams,
  example: {
    resourceId: '0d9a3a4e-2f3f-4f6e-9b9e-5c1a2b3c4d5e',
    metric: 'backup.duration',
    values: [{ value: 13.5, at: '2026-03-01T02:00:00Z', instance: 'volume-d' }],
  },
  budget: 'metric.write',
  // The value of an instant is that value, whichever comes first.
  shards: 4,
  cost: {
    operations: [operations.pushMetric],
    calls: 'one for each 500 values',
  },
  execute: pushMetrics,
};

async function pushMetrics(context: JobContext, params: MetricsPushParams): Promise<JobEnd> {
  const { resourceId, resourceType, metric, values } = params;
  const stored = parseCheckpoint(Checkpoint, context.checkpoint);
  let sent = stored?.run === context.run ? stored.sent : 0;
  while (sent < values.length) {
    const chunk = values.slice(sent, sent + CALL_VALUES_MAX);
    await context.call({
      operation: operations.pushMetric,
      key: `values-${sent}`,
      path: { rtype: resourceType, id: resourceId, metric },
      body: chunk.map((value) => toRow(metric, value)),
    });
    sent += chunk.length;
    const progress = { done: sent, total: values.length, unit: 'values' };
    context.checkpointAt({ run: context.run, sent }, progress);
  }
  const did = context.observing ? 'would push' : 'pushed';
  const summary = `${did} ${count(sent, 'value')} of ${metric}`;
  return { status: 'succeeded', summary, data: { resourceId, metric, values: sent } };
}

/** Numbers and instants go as text. */
const toRow = (metricName: string, { value, at, instance }: z.output<typeof MetricValue>) => ({
  metricName,
  ...(instance === undefined ? {} : { instanceName: instance }),
  instanceVal: decimal(value),
  ts: String(Math.floor(Date.parse(at) / 1_000)),
});

/** Never in the notation of powers of ten. */
const decimal = (value: number): string => value.toFixed(9).replace(/\.?0+$/, '');
