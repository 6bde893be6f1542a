import {
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  SchedulerClient,
  type SchedulerClientConfig,
} from '@aws-sdk/client-scheduler';
import { reconcileContract, reconcileEveryMs } from '../../functions/reconcile/contract.ts';
import { scheduledMessage } from '../../shared/config/schedule.ts';
import type { Topology } from '../../shared/config/topology.ts';
import { hours, minutes } from '../../shared/kernel/duration.ts';
import { localArn, localRoleArn } from './local-arn.ts';
import { unlessThere } from './unless-there.ts';

const FlexibleTimeWindow = { Mode: 'OFF' } as const;
const RoleArn = localRoleArn('sluice-scheduler');

/** Everything that happens by the clock: the schedules of the config and the reconciler's tick. */
export async function createTimetable(
  config: SchedulerClientConfig,
  { timetable, schedules, intake, prefix }: Topology,
): Promise<void> {
  const scheduler = new SchedulerClient(config);
  const GroupName = timetable.group;
  await unlessThere(scheduler.send(new CreateScheduleGroupCommand({ Name: GroupName })));
  for (const schedule of schedules) {
    const command = new CreateScheduleCommand({
      Name: schedule.name,
      Description: `Submits ${schedule.job['type']}`,
      GroupName,
      ScheduleExpression: schedule.when,
      ScheduleExpressionTimezone: schedule.timeZone,
      State: schedule.enabled ? 'ENABLED' : 'DISABLED',
      FlexibleTimeWindow,
      Target: {
        Arn: localArn('sqs', intake.name),
        RoleArn,
        Input: JSON.stringify(scheduledMessage(schedule.name, schedule)),
        DeadLetterConfig: { Arn: localArn('sqs', intake.deadLetter.name) },
        RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: hours(24) / 1_000 },
      },
    });
    await unlessThere(scheduler.send(command));
  }
  const { schedule: Name, deadLetter } = timetable.reconcile;
  const tick = new CreateScheduleCommand({
    Name,
    Description: 'Looks after jobs that time has overtaken',
    GroupName,
    ScheduleExpression: `rate(${reconcileEveryMs / minutes(1)} minute)`,
    ScheduleExpressionTimezone: 'Etc/UTC',
    State: 'ENABLED',
    FlexibleTimeWindow,
    Target: {
      Arn: localArn('lambda', `function:${prefix}-${reconcileContract.name}`),
      RoleArn,
      DeadLetterConfig: { Arn: localArn('sqs', deadLetter.name) },
      RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
    },
  });
  await unlessThere(scheduler.send(tick));
}
