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
import type { Functions } from './functions.ts';
import type { Resources } from './resources.ts';
import type { Timetable } from './timetable.ts';

export interface AlarmsProps {
  readonly resources: Resources;
  readonly functions: Functions;
  readonly timetable: Timetable;
}

/** What each alarm means. Every key is an article of docs/runbook.md. */
const articles = {
  'dead-letters': 'Messages that nobody could handle are waiting for a person.',
  'intake-age': 'Jobs are sent faster than intake takes them, or intake fails.',
  'lane-backlog': 'A lane is nearly full: it will soon take no more jobs.',
  'lane-age': 'A job waits so long that its message nears the end of the queue’s retention.',
  'function-errors': 'A function crashed or ran out of time; handlers never throw on purpose.',
} as const;

/** Intake has nothing to wait for: minutes of age mean that it does not work. */
const INTAKE_AGE_MAX_MS = minutes(15);
/** A lane keeps a message for just under 14 days and a job may live 13. */
const LANE_AGE_MAX_MS = days(10);
/** Of what the lane takes. */
const NEARLY_FULL = 0.8;

/** One alarm per thing that can go wrong; CloudWatch tells EventBridge of each change of state. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { resources, functions, timetable }: AlarmsProps) {
    super(scope, id);
    const { intake, lanes } = resources;
    this.#raise('intake-age', 'intake', ageOf(intake.queue), INTAKE_AGE_MAX_MS / 1_000);
    this.#raise('dead-letters', 'intake', waitingIn(intake.deadLetterQueue), 0);
    this.#raise('dead-letters', 'reconcile', waitingIn(timetable.deadLetterQueue), 0);
    for (const { provider, queues, backlogMax } of lanes) {
      const nearlyFull = Math.floor(backlogMax * NEARLY_FULL);
      this.#raise('lane-backlog', provider, waitingIn(queues.queue), nearlyFull);
      this.#raise('lane-age', provider, ageOf(queues.queue), LANE_AGE_MAX_MS / 1_000);
      this.#raise('dead-letters', provider, waitingIn(queues.deadLetterQueue), 0);
    }
    const workers = functions.workers.map(({ worker }) => worker);
    const { webhook, api, reconcile } = functions;
    for (const it of [functions.intake, webhook, api, reconcile, ...workers]) {
      this.#raise('function-errors', it.label, it.function.metricErrors(total), 0);
    }
  }

  #raise(article: keyof typeof articles, label: string, metric: IMetric, above: number): void {
    const alarmName = `sluice-${article}-${label}`;
    new Alarm(this, `${article}-${label}`, {
      alarmName,
      alarmDescription: `${articles[article]} See docs/runbook.md#${article}`,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}

const worst: MetricOptions = { period: Duration.minutes(5), statistic: 'Maximum' };
const total: MetricOptions = { period: Duration.minutes(5), statistic: 'Sum' };

const waitingIn = (queue: Queue): IMetric => queue.metricApproximateNumberOfMessagesVisible(worst);

const ageOf = (queue: Queue): IMetric => queue.metricApproximateAgeOfOldestMessage(worst);
