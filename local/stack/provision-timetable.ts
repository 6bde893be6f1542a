import {
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  SchedulerClient,
  type SchedulerClientConfig,
} from '@aws-sdk/client-scheduler';
import { reconcileContract, reconcileTicks } from '../../functions/reconcile/contract.ts';
import { scheduledMessage } from '../../shared/config/schedule.ts';
import type { Topology } from '../../shared/config/topology.ts';
import { days, hours, minutes } from '../../shared/kernel/duration.ts';
import { localArn, localRoleArn } from './local-arn.ts';
import { unlessThere } from './unless-there.ts';

const FlexibleTimeWindow = { Mode: 'OFF' } as const;
const RoleArn = localRoleArn('sluice-scheduler');

/** Everything that happens by the clock: the schedules of the config and the reconciler's ticks. */
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
  for (const { name, about, everyMs, ...tick } of reconcileTicks(prefix)) {
    const command = new CreateScheduleCommand({
      Name: name,
      Description: about,
      GroupName,
      ScheduleExpression: rateOf(everyMs),
      ScheduleExpressionTimezone: 'Etc/UTC',
      State: 'ENABLED',
      FlexibleTimeWindow,
      Target: {
        Arn: localArn('lambda', `function:${prefix}-${reconcileContract.name}`),
        RoleArn,
        ...('input' in tick && { Input: JSON.stringify(tick.input) }),
        DeadLetterConfig: { Arn: localArn('sqs', timetable.deadLetter.name) },
        RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
      },
    });
    await unlessThere(scheduler.send(command));
  }
}

/** As CDK writes it. */
const rateOf = (everyMs: number): string =>
  everyMs >= days(1) ? `rate(${everyMs / days(1)} day)` : `rate(${everyMs / minutes(1)} minute)`;
