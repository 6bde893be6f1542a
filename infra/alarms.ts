import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  type MetricOptions,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { days, minutes } from '../shared/kernel/duration.ts';
import { type Article, articles } from './alarm-articles.ts';
import { idleShare } from './budget-use.ts';
import { type FunctionMetric, functionMetricsOf } from './function-metric.ts';
import type { Functions } from './functions.ts';
import type { Lane, Resources } from './resources.ts';
import type { Timetable } from './timetable.ts';

export interface AlarmsProps {
  readonly prefix: string;
  readonly resources: Resources;
  readonly functions: Functions;
  readonly timetable: Timetable;
  /** Names of the config. */
  readonly webhookSources: readonly string[];
}

/** Intake has nothing to wait for: minutes of age mean that it does not work. */
const INTAKE_AGE_MAX_MS = minutes(15);
/** A lane keeps a message for just under 14 days and a job may live 13. */
const LANE_AGE_MAX_MS = days(10);
/** Of what the lane takes. */
const NEARLY_FULL = 0.8;
/** A 429 now and then is another program with the same key. */
const THROTTLED_MAX = 5;
/** A sender whose clock or secret is wrong is refused with each delivery; a stray scanner is not. */
const REFUSALS_MAX = 20;
const SECRET_AGE_MAX_DAYS = 90;
/** Of what the budget allows. */
const IDLE_SHARE_MAX = 0.1;

/** One alarm per thing that can go wrong; CloudWatch tells EventBridge of each change of state. */
export class Alarms extends Construct {
  readonly #prefix: string;
  readonly #functionMetric: FunctionMetric;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.#prefix = props.prefix;
    this.#functionMetric = functionMetricsOf(props.prefix);
    const { resources, functions, timetable, webhookSources } = props;
    const { intake, lanes } = resources;
    this.#raise('intake-age', 'intake', ageOf(intake.queue), INTAKE_AGE_MAX_MS / 1_000);
    this.#raise('dead-letters', 'intake', waitingIn(intake.deadLetterQueue), 0);
    this.#raise('dead-letters', 'reconcile', waitingIn(timetable.deadLetterQueue), 0);
    for (const lane of lanes) this.#watchLane(lane);
    const workers = functions.workers.map(({ worker }) => worker);
    const { webhook, api, reconcile } = functions;
    for (const it of [functions.intake, webhook, api, reconcile, ...workers]) {
      this.#raise('function-errors', it.label, it.function.metricErrors(total), 0);
    }
    for (const { label } of [webhook, api]) {
      const failed = this.#functionMetric('RequestsFailed', { Function: label }, total);
      this.#raise('failed-requests', label, failed, 0);
    }
    for (const Source of webhookSources) {
      const refusals = this.#functionMetric('SignatureRefusals', { Source }, total);
      this.#raise('webhook-refusals', Source, refusals, REFUSALS_MAX);
    }
    const age = this.#functionMetric(
      'OldestSecretAgeDays',
      {},
      { ...worst, period: Duration.days(1) },
    );
    this.#raise('secret-age', 'oldest', age, SECRET_AGE_MAX_DAYS);
  }

  #watchLane({ provider, queues, backlogMax, scarceBudgets }: Lane): void {
    const nearlyFull = Math.floor(backlogMax * NEARLY_FULL);
    this.#raise('lane-backlog', provider, waitingIn(queues.queue), nearlyFull);
    this.#raise('lane-age', provider, ageOf(queues.queue), LANE_AGE_MAX_MS / 1_000);
    this.#raise('dead-letters', provider, waitingIn(queues.deadLetterQueue), 0);
    const of = { Provider: provider };
    const uncertain = this.#functionMetric('Outcomes', { ...of, Outcome: 'uncertain' }, total);
    this.#raise('uncertain-jobs', provider, uncertain, 0);
    const refused = this.#functionMetric('Throttled', of, {
      ...total,
      period: Duration.minutes(15),
    });
    this.#raise('vendor-throttling', provider, refused, THROTTLED_MAX);
    this.#raise('window-excess', provider, this.#functionMetric('WindowExcess', of, worst), 0);
    for (const budget of scarceBudgets) {
      const label = budget.id.replaceAll('/', '-').replaceAll('.', '-');
      this.#raise(
        'slow-budget',
        label,
        idleShare(budget, queues.queue, this.#functionMetric),
        IDLE_SHARE_MAX,
        3,
      );
    }
  }

  #raise(article: Article, label: string, metric: IMetric, above: number, periods = 1): void {
    const alarmName = `${this.#prefix}-${article}-${label}`;
    new Alarm(this, `${article}-${label}`, {
      alarmName,
      alarmDescription: `${articles[article]} See docs/runbook.md#${article}`,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}

const worst: MetricOptions = { period: Duration.minutes(5), statistic: 'Maximum' };
const total: MetricOptions = { period: Duration.minutes(5), statistic: 'Sum' };

const waitingIn = (queue: Queue): IMetric => queue.metricApproximateNumberOfMessagesVisible(worst);

const ageOf = (queue: Queue): IMetric => queue.metricApproximateAgeOfOldestMessage(worst);
