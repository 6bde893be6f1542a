import { Aws, Duration } from 'aws-cdk-lib';
import {
  Dashboard as CloudWatchDashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  type MetricOptions,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { usedShare } from './budget-use.ts';
import { type FunctionMetric, functionMetricsOf } from './function-metric.ts';
import type { Functions } from './functions.ts';
import type { Lane, Resources } from './resources.ts';

export interface DashboardProps {
  readonly prefix: string;
  readonly resources: Resources;
  readonly functions: Functions;
  readonly webhookSources: readonly string[];
}

const waysIn = ['http', 'queue', 'event', 'schedule', 'webhook'] as const;
const outcomes = ['succeeded', 'partial', 'failed', 'uncertain', 'cancelled', 'expired'] as const;

/**
 * One page: what comes in, what waits, what goes to each vendor, how it ends. Its name holds the region,
 * for dashboards are global to an account (CloudWatch API reference: PutDashboard).
 */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { resources, prefix } = props;
    const metric = functionMetricsOf(prefix);
    new CloudWatchDashboard(this, 'Page', {
      dashboardName: `${prefix}-${Aws.REGION}`,
      defaultInterval: Duration.hours(3),
      widgets: [
        waysInRow(props, metric),
        ...resources.lanes.map((lane) => laneRow(lane, metric)),
        functionsRow(props, metric),
      ],
    });
  }
}

const total: MetricOptions = { period: Duration.minutes(5), statistic: 'Sum' };
const worst: MetricOptions = { period: Duration.minutes(5), statistic: 'Maximum' };
const slow: MetricOptions = { period: Duration.minutes(5), statistic: 'p90' };

function waysInRow(
  { resources, webhookSources }: DashboardProps,
  functionMetric: FunctionMetric,
): IWidget[] {
  const { intake } = resources;
  return [
    graph(
      'Jobs accepted',
      waysIn.map((Way) => functionMetric('JobsAccepted', { Way }, { ...total, label: Way })),
    ),
    graph('Jobs rejected, and put off for want of room', [
      ...waysIn.map((Way) => functionMetric('JobsRejected', { Way }, { ...total, label: Way })),
      ...waysIn.map((Way) =>
        functionMetric('JobsPutOff', { Way }, { ...total, label: `${Way}, put off` }),
      ),
    ]),
    graph('Intake queue and signature refusals', [
      intake.queue.metricApproximateNumberOfMessagesVisible({ ...worst, label: 'waiting' }),
      intake.deadLetterQueue.metricApproximateNumberOfMessagesVisible({ ...worst, label: 'dead' }),
      ...webhookSources.map((Source) =>
        functionMetric('SignatureRefusals', { Source }, { ...total, label: `refused: ${Source}` }),
      ),
    ]),
  ];
}

function laneRow({ provider, queues, budgets }: Lane, functionMetric: FunctionMetric): IWidget[] {
  const of = { Provider: provider };
  const strict = budgets.filter(({ mode }) => mode === 'strict');
  return [
    graph(`${provider}: backlog`, [
      queues.queue.metricApproximateNumberOfMessagesVisible({ ...worst, label: 'waiting' }),
      queues.queue.metricApproximateNumberOfMessagesNotVisible({ ...worst, label: 'hidden heads' }),
    ]),
    graph(
      `${provider}: use of its budgets`,
      strict.map((budget) => usedShare(budget, functionMetric)),
    ),
    graph(
      `${provider}: fullest window, by the workers' own audit`,
      strict.map(({ id }) =>
        functionMetric('FullestWindow', { Budget: id }, { ...worst, label: id }),
      ),
    ),
    graph(
      `${provider}: wait for a permit (p90, ms)`,
      budgets.map(({ id }) =>
        functionMetric('PermitWaitMs', { Budget: id }, { ...slow, label: id }),
      ),
    ),
    graph(`${provider}: heads sent away`, [
      ...budgets.map(({ id }) =>
        functionMetric('PermitsDeferred', { Budget: id }, { ...total, label: id }),
      ),
      ...budgets.map(({ id }) =>
        functionMetric('PermitsStopped', { Budget: id }, { ...total, label: `${id}, stopped` }),
      ),
    ]),
    graph(`${provider}: calls`, [
      functionMetric('VendorCallMs', of, { ...slow, label: 'p90, ms' }),
      functionMetric('Throttled', of, { ...total, label: '429s' }),
      functionMetric('Unanswered', of, { ...total, label: 'unanswered' }),
    ]),
    graph(`${provider}: outcomes`, [
      ...outcomes.map((Outcome) =>
        functionMetric('Outcomes', { ...of, Outcome }, { ...total, label: Outcome }),
      ),
      functionMetric('JobWaitMs', of, { ...slow, label: 'waited (p90, ms)' }),
    ]),
  ];
}

function functionsRow({ functions }: DashboardProps, functionMetric: FunctionMetric): IWidget[] {
  const { intake, webhook, api, reconcile, workers } = functions;
  const all = [intake, webhook, api, reconcile, ...workers.map(({ worker }) => worker)];
  return [
    graph(
      'Errors of functions',
      all.map((it) => it.function.metricErrors({ ...total, label: it.label })),
    ),
    graph(
      'Requests answered 500',
      [api, webhook].map(({ label }) =>
        functionMetric('RequestsFailed', { Function: label }, { ...total, label }),
      ),
    ),
    graph('Age of the oldest secret (days)', [
      functionMetric('OldestSecretAgeDays', {}, { ...worst, period: Duration.days(1) }),
    ]),
  ];
}

const graph = (title: string, left: IMetric[]): IWidget =>
  new GraphWidget({ title, left, width: 8, height: 6, leftYAxis: { min: 0 } });
