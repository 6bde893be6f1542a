import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { MetricName, metrics } from '../shared/config/metrics.ts';
import { deploymentName } from '../shared/config/prefix.ts';

/** A metric that the functions write, under the dimensions that they write it under. */
export type FunctionMetric = <Name extends MetricName>(
  name: Name,
  dimensions: Readonly<Record<(typeof metrics)[Name]['dimensions'][number], string>>,
  options: MetricOptions,
) => Metric;

/** Those of one deployment. */
export const functionMetricsOf =
  (prefix: string): FunctionMetric =>
  (name, dimensions, options) =>
    new Metric({
      namespace: deploymentName(prefix),
      metricName: name,
      dimensionsMap: { ...dimensions },
      ...options,
    });
