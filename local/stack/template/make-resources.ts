/**
 * Makes what a template describes in the emulators, through the SDK. Safe to repeat: what is there
 * from a former run is kept.
 *
 * CloudFormation spells most properties as the service's own API does; those are handed on as they are.
 */
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  type PutRuleCommandInput,
  PutTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  CreateScheduleGroupCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { localClientConfig } from '../provision.ts';
import { enableTimeToLive } from '../provision-tables.ts';
import { unlessThere } from '../unless-there.ts';
import type { MadeResource, MadeResources } from './read-resources.ts';

export async function makeResources(awsUrl: string, resources: MadeResources): Promise<void> {
  const config = localClientConfig(awsUrl);
  const all = async (
    type: keyof MadeResources,
    make: (properties: MadeResource['properties']) => Promise<unknown>,
  ): Promise<void> => {
    for (const { properties } of resources[type]) await make(properties);
  };
  await makeQueues(new SQSClient(config), resources['AWS::SQS::Queue']);
  const dynamodb = new DynamoDBClient(config);
  await all('AWS::DynamoDB::Table', (properties) => makeTable(dynamodb, properties));
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  await all('AWS::S3::Bucket', ({ BucketName }) =>
    unlessThere(s3.send(new CreateBucketCommand({ Bucket: String(BucketName) }))),
  );
  const events = new EventBridgeClient(config);
  await all('AWS::Events::EventBus', ({ Name }) =>
    unlessThere(events.send(new CreateEventBusCommand({ Name: String(Name) }))),
  );
  await all('AWS::Events::Rule', (properties) => makeRule(events, properties));
  const scheduler = new SchedulerClient(config);
  await all('AWS::Scheduler::ScheduleGroup', ({ Name }) =>
    unlessThere(scheduler.send(new CreateScheduleGroupCommand({ Name: String(Name) }))),
  );
  await all('AWS::Scheduler::Schedule', (properties) => {
    const input = properties as unknown as CreateScheduleCommandInput;
    return unlessThere(scheduler.send(new CreateScheduleCommand(input)));
  });
  const secrets = new SecretsManagerClient(config);
  await all('AWS::SecretsManager::Secret', ({ Name }) =>
    unlessThere(secrets.send(new CreateSecretCommand({ Name: String(Name) }))),
  );
}

/** A queue can only name a dead-letter queue that is there. */
async function makeQueues(sqs: SQSClient, queues: readonly MadeResource[]): Promise<void> {
  const [first, then] = [
    queues.filter(({ properties }) => !('RedrivePolicy' in properties)),
    queues.filter(({ properties }) => 'RedrivePolicy' in properties),
  ];
  for (const { properties } of [...first, ...then]) {
    const { QueueName, ...given } = properties;
    const Attributes = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, textOf(value)]),
    );
    await sqs.send(new CreateQueueCommand({ QueueName: String(QueueName), Attributes }));
  }
}

/** The API of SQS takes every attribute as text. */
const textOf = (value: unknown): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

async function makeTable(
  dynamodb: DynamoDBClient,
  { TimeToLiveSpecification, ...input }: MadeResource['properties'],
): Promise<void> {
  const command = new CreateTableCommand(input as unknown as CreateTableCommandInput);
  await unlessThere(dynamodb.send(command));
  if (TimeToLiveSpecification === undefined) return;
  const { AttributeName } = TimeToLiveSpecification as { readonly AttributeName: string };
  await enableTimeToLive(dynamodb, String(input['TableName']), AttributeName);
}

async function makeRule(
  events: EventBridgeClient,
  { Targets, EventPattern, ...rule }: MadeResource['properties'],
): Promise<void> {
  const input = { ...rule, EventPattern: JSON.stringify(EventPattern) };
  await events.send(new PutRuleCommand(input as unknown as PutRuleCommandInput));
  await events.send(
    new PutTargetsCommand({
      Rule: String(rule['Name']),
      EventBusName: String(rule['EventBusName']),
      Targets: Targets as Target[],
    }),
  );
}
