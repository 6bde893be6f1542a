import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type MetricName, metrics } from '../../shared/config/metrics.ts';
import { days } from '../../shared/kernel/duration.ts';
import { exampleConfig, render } from './rendered.ts';

const Alarm = z.object({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  MetricName: z.string().optional(),
  Namespace: z.string().optional(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
  Metrics: z.array(z.object({ Expression: z.string().optional() })).default([]),
  Threshold: z.number(),
  ComparisonOperator: z.literal('GreaterThanThreshold'),
  EvaluationPeriods: z.int(),
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

  it('ring when a lane holds four fifths of what its tightest budget serves in 13 days', () => {
    const alarm = alarmOn('ApproximateNumberOfMessagesVisible', 'sluice-automox.fifo');
    expect(alarm).toMatchObject({ Threshold: 74_880 });
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

  const metricOf = ({ MetricName, Dimensions, Threshold, Namespace }: (typeof alarms)[number]) => ({
    Namespace,
    MetricName,
    Threshold,
    dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
  });

  it.each([
    ['uncertain-jobs', 'Outcomes', 0, { Provider: 'automox', Outcome: 'uncertain' }],
    ['vendor-throttling', 'Throttled', 5, { Provider: 'automox' }],
    ['window-excess', 'WindowExcess', 0, { Provider: 'automox' }],
    ['webhook-refusals', 'SignatureRefusals', 20, { Source: 'tagging' }],
    ['secret-age', 'OldestSecretAgeDays', 90, {}],
  ])('ring %s on %s above %d', (article, MetricName, Threshold, dimensions) => {
    const found = alarms.filter(({ AlarmName }) => AlarmName.startsWith(`sluice-${article}-`));
    expect(found.map(metricOf)).toEqual([
      { Namespace: 'Sluice', MetricName, Threshold, dimensions },
    ]);
  });

  it.each(['webhook', 'api'])('ring at the first request that %s answers 500', (name) => {
    const alarm = alarmOn('RequestsFailed', name);
    expect(alarm).toMatchObject({ Namespace: 'Sluice', Threshold: 0 });
  });

  it('read no metric of the functions that the functions do not write so', () => {
    for (const alarm of alarms.filter(({ Namespace }) => Namespace === 'Sluice')) {
      const written = metrics[alarm.MetricName as MetricName];
      const names = alarm.Dimensions.map(({ Name }) => Name);
      expect(names.sort()).toEqual([...written.dimensions].sort());
    }
  });

  it('read the metrics of their own deployment, so that none rings for another of the account', () => {
    const { template } = render({ ...exampleConfig, prefix: 'sluice-eu' });
    const text = JSON.stringify(template.toJSON()).replaceAll('\\', '');
    const namespaces = [...text.matchAll(/"Namespace":"(Sluice[^"]*)"/g)].map(([, name]) => name);
    const drawn = [...text.matchAll(/\["(Sluice[^"]*)","[A-Z]/g)].map(([, name]) => name);
    expect(new Set(namespaces)).toEqual(new Set(['Sluice-sluice-eu']));
    expect(new Set(drawn)).toEqual(new Set(['Sluice-sluice-eu']));
  });

  it('ring when the scarcest budget of an account lies idle while more waits than it can serve', () => {
    const slow = alarms.filter(({ AlarmName }) => AlarmName.startsWith('sluice-slow-budget-'));
    expect(slow.map(({ AlarmName }) => AlarmName)).toEqual([
      'sluice-slow-budget-automox-acme-servers-batch',
      'sluice-slow-budget-automox-umbrella-servers-batch',
    ]);
    for (const { Metrics, Threshold, EvaluationPeriods } of slow) {
      expect([Threshold, EvaluationPeriods]).toEqual([0.1, 3]);
      expect(Metrics.flatMap(({ Expression }) => Expression ?? [])).toEqual([
        'IF(FILL(deferred, 0) > 0 AND FILL(backlog, 0) > 25, 1 - FILL(granted, 0) / 25, 0)',
      ]);
    }
  });

  it.each(alarms)('$AlarmName names its article of the runbook', (alarm) => {
    const article = /See docs\/runbook\.md#([a-z-]+)$/.exec(alarm.AlarmDescription)?.[1];
    expect(alarm.AlarmName.startsWith(`sluice-${article}-`)).toBe(true);
  });
});
