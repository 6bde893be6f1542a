import { describe, expect, it } from 'vitest';
import { secretAgesEvent } from '../../functions/reconcile/contract.ts';
import { resourcesFor } from './policies.ts';
import { exampleConfig, render } from './rendered.ts';

const rendered = render(exampleConfig);
const scheduleNamed = (name: string) =>
  rendered.one('AWS::Scheduler::Schedule', 'Name', name).Properties;
const inputOf = (name: string): unknown => {
  const { Target } = scheduleNamed(name) as { Target: { Input: string } };
  return JSON.parse(Target.Input);
};

describe('schedules of the config', () => {
  it('fire at the time of their own zone, to the minute', () => {
    expect(scheduleNamed('nightly')).toMatchObject({
      ScheduleExpression: 'cron(0 2 * * ? *)',
      ScheduleExpressionTimezone: 'America/Denver',
      FlexibleTimeWindow: { Mode: 'OFF' },
      State: 'ENABLED',
    });
  });

  it('send their job to intake; what cannot be delivered is kept with intake’s letters', () => {
    expect(scheduleNamed('nightly')).toMatchObject({
      GroupName: 'sluice',
      Target: { Arn: 'sluice-intake', DeadLetterConfig: { Arn: 'sluice-intake-dead' } },
    });
  });

  it('make one job for each scheduled time, however often Scheduler delivers', () => {
    expect(inputOf('nightly')).toEqual({
      type: 'automox.servers.query',
      account: 'acme',
      params: {},
      idempotencyKey: 'schedule:nightly:<aws.scheduler.scheduled-time>',
    });
  });

  it('keep the idempotency key that the job names itself', () => {
    expect(inputOf('keyed')).toMatchObject({ idempotencyKey: 'own' });
  });

  it('exist but do not fire where they are disabled', () => {
    expect(scheduleNamed('keyed')).toMatchObject({ State: 'DISABLED' });
  });

  it('leave nothing behind when the config has none', () => {
    const bare = render({ ...exampleConfig, schedules: {} });
    expect(
      bare.all('AWS::Scheduler::Schedule').map(({ Properties }) => Properties['Name']),
    ).toEqual(['sluice.reconcile', 'sluice.secret-ages']);
  });
});

describe('the reconciler’s clock', () => {
  it('asks for the ages of the secrets each day', () => {
    expect(scheduleNamed('sluice.secret-ages')).toMatchObject({
      ScheduleExpression: 'rate(1 day)',
      Target: { Arn: 'sluice-reconcile', Input: JSON.stringify(secretAgesEvent) },
    });
  });

  it('ticks each minute; a tick that fails is not repeated', () => {
    expect(scheduleNamed('sluice.reconcile')).toMatchObject({
      ScheduleExpression: 'rate(1 minute)',
      State: 'ENABLED',
      Target: {
        Arn: 'sluice-reconcile',
        RetryPolicy: { MaximumRetryAttempts: 0 },
        DeadLetterConfig: { Arn: 'sluice-reconcile-dead' },
      },
    });
    expect(
      rendered.one('AWS::Lambda::EventInvokeConfig', 'FunctionName', 'sluice-reconcile').Properties,
    ).toMatchObject({ MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 });
  });

  it('keeps a tick that Lambda took and never ran, as where the account has no concurrency left', () => {
    expect(
      rendered.one('AWS::Lambda::EventInvokeConfig', 'FunctionName', 'sluice-reconcile').Properties,
    ).toMatchObject({ DestinationConfig: { OnFailure: { Destination: 'sluice-reconcile-dead' } } });
    expect(resourcesFor(rendered, 'sluice-reconcile', 'sqs:SendMessage')).toEqual([
      'sluice-automox.fifo',
      'sluice-reconcile-dead',
    ]);
  });
});
