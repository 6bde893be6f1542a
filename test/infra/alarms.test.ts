import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { days } from '../../shared/kernel/duration.ts';
import { exampleConfig, render } from './rendered.ts';

const Alarm = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  MetricName: z.string(),
  Namespace: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })),
  Threshold: z.number(),
  ComparisonOperator: z.literal('GreaterThanThreshold'),
  EvaluationPeriods: z.literal(1),
  TreatMissingData: z.literal('notBreaching'),
});

const rendered = render(exampleConfig);
const alarms = rendered
  .all('AWS::CloudWatch::Alarm')
  .map(({ Properties }) => Alarm.parse(Properties));
const namesOf = (type: string, property: string): readonly string[] =>
  rendered.all(type).map(({ Properties }) => String(Properties[property]));
const alarmOn = (metric: string, subject: string) =>
  alarms.find((it) => it.MetricName === metric && it.Dimensions[0]?.Value === subject);

describe('S25 alarms', () => {
  const queues = namesOf('AWS::SQS::Queue', 'QueueName');
  const deadLetterQueues = queues.filter((name) => /-dead(\.fifo)?$/.test(name));

  it.each(deadLetterQueues)('ring at the first letter in %s', (name) => {
    expect(alarmOn('ApproximateNumberOfMessagesVisible', name)).toMatchObject({ Threshold: 0 });
  });

  it('know of three dead-letter queues', () => {
    expect([...deadLetterQueues].sort()).toEqual([
      'sluice-automox-dead.fifo',
      'sluice-intake-dead',
      'sluice-reconcile-dead',
    ]);
  });

  it('ring when a lane’s oldest message is ten days old, long before SQS drops it', () => {
    const alarm = alarmOn('ApproximateAgeOfOldestMessage', 'sluice-automox.fifo');
    expect(alarm).toMatchObject({ Threshold: days(10) / 1_000 });
  });

  it('ring when intake leaves a message lying for a quarter of an hour', () => {
    expect(alarmOn('ApproximateAgeOfOldestMessage', 'sluice-intake')).toMatchObject({
      Threshold: 900,
    });
  });

  it.each(namesOf('AWS::Lambda::Function', 'FunctionName'))('ring when %s fails', (name) => {
    expect(alarmOn('Errors', name)).toMatchObject({ Namespace: 'AWS/Lambda', Threshold: 0 });
  });

  it.each(alarms)('$AlarmName names its article of the runbook', (alarm) => {
    const article = /See docs\/runbook\.md#([a-z-]+)$/.exec(alarm.AlarmDescription)?.[1];
    expect(alarm.AlarmName.startsWith(`sluice-${article}-`)).toBe(true);
  });
});
