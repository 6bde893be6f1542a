import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DescribeEventBusCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListSchedulesCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendTaskHeartbeatCommand, SFNClient } from '@aws-sdk/client-sfn';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quickConfig, type RunningStack, startRunningStack } from './running-stack.ts';

let running: RunningStack;
/** As a user reads it: parsed from the wire. */
let health: ReturnType<RunningStack['stack']['health']>;

beforeAll(async () => {
  const config = quickConfig({
    webhooks: { tagging: { scheme: 'standard-webhooks', jobs: 'payload' } },
    schedules: {
      nightly: {
        when: 'cron(0 2 * * ? *)',
        job: { type: 'automox.servers.query', account: 'acme', params: {} },
      },
    },
  });
  running = await startRunningStack({ config });
  health = (await (await running.get('/health')).json()) as typeof health;
});

afterAll(() => running.stack.close());

const clientConfig = (service: string) => ({
  endpoint: health.aws[service] ?? '',
  region: health.region,
  credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
});

describe('GET /health of the embedded stack', () => {
  it('says where everything is, and nothing else', () => {
    const aws = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/);
    const queue = (name: string) => `${health.aws['sqs']}/000000000000/${name}`;
    expect(health).toEqual({
      status: 'ok',
      aws: {
        sqs: aws,
        dynamodb: aws,
        s3: aws,
        secretsManager: aws,
        eventBridge: aws,
        scheduler: aws,
        stepFunctions: aws,
      },
      region: 'us-east-1',
      intakeQueueUrl: queue('sluice-intake'),
      intakeDeadLetterUrl: queue('sluice-intake-dead'),
      queueUrls: { automox: queue('sluice-automox.fifo') },
      accounts: { acme: { provider: 'automox', secretId: 'sluice/accounts/acme' } },
      webhooks: ['tagging'],
      simulators: {
        automox: {
          url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api$/),
          controlUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/__simulator$/),
        },
      },
    });
  });

  it('names queues that an SDK client reaches', async () => {
    const sqs = new SQSClient(clientConfig('sqs'));
    for (const QueueUrl of [
      health.intakeQueueUrl,
      health.intakeDeadLetterUrl,
      ...Object.values(health.queueUrls),
    ]) {
      const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
      const { Attributes } = await sqs.send(command);
      expect(Attributes?.['QueueArn']).toMatch(QueueUrl.split('/').at(-1) ?? '(none)');
    }
  });

  it('names a DynamoDB with the tables', async () => {
    const { TableNames } = await new DynamoDBClient(clientConfig('dynamodb')).send(
      new ListTablesCommand(),
    );
    expect(TableNames).toEqual(['sluice-budgets', 'sluice-jobs']);
  });

  it('names an S3 with the bucket', async () => {
    const s3 = new S3Client({ ...clientConfig('s3'), forcePathStyle: true });
    const { Buckets = [] } = await s3.send(new ListBucketsCommand());
    expect(Buckets.map(({ Name }) => Name)).toEqual(['sluice-results']);
  });

  it('names a Secrets Manager with a secret for each account and webhook', async () => {
    const { SecretList = [] } = await new SecretsManagerClient(clientConfig('secretsManager')).send(
      new ListSecretsCommand(),
    );
    expect(SecretList.map(({ Name }) => Name).toSorted()).toEqual([
      health.accounts['acme']?.secretId,
      'sluice/webhooks/tagging',
    ]);
  });

  it('names an EventBridge with the bus, and a Scheduler with the schedules', async () => {
    const bus = await new EventBridgeClient(clientConfig('eventBridge')).send(
      new DescribeEventBusCommand({ Name: 'sluice' }),
    );
    const { Schedules = [] } = await new SchedulerClient(clientConfig('scheduler')).send(
      new ListSchedulesCommand(),
    );
    expect(bus.Name).toBe('sluice');
    expect(Schedules.map(({ Name }) => Name)).toEqual([
      'nightly',
      'sluice.reconcile',
      'sluice.secret-ages',
    ]);
  });

  it('names a Step Functions that takes answers to tasks', async () => {
    const sfn = new SFNClient(clientConfig('stepFunctions'));
    await sfn.send(new SendTaskHeartbeatCommand({ taskToken: 'token-1' }));
    expect(running.stack.aws.stepFunctions.answers()).toMatchObject([{ taskToken: 'token-1' }]);
  });

  it('names the simulators with their audits', async () => {
    const { url, controlUrl } = health.simulators['automox'] ?? { url: '', controlUrl: '' };
    expect((await fetch(`${url}/servers`)).status).toBe(401);
    expect(await (await fetch(`${controlUrl}/audit`)).json()).toMatchObject({ arrivals: 1 });
  });
});
