/** Deletes what a stack keeps when it is deleted: its tables and buckets. For test deployments alone. */
import {
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  S3Client,
} from '@aws-sdk/client-s3';
import { DEFAULT_PREFIX, isTestPrefix } from '../../shared/config/prefix.ts';
import type { SluiceConfig } from '../../shared/config/sluice-config.ts';
import { describeTopology } from '../../shared/config/topology.ts';
import { invariant } from '../../shared/kernel/invariant.ts';

export interface Kept {
  readonly dynamodb: DynamoDBClient;
  readonly s3: S3Client;
}

export async function removeKept(
  config: SluiceConfig,
  { dynamodb, s3 }: Kept = { dynamodb: new DynamoDBClient(), s3: new S3Client() },
): Promise<void> {
  invariant(isTestPrefix(config.prefix ?? DEFAULT_PREFIX), 'only a test deployment is removed');
  const { tables, bucket } = describeTopology(config);
  for (const { name } of Object.values(tables)) await removeTable(dynamodb, name);
  const { Buckets = [] } = await s3.send(new ListBucketsCommand());
  for (const { Name = '' } of Buckets) {
    if (Name === bucket.name || Name.startsWith(`${bucket.name}-`)) await removeBucket(s3, Name);
  }
}

async function removeBucket(s3: S3Client, Bucket: string): Promise<void> {
  for (;;) {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    if (Contents.length === 0) break;
    const Objects = Contents.map(({ Key }) => ({ Key }));
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  }
  await s3.send(new DeleteBucketCommand({ Bucket }));
}

/** A deployment that failed early has no tables yet. */
async function removeTable(dynamodb: DynamoDBClient, TableName: string): Promise<void> {
  try {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    if (Table?.DeletionProtectionEnabled) {
      const update = { TableName, DeletionProtectionEnabled: false };
      await dynamodb.send(new UpdateTableCommand(update));
    }
    await dynamodb.send(new DeleteTableCommand({ TableName }));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ResourceNotFoundException')) throw error;
  }
}
