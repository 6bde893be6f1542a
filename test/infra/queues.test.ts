import { App, Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { intakeMapping } from '../../functions/intake/contract.ts';
import { workerMapping } from '../../functions/worker/contract.ts';
import { consumeQueue } from '../../infra/consume-queue.ts';
import { QueuePair } from '../../infra/queue-pair.ts';
import { SluiceFunction } from '../../infra/sluice-function.ts';
import { stages } from '../../infra/stages.ts';
import { describeTopology, type QueueShape } from '../../shared/config/topology.ts';
import { minutes, seconds } from '../../shared/kernel/duration.ts';
import { queueStatements } from './policies.ts';
import { exampleConfig, render, stubCode } from './rendered.ts';

const rendered = render(exampleConfig);

const Queue = z.object({
  QueueName: z.string(),
  MessageRetentionPeriod: z.number(),
  VisibilityTimeout: z.number().default(30),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string() }).optional(),
  SqsManagedSseEnabled: z.boolean(),
});
const queues = rendered.all('AWS::SQS::Queue').map((queue) => Queue.parse(queue.Properties));
const queueNamed = (name: string) => {
  const queue = queues.find(({ QueueName }) => QueueName === name);
  expect(queue, name).toBeDefined();
  return Queue.parse(queue);
};
const working = queues.filter(({ QueueName }) => !/-dead(\.fifo)?$/.test(QueueName));

describe('S14 queues', () => {
  it('are one for intake and one for each provider of the config', () => {
    expect(working.map(({ QueueName }) => QueueName).sort()).toEqual([
      'sluice-automox.fifo',
      'sluice-intake',
    ]);
  });

  it.each(working)('$QueueName has a dead-letter queue that keeps messages longer', (queue) => {
    const letters = queueNamed(queue.RedrivePolicy?.deadLetterTargetArn ?? 'none');
    expect(letters.MessageRetentionPeriod).toBeGreaterThan(queue.MessageRetentionPeriod);
  });

  it.each(queues)('$QueueName is encrypted and refuses whoever comes without TLS', (queue) => {
    expect(queue.SqsManagedSseEnabled).toBe(true);
    expect(queueStatements(rendered, queue.QueueName)).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Action: ['sqs:*'],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  });

  it.each(['sluice-automox.fifo', 'sluice-automox-dead.fifo'])(
    '%s counts order and throughput by message group',
    (name) => {
      expect(rendered.one('AWS::SQS::Queue', 'QueueName', name).Properties).toMatchObject({
        FifoQueue: true,
        DeduplicationScope: 'messageGroup',
        FifoThroughputLimit: 'perMessageGroupId',
      });
    },
  );

  it('refuses a dead-letter queue that forgets before its queue', () => {
    const { intake } = describeTopology(exampleConfig);
    const shape = { ...intake, deadLetter: { ...intake.deadLetter, retentionMs: minutes(1) } };
    expect(() => new QueuePair(new Stack(new App()), 'Pair', shape)).toThrow(
      /keep messages longer/,
    );
  });
});

describe('S15 event-source mappings', () => {
  const mappings = rendered.all('AWS::Lambda::EventSourceMapping');

  it.each([
    { queue: 'sluice-intake', consumer: 'sluice-intake', mapping: intakeMapping },
    { queue: 'sluice-automox.fifo', consumer: 'sluice-worker-automox', mapping: workerMapping },
  ])('feed $queue to $consumer, and only failed messages come back', (fed) => {
    const { queue, consumer, mapping } = fed;
    expect(
      rendered.one('AWS::Lambda::EventSourceMapping', 'EventSourceArn', queue).Properties,
    ).toMatchObject({
      FunctionName: consumer,
      BatchSize: mapping.batchSize,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: mapping.concurrencyMax },
    });
  });

  it('hide a message for at least six timeouts of its consumer', () => {
    expect(mappings).toHaveLength(2);
    for (const { Properties } of mappings) {
      const consumer = String(Properties['FunctionName']);
      const { Timeout } = z
        .object({ Timeout: z.number() })
        .parse(rendered.one('AWS::Lambda::Function', 'FunctionName', consumer).Properties);
      const queue = queueNamed(String(Properties['EventSourceArn']));
      expect(queue.VisibilityTimeout).toBeGreaterThanOrEqual(6 * Timeout);
    }
  });

  it('refuse a consumer that runs longer than a sixth of the visibility timeout', () => {
    const stack = new Stack(new App());
    const shape: QueueShape = {
      ...describeTopology(exampleConfig).intake,
      visibilityTimeoutMs: seconds(179),
    };
    const consumer = new SluiceFunction(stack, 'Slow', {
      contract: { name: 'slow', environment: [], memoryMb: 128, timeoutMs: seconds(30) },
      prefix: 'sluice',
      code: stubCode(),
      environment: {},
      statements: [],
      stage: stages.prod,
    });
    const pair = new QueuePair(stack, 'Pair', shape);
    expect(() => consumeQueue(consumer, pair, { batchSize: 1, concurrencyMax: 2 })).toThrow(
      /six timeouts/,
    );
  });
});

describe('the intake queue', () => {
  const allowed = queueStatements(rendered, 'sluice-intake').filter((it) => it.Effect === 'Allow');

  it.each([
    ['events.amazonaws.com', 'arn:AWS::Partition:events:AWS::Region:AWS::AccountId:rule/*'],
    ['sns.amazonaws.com', 'arn:AWS::Partition:sns:*:AWS::AccountId:*'],
    ['s3.amazonaws.com', 'arn:AWS::Partition:s3:::*'],
  ])('takes messages of %s from this account alone', (service, source) => {
    expect(allowed).toContainEqual(
      expect.objectContaining({
        Principal: { Service: [service] },
        Action: ['sqs:SendMessage'],
        Condition: {
          ArnLike: { 'aws:SourceArn': source },
          StringEquals: { 'aws:SourceAccount': 'AWS::AccountId' },
        },
      }),
    );
  });

  it('gets each JobRequested event whole, and keeps what cannot be delivered', () => {
    const rule = rendered.one('AWS::Events::Rule', 'Name', 'sluice-job-requested');
    expect(rule.Properties).toEqual(
      expect.objectContaining({
        EventBusName: 'sluice',
        EventPattern: { 'detail-type': ['JobRequested'] },
        Targets: [
          {
            Id: expect.any(String),
            Arn: 'sluice-intake',
            DeadLetterConfig: { Arn: 'sluice-intake-dead' },
          },
        ],
      }),
    );
  });
});
