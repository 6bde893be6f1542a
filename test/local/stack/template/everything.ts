/** All that exists in emulated AWS, read back through the SDK. */
import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import {
  EventBridgeClient,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
} from '@aws-sdk/client-eventbridge';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import {
  GetScheduleCommand,
  ListScheduleGroupsCommand,
  ListSchedulesCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import {
  GetSecretValueCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { localClientConfig } from '../../../../local/stack/provision.ts';

export async function readEverything(awsUrl: string) {
  const config = localClientConfig(awsUrl);
  return {
    queues: await readQueues(new SQSClient(config)),
    tables: await readTables(new DynamoDBClient(config)),
    buckets: await readBuckets(new S3Client({ ...config, forcePathStyle: true })),
    buses: await readBuses(new EventBridgeClient(config)),
    ...(await readSchedules(new SchedulerClient(config))),
    secrets: await readSecrets(new SecretsManagerClient(config)),
  };
}

async function readQueues(sqs: SQSClient) {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand());
  const read = QueueUrls.toSorted().map(async (QueueUrl) => {
    const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
    const { Attributes = {} } = await sqs.send(command);
    const lasting = Object.entries(Attributes).filter(
      ([name]) => !/^Approximate|Timestamp$/.test(name),
    );
    return Object.fromEntries(lasting);
  });
  return Promise.all(read);
}

async function readTables(dynamodb: DynamoDBClient) {
  const { TableNames = [] } = await dynamodb.send(new ListTablesCommand());
  const read = TableNames.map(async (TableName) => {
    const { Table = {} } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    const { TimeToLiveDescription } = await dynamodb.send(
      new DescribeTimeToLiveCommand({ TableName }),
    );
    const indexes = Table.GlobalSecondaryIndexes ?? [];
    return {
      TableName,
      keys: Table.KeySchema,
      billing: Table.BillingModeSummary?.BillingMode,
      attributes: Table.AttributeDefinitions?.toSorted((a, b) =>
        `${a.AttributeName}`.localeCompare(`${b.AttributeName}`),
      ),
      indexes: indexes
        .map(({ IndexName, KeySchema, Projection }) => ({
          IndexName,
          KeySchema,
          kind: Projection?.ProjectionType,
          attributes: Projection?.NonKeyAttributes?.toSorted(),
        }))
        .toSorted((a, b) => `${a.IndexName}`.localeCompare(`${b.IndexName}`)),
      timeToLive: TimeToLiveDescription,
    };
  });
  return Promise.all(read);
}

async function readBuckets(s3: S3Client) {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand());
  return Buckets.map(({ Name = '' }) => Name).toSorted();
}

async function readBuses(events: EventBridgeClient) {
  const { EventBuses = [] } = await events.send(new ListEventBusesCommand());
  const read = EventBuses.map(async ({ Name: EventBusName, Arn }) => {
    const { Rules = [] } = await events.send(new ListRulesCommand({ EventBusName }));
    const targets = Rules.map(({ Name: Rule }) =>
      events.send(new ListTargetsByRuleCommand({ EventBusName, Rule })),
    );
    const found = await Promise.all(targets);
    return { EventBusName, Arn, Rules, targets: found.map(({ Targets }) => Targets) };
  });
  return Promise.all(read);
}

async function readSchedules(scheduler: SchedulerClient) {
  const { Schedules = [] } = await scheduler.send(new ListSchedulesCommand());
  const { ScheduleGroups = [] } = await scheduler.send(new ListScheduleGroupsCommand());
  const read = Schedules.map(async ({ Name, GroupName }) => {
    const { CreationDate, LastModificationDate, $metadata, ...schedule } = await scheduler.send(
      new GetScheduleCommand({ Name, GroupName }),
    );
    return schedule;
  });
  return {
    groups: ScheduleGroups.map(({ Name }) => Name).toSorted(),
    schedules: (await Promise.all(read)).toSorted((a, b) => `${a.Name}`.localeCompare(`${b.Name}`)),
  };
}

async function readSecrets(secrets: SecretsManagerClient) {
  const { SecretList = [] } = await secrets.send(new ListSecretsCommand());
  const read = SecretList.map(async ({ Name = '' }) => {
    const value = await secrets
      .send(new GetSecretValueCommand({ SecretId: Name }))
      .catch((error: Error) => error.name);
    return [Name, value] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}
