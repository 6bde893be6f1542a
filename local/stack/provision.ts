/**
 * Renders the topology with the AWS SDK: what CDK deploys on AWS, made in the emulators. Safe to
 * repeat: what is there from a former run is kept.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { QueueShape, Topology } from '../../shared/config/topology.ts';
import { localArn } from './local-arn.ts';
import { LOCAL_REGION } from './local-aws.ts';
import { provisionBus } from './provision-bus.ts';
import { createTable } from './provision-tables.ts';
import { createTimetable } from './provision-timetable.ts';
import { unlessThere } from './unless-there.ts';

export const localClientConfig = (endpoint: string) => ({
  endpoint,
  region: LOCAL_REGION,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

export async function provision(endpoint: string, topology: Topology): Promise<void> {
  const config = localClientConfig(endpoint);
  const sqs = new SQSClient(config);
  for (const shape of [topology.intake, ...topology.lanes.map(({ queue }) => queue)]) {
    await createQueues(sqs, shape);
  }
  const { name, retentionMs } = topology.timetable.deadLetter;
  await createQueue(sqs, name, { MessageRetentionPeriod: String(retentionMs / 1000) });
  const dynamodb = new DynamoDBClient(config);
  for (const table of Object.values(topology.tables)) await createTable(dynamodb, table);
  const s3 = new S3Client({ ...config, forcePathStyle: true });
  await unlessThere(s3.send(new CreateBucketCommand({ Bucket: topology.bucket.name })));
  await provisionBus(new EventBridgeClient(config), topology);
  await createTimetable(config, topology);
  const secrets = new SecretsManagerClient(config);
  for (const { id } of topology.secrets) {
    await unlessThere(secrets.send(new CreateSecretCommand({ Name: id })));
  }
}

/** A queue and the dead-letter queue behind it. */
async function createQueues(sqs: SQSClient, shape: QueueShape): Promise<void> {
  await createQueue(sqs, shape.deadLetter.name, {
    MessageRetentionPeriod: String(shape.deadLetter.retentionMs / 1000),
    ...(shape.fifo ? fifoAttributes : {}),
  });
  await createQueue(sqs, shape.name, {
    VisibilityTimeout: String(shape.visibilityTimeoutMs / 1000),
    MessageRetentionPeriod: String(shape.retentionMs / 1000),
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: localArn('sqs', shape.deadLetter.name),
      maxReceiveCount: shape.receivesMax,
    }),
    ...(shape.fifo ? fifoAttributes : {}),
  });
}

/** High-throughput mode. */
const fifoAttributes = {
  FifoQueue: 'true',
  DeduplicationScope: 'messageGroup',
  FifoThroughputLimit: 'perMessageGroupId',
};

const createQueue = (
  sqs: SQSClient,
  QueueName: string,
  attributes: Readonly<Record<string, string>>,
) => sqs.send(new CreateQueueCommand({ QueueName, Attributes: { ...attributes } }));
