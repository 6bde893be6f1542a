/** Everything that a stack has written down, as text: what a secret must not be found in. */
import { gunzipSync } from 'node:zlib';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { localClientConfig } from '../../../local/stack/provision.ts';
import { createDynamoDbClient } from '../../../shared/aws/clients.ts';
import type { RunningStack } from './running-stack.ts';

/** Every row of a table, as DynamoDB holds it. */
export async function readTable({ stack }: RunningStack, TableName: string): Promise<unknown[]> {
  const { awsUrl } = stack;
  const client = createDynamoDbClient({ endpointUrl: awsUrl, ...localClientConfig(awsUrl) });
  const { Items = [] } = await client.send(new ScanCommand({ TableName }));
  return Items;
}

/** Every result and note. */
export async function readObjects({ s3 }: RunningStack): Promise<readonly string[]> {
  const Bucket = 'sluice-results';
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const read = async ({ Key }: { Key?: string | undefined }) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
    return (Key?.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  };
  return Promise.all(Contents.map(read));
}
