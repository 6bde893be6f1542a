import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { METRICS_NAMESPACE, type MetricName, type metrics } from '../shared/config/metrics.ts';

/** A metric that the functions write, under the dimensions that they write it under. */
export const functionMetric = <Name extends MetricName>(
  name: Name,
  dimensions: Readonly<Record<(typeof metrics)[Name]['dimensions'][number], string>>,
  options: MetricOptions,
): Metric =>
  new Metric({
    namespace: METRICS_NAMESPACE,
    metricName: name,
    dimensionsMap: { ...dimensions },
    ...options,
  });
