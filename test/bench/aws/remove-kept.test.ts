import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it, onTestFinished } from 'vitest';
import { removeKept } from '../../../bench/aws/remove-kept.ts';
import { runConfig } from '../../../bench/aws/run-config.ts';
import { startLocalAws } from '../../../local/stack/local-aws.ts';
import { localClientConfig, provision } from '../../../local/stack/provision.ts';
import { describeTopology } from '../../../shared/config/topology.ts';

const own = runConfig('sluice-test-a1', { organizationId: 1 });
const usual = { ...own, prefix: 'sluice' };

async function openAws() {
  const aws = await startLocalAws({ port: 0, onDefect: (error) => expect.fail(String(error)) });
  onTestFinished(() => aws.close());
  const config = localClientConfig(aws.url);
  for (const it of [own, usual]) await provision(aws.url, describeTopology(it));
  return {
    dynamodb: new DynamoDBClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
  };
}

it('removes tables and buckets of the test deployment, with what is in them, and no other', async () => {
  const clients = await openAws();
  for (const Bucket of ['sluice-results', 'sluice-test-a1-results']) {
    await clients.s3.send(new PutObjectCommand({ Bucket, Key: 'job/result.json', Body: '[]' }));
  }
  await removeKept(own, clients);
  const { TableNames } = await clients.dynamodb.send(new ListTablesCommand());
  expect(TableNames).toEqual(['sluice-budgets', 'sluice-jobs']);
  const { Buckets = [] } = await clients.s3.send(new ListBucketsCommand());
  expect(Buckets.map(({ Name }) => Name)).toEqual(['sluice-results']);
  await removeKept(own, clients);
});

it('removes nothing of a deployment that is not named for tests', async () => {
  const clients = await openAws();
  await expect(removeKept(usual, clients)).rejects.toThrow('only a test deployment is removed');
  const { TableNames } = await clients.dynamodb.send(new ListTablesCommand());
  expect(TableNames).toHaveLength(4);
});
