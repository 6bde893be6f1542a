/** How well a budget is used, from what the workers count. */
import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { CallRate } from '../shared/config/lane-capacity.ts';
import { minutes } from '../shared/kernel/duration.ts';
import type { FunctionMetric } from './function-metric.ts';

export interface NamedRate extends CallRate {
  readonly id: string;
}

/** Shorter ones would see a window's burst and its pause as two different things. */
const PERIOD_MIN_MS = minutes(5);

export const periodOf = ({ windowMs }: CallRate): Duration =>
  Duration.minutes(Math.ceil(Math.max(PERIOD_MIN_MS, windowMs) / minutes(1)));

const allowedIn = ({ requests, windowMs }: CallRate, period: Duration): number =>
  (requests * period.toMilliseconds()) / windowMs;

/** Permits given, as a share of what the budget allows. */
export function usedShare(budget: NamedRate, functionMetric: FunctionMetric): IMetric {
  const period = periodOf(budget);
  const granted = functionMetric('PermitsGranted', { Budget: budget.id }, { statistic: 'Sum' });
  // Metrics of one graph may not share a name.
  const name = `granted_${budget.id.replaceAll(/[^a-z0-9]/g, '_')}`;
  return new MathExpression({
    expression: `${name} / ${allowedIn(budget, period)}`,
    usingMetrics: { [name]: granted },
    period,
    label: budget.id,
  });
}

/**
 * What of the budget was left unused while heads were sent away for want of a permit and never fewer
 * jobs waited in the lane than the period could serve; 0 where the backlog was smaller.
 */
export function idleShare(budget: NamedRate, lane: Queue, functionMetric: FunctionMetric): IMetric {
  const period = periodOf(budget);
  const allowed = allowedIn(budget, period);
  const counted = { Budget: budget.id };
  const usingMetrics = {
    granted: functionMetric('PermitsGranted', counted, { statistic: 'Sum' }),
    deferred: functionMetric('PermitsDeferred', counted, { statistic: 'Sum' }),
    backlog: lane.metricApproximateNumberOfMessagesVisible({ statistic: 'Minimum' }),
  };
  return new MathExpression({
    expression: `IF(FILL(deferred, 0) > 0 AND FILL(backlog, 0) > ${allowed}, 1 - FILL(granted, 0) / ${allowed}, 0)`,
    usingMetrics,
    period,
    label: `unused of ${budget.id}`,
  });
}
