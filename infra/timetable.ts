import { Aws, Duration, RemovalPolicy, Stack, TimeZone, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import {
  Schedule,
  ScheduleExpression,
  ScheduleGroup,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke, SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { scheduledMessage } from '../shared/config/schedule.ts';
import type { Topology } from '../shared/config/topology.ts';
import { sendTo } from './access.ts';
import type { QueuePair } from './queue-pair.ts';
import type { SluiceFunction } from './sluice-function.ts';

export interface TimetableProps {
  readonly schedules: Topology['schedules'];
  readonly shape: Topology['timetable'];
  readonly intake: QueuePair;
  readonly reconcile: SluiceFunction;
  /** What the reconciler is asked for by the clock. */
  readonly ticks: readonly {
    readonly name: string;
    readonly about: string;
    readonly everyMs: number;
    readonly input?: Readonly<Record<string, string>>;
  }[];
}

/** Everything that happens by the clock, in one schedule group. */
export class Timetable extends Construct {
  /** Ticks that came to nothing; a job that could not be delivered is kept with intake's letters. */
  readonly deadLetterQueue: Queue;
  readonly #group: ScheduleGroup;

  constructor(scope: Construct, id: string, props: TimetableProps) {
    super(scope, id);
    this.#group = new ScheduleGroup(this, 'Group', {
      scheduleGroupName: props.shape.group,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.deadLetterQueue = this.#createDeadLetterQueue(props.shape.deadLetter);
    this.#scheduleJobs(props);
    this.#scheduleTicks(props);
  }

  #scheduleJobs({ schedules, intake }: TimetableProps): void {
    if (schedules.length === 0) return;
    const role = this.#createRole('JobRole');
    for (const schedule of schedules) {
      new Schedule(this, `job-${schedule.name}`, {
        scheduleName: schedule.name,
        description: `Submits ${schedule.job['type']}`,
        scheduleGroup: this.#group,
        schedule: ScheduleExpression.expression(schedule.when, TimeZone.of(schedule.timeZone)),
        enabled: schedule.enabled,
        target: new SqsSendMessage(intake.queue, {
          role,
          input: ScheduleTargetInput.fromObject(scheduledMessage(schedule.name, schedule)),
          deadLetterQueue: intake.deadLetterQueue,
        }),
      });
    }
  }

  /**
   * A tick that fails is not repeated: the next one comes within the minute. Scheduler hands a tick over
   * and is done; one that Lambda has no concurrency for is lost to Lambda's own queue, hence the
   * destination.
   */
  #scheduleTicks({ reconcile, ticks }: TimetableProps): void {
    const role = this.#createRole('ReconcileRole');
    const once = { retryAttempts: 0, maxEventAge: Duration.minutes(1) };
    reconcile.function.configureAsyncInvoke({
      ...once,
      onFailure: { bind: () => ({ destination: this.deadLetterQueue.queueArn }) },
    });
    reconcile.function.addToRolePolicy(sendTo([this.deadLetterQueue]));
    for (const { name, about, everyMs, input } of ticks) {
      new Schedule(this, `tick-${name.split('.')[1]}`, {
        scheduleName: name,
        description: about,
        scheduleGroup: this.#group,
        schedule: ScheduleExpression.rate(Duration.millis(everyMs)),
        target: new LambdaInvoke(reconcile.function, {
          role,
          deadLetterQueue: this.deadLetterQueue,
          ...(input && { input: ScheduleTargetInput.fromObject(input) }),
          ...once,
        }),
      });
    }
    const functionId = Stack.of(this).getLogicalId(
      reconcile.function.node.defaultChild as CfnFunction,
    );
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${functionId}.Arn>:*]`,
      reason: 'CDK grants the versions and aliases of the one function along with it.',
    });
  }

  #createDeadLetterQueue(shape: Topology['timetable']['deadLetter']): Queue {
    const queue = new Queue(this, 'DeadLetterQueue', {
      queueName: shape.name,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.millis(shape.retentionMs),
    });
    Validations.of(queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is a dead-letter queue itself, of a schedule rather than of a queue.',
    });
    return queue;
  }

  #createRole(id: string): Role {
    return new Role(this, id, {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: {
            'aws:SourceAccount': Aws.ACCOUNT_ID,
            'aws:SourceArn': this.#group.scheduleGroupArn,
          },
        },
      }),
    });
  }
}
