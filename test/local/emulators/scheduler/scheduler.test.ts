import * as C from '@aws-sdk/client-scheduler';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Endpoint, startEndpoint } from '../../../../local/emulators/endpoint/endpoint.ts';
import {
  createScheduler,
  type Scheduler,
} from '../../../../local/emulators/scheduler/scheduler.ts';
import { minutes, seconds } from '../../../../shared/kernel/duration.ts';
import { clientOptions } from '../endpoint/client-options.ts';
import { createVirtualTimers, type VirtualTimers } from './virtual-timers.ts';

const START_MS = Date.parse('2026-01-01T00:00:00Z');
const QUEUE_ARN = 'arn:aws:sqs:us-east-1:000000000000:intake';
const DEAD_ARN = 'arn:aws:sqs:us-east-1:000000000000:dead';

interface Delivery {
  readonly atMs: number;
  readonly arn: string;
  readonly input: string;
  readonly messageGroupId?: string;
}

let endpoint: Endpoint;
let scheduler: Scheduler;
let client: C.SchedulerClient;
let timers: VirtualTimers;
let deliveries: Delivery[];
let refusals: number;
let givenUp: string[];

beforeEach(async () => {
  timers = createVirtualTimers(START_MS);
  deliveries = [];
  refusals = 0;
  givenUp = [];
  scheduler = createScheduler({
    timers,
    deliver: async (arn, input, options) => {
      deliveries.push({ atMs: timers.nowMs() - START_MS, arn, input, ...options });
      if (refusals-- > 0) throw new Error('refused');
    },
    onDeliveryFailure: ({ targetArn }) => givenUp.push(targetArn),
  });
  endpoint = await startEndpoint({ services: [scheduler] });
  client = new C.SchedulerClient(clientOptions(endpoint.url));
});
afterEach(async () => {
  await endpoint.close();
  await scheduler.close();
});

const target = (more: Partial<C.Target> = {}): C.Target => ({
  Arn: QUEUE_ARN,
  RoleArn: 'arn:aws:iam::000000000000:role/scheduler',
  Input: '{}',
  ...more,
});
const schedule = (more: Partial<C.CreateScheduleCommandInput> = {}) => ({
  Name: 'nightly',
  ScheduleExpression: 'rate(5 minutes)',
  FlexibleTimeWindow: { Mode: 'OFF' as const },
  Target: target(),
  ...more,
});
const create = (more: Partial<C.CreateScheduleCommandInput> = {}) =>
  client.send(new C.CreateScheduleCommand(schedule(more)));
const find = () => client.send(new C.GetScheduleCommand({ Name: 'nightly' }));
const runTimes = () => deliveries.map(({ atMs }) => atMs);
const runUntil = (ms: number) => timers.advanceTo(START_MS + ms);

describe('a schedule', () => {
  it('runs at its rate until it is deleted', async () => {
    await create();
    await runUntil(minutes(12));
    await client.send(new C.DeleteScheduleCommand({ Name: 'nightly' }));
    await runUntil(minutes(30));

    expect(runTimes()).toEqual([minutes(5), minutes(10)]);
    expect(timers.waiting()).toBe(0);
  });

  it('runs between its start and its end', async () => {
    await create({
      StartDate: new Date(START_MS + minutes(7)),
      EndDate: new Date(START_MS + minutes(18)),
    });
    await runUntil(minutes(60));
    expect(runTimes()).toEqual([minutes(12), minutes(17)]);
  });

  it('runs once at its time and deletes itself when asked to', async () => {
    await create({
      ScheduleExpression: 'at(2026-01-01T01:00:05)',
      ScheduleExpressionTimezone: 'Europe/Paris',
      ActionAfterCompletion: 'DELETE',
    });
    await runUntil(minutes(60));

    expect(runTimes()).toEqual([seconds(5)]);
    await expect(find()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('runs once for all the times that the process slept through', async () => {
    await create();
    await timers.oversleepTo(START_MS + minutes(31));

    expect(runTimes()).toEqual([minutes(31)]);
    await runUntil(minutes(36));
    expect(runTimes()).toEqual([minutes(31), minutes(35)]);
  });

  it('rests while disabled and follows an update', async () => {
    await create({ State: 'DISABLED' });
    await runUntil(minutes(20));
    expect(deliveries).toEqual([]);

    const update = schedule({ ScheduleExpression: 'rate(1 minute)' });
    await client.send(new C.UpdateScheduleCommand(update));
    await runUntil(minutes(22));

    expect(runTimes()).toEqual([minutes(21), minutes(22)]);
  });

  it('waits through a timer that wakes early', async () => {
    const due = { ScheduleExpression: 'at(2026-01-01T00:01:00)' };
    const { setTimer } = timers;
    timers.setTimer = (atMs, run) => setTimer(Math.min(atMs, timers.nowMs() + seconds(25)), run);
    await create(due);
    await runUntil(minutes(2));

    expect(runTimes()).toEqual([minutes(1)]);
  });
});

describe('the input of a run', () => {
  it('has its context attributes filled in, a new execution each time', async () => {
    const Input = JSON.stringify({
      id: '<aws.scheduler.execution-id>',
      at: '<aws.scheduler.scheduled-time>',
      arn: '<aws.scheduler.schedule-arn>',
      attempt: '<aws.scheduler.attempt-number>',
    });
    const { ScheduleArn } = await create({
      Target: target({ Input, SqsParameters: { MessageGroupId: 'g' } }),
    });
    await runUntil(minutes(10));
    const inputs = deliveries.map(({ input }) => JSON.parse(input));

    expect(inputs[0]).toMatchObject({ at: '2026-01-01T00:05:00Z', arn: ScheduleArn, attempt: '1' });
    expect(inputs[0].id).not.toBe(inputs[1].id);
    expect(deliveries[0]?.messageGroupId).toBe('g');
  });
});

describe('a run that its target refuses', () => {
  it('is tried again with backoff, each attempt an execution of its own for one time', async () => {
    refusals = 2;
    const Input =
      '<aws.scheduler.execution-id> <aws.scheduler.attempt-number> <aws.scheduler.scheduled-time>';
    await create({ Target: target({ Input }) });
    await runUntil(minutes(9));
    const [executions, attempts, times] = [0, 1, 2].map((part) =>
      deliveries.map(({ input }) => input.split(' ')[part]),
    );
    expect(runTimes()).toEqual([minutes(5), minutes(5) + seconds(1), minutes(5) + seconds(3)]);
    expect(attempts).toEqual(['1', '2', '3']);
    expect([new Set(executions).size, new Set(times).size]).toEqual([3, 1]);
    expect(givenUp).toEqual([]);
  });

  it('is dead-lettered once its retries are used up', async () => {
    refusals = 2;
    await create({
      Target: target({
        RetryPolicy: { MaximumRetryAttempts: 1 },
        DeadLetterConfig: { Arn: DEAD_ARN },
      }),
    });
    await runUntil(minutes(9));

    expect(deliveries.map(({ arn }) => arn)).toEqual([QUEUE_ARN, QUEUE_ARN, DEAD_ARN]);
    expect(givenUp).toEqual([QUEUE_ARN]);
  });
});

describe('the scheduler', () => {
  it('keeps one schedule of a name, whoever repeats the request', async () => {
    const first = await create({ ClientToken: 'same' });
    const again = await create({ ClientToken: 'same' });

    expect(again.ScheduleArn).toBe(first.ScheduleArn);
    await expect(create({ ClientToken: 'other' })).rejects.toMatchObject({
      name: 'ConflictException',
    });
  });

  it('gives back what it was told', async () => {
    const StartDate = new Date(START_MS);
    await create({
      StartDate,
      Description: 'each night',
      ScheduleExpressionTimezone: 'Asia/Tokyo',
    });

    expect(await find()).toMatchObject({
      Name: 'nightly',
      GroupName: 'default',
      Arn: 'arn:aws:scheduler:us-east-1:000000000000:schedule/default/nightly',
      StartDate,
      CreationDate: new Date(START_MS),
      Description: 'each night',
      ScheduleExpressionTimezone: 'Asia/Tokyo',
      State: 'ENABLED',
      Target: target(),
    });
  });

  it.each([
    { ScheduleExpression: 'cron(bad)' },
    { ScheduleExpressionTimezone: 'Mars/Olympus' },
    { Name: 'no spaces' },
  ])('refuses %j', async (wrong) => {
    await expect(create(wrong)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('lists by prefix and group, and drops a group with its schedules', async () => {
    await client.send(new C.CreateScheduleGroupCommand({ Name: 'sluice' }));
    await create({ GroupName: 'sluice' });
    await create({ Name: 'other' });
    const names = async (query: C.ListSchedulesCommandInput) =>
      (await client.send(new C.ListSchedulesCommand(query))).Schedules?.map(({ Name }) => Name);

    expect(await names({ GroupName: 'sluice' })).toEqual(['nightly']);
    expect(await names({ NamePrefix: 'o' })).toEqual(['other']);
    await client.send(new C.DeleteScheduleGroupCommand({ Name: 'sluice' }));
    expect(await names({})).toEqual(['other']);
    await expect(create({ GroupName: 'sluice' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('stops every run when it closes, those that are to be tried again too', async () => {
    refusals = 1;
    await create();
    await runUntil(minutes(5));
    await scheduler.close();
    await runUntil(minutes(60));
    expect(runTimes()).toEqual([minutes(5)]);
  });
});
