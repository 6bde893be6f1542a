/**
 * Renders the topology with the AWS SDK: what CDK deploys on AWS, made in the emulators. Safe to
 * repeat: what is there from a former run is kept.
 */
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { scheduledMessage } from '../../shared/config/schedule.ts';
import type { QueueShape, TableShape, Topology } from '../../shared/config/topology.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION } from './local-aws.ts';
import { provisionBus } from './provision-bus.ts';
import { ALREADY_ON, unlessThere } from './unless-there.ts';

export interface Provisioned {
  readonly intakeQueueUrl: string;
  readonly intakeDeadLetterUrl: string;
  /** Provider → URL of its lane. */
  readonly queueUrls: Readonly<Record<string, string>>;
}

export const localClientConfig = (endpoint: string) => ({
  endpoint,
  region: LOCAL_REGION,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

export async function provision(endpoint: string, topology: Topology): Promise<Provisioned> {
  const config = localClientConfig(endpoint);
  const sqs = new SQSClient(config);
  const intake = await createQueue(sqs, topology.intake);
  const lanes: [string, string][] = [];
  for (const { provider, queue } of topology.lanes) {
    lanes.push([provider, (await createQueue(sqs, queue)).url]);
  }
  const dynamodb = new DynamoDBClient(config);
  for (const table of Object.values(topology.tables)) await createTable(dynamodb, table);
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  await unlessThere(s3.send(new CreateBucketCommand({ Bucket: topology.bucket.name })));
  const intakeArn = queueArn(topology.intake.name);
  await provisionBus(new EventBridgeClient(config), topology, intakeArn);
  await createSchedules(new SchedulerClient(config), topology, intakeArn);
  const secrets = new SecretsManagerClient(config);
  for (const { id } of topology.secrets) {
    await unlessThere(secrets.send(new CreateSecretCommand({ Name: id })));
  }
  return {
    intakeQueueUrl: intake.url,
    intakeDeadLetterUrl: intake.deadLetterUrl,
    queueUrls: Object.fromEntries(lanes),
  };
}

const queueArn = (name: string): string => `arn:aws:sqs:${LOCAL_REGION}:${LOCAL_ACCOUNT}:${name}`;

async function createQueue(sqs: SQSClient, shape: QueueShape) {
  const deadLetterUrl = await putQueue(sqs, shape.deadLetter.name, {
    MessageRetentionPeriod: String(shape.deadLetter.retentionMs / 1000),
    ...(shape.fifo ? fifoAttributes : {}),
  });
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: deadLetterUrl, AttributeNames: ['QueueArn'] }),
  );
  const url = await putQueue(sqs, shape.name, {
    VisibilityTimeout: String(shape.visibilityTimeoutMs / 1000),
    MessageRetentionPeriod: String(shape.retentionMs / 1000),
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: Attributes?.['QueueArn'],
      maxReceiveCount: shape.receivesMax,
    }),
    ...(shape.fifo ? fifoAttributes : {}),
  });
  return { url, deadLetterUrl };
}

/** High-throughput mode. */
const fifoAttributes = {
  FifoQueue: 'true',
  DeduplicationScope: 'messageGroup',
  FifoThroughputLimit: 'perMessageGroupId',
};

async function putQueue(
  sqs: SQSClient,
  name: string,
  attributes: Readonly<Record<string, string>>,
): Promise<string> {
  const command = new CreateQueueCommand({ QueueName: name, Attributes: { ...attributes } });
  const { QueueUrl = '' } = await sqs.send(command);
  return QueueUrl;
}

async function createTable(dynamodb: DynamoDBClient, shape: TableShape): Promise<void> {
  await unlessThere(dynamodb.send(new CreateTableCommand(tableInput(shape))));
  if (shape.timeToLiveAttribute === undefined) return;
  const specification = { AttributeName: shape.timeToLiveAttribute, Enabled: true };
  await unlessThere(
    dynamodb.send(
      new UpdateTimeToLiveCommand({
        TableName: shape.name,
        TimeToLiveSpecification: specification,
      }),
    ),
    ALREADY_ON,
  );
}

export function tableInput(shape: TableShape): CreateTableCommandInput {
  const keys = new Map<string, 'S' | 'N'>([[shape.partitionKey, 'S']]);
  for (const index of shape.indexes) {
    keys.set(index.partitionKey, 'S').set(index.sortKey, index.sortType);
  }
  return {
    TableName: shape.name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: shape.partitionKey, KeyType: 'HASH' }],
    AttributeDefinitions: [...keys].map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    ...(shape.indexes.length === 0
      ? {}
      : { GlobalSecondaryIndexes: shape.indexes.map(indexInput) }),
  };
}

const indexInput = (index: TableShape['indexes'][number]) => ({
  IndexName: index.name,
  KeySchema: [
    { AttributeName: index.partitionKey, KeyType: 'HASH' as const },
    { AttributeName: index.sortKey, KeyType: 'RANGE' as const },
  ],
  Projection:
    index.attributes === 'keys'
      ? { ProjectionType: 'KEYS_ONLY' as const }
      : { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: nonKeyAttributes(index) },
});

/** DynamoDB refuses to project a key of the index as a non-key attribute. */
const nonKeyAttributes = ({ attributes, partitionKey, sortKey }: TableShape['indexes'][number]) =>
  attributes === 'keys'
    ? []
    : attributes.filter((name) => name !== partitionKey && name !== sortKey);

async function createSchedules(scheduler: SchedulerClient, topology: Topology, intakeArn: string) {
  for (const schedule of topology.schedules) {
    const command = new CreateScheduleCommand({
      Name: schedule.name,
      ScheduleExpression: schedule.when,
      ScheduleExpressionTimezone: schedule.timeZone,
      State: schedule.enabled ? 'ENABLED' : 'DISABLED',
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: {
        Arn: intakeArn,
        RoleArn: `arn:aws:iam::${LOCAL_ACCOUNT}:role/sluice-scheduler`,
        Input: JSON.stringify(scheduledMessage(schedule.name, schedule)),
      },
    });
    await unlessThere(scheduler.send(command));
  }
}
