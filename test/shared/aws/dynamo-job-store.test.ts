import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDynamoDbClient } from '../../../shared/aws/clients.ts';
import { createDynamoJobStore } from '../../../shared/aws/dynamo-job-store.ts';
import { changeJob } from '../../../shared/jobs/change-job.ts';
import { describeJobList } from '../../contracts/job-list.ts';
import { describeJobStore } from '../../contracts/job-store.ts';
import { openTable } from '../../support/dynamo-tables.ts';
import { type EmulatedAws, startEmulatedAws } from '../../support/emulated-aws.ts';
import { nextVersion, SAMPLE_AT_MS, sampleJob } from '../../support/sample-job.ts';
import { withoutRefusedItems } from './without-refused-items.ts';

let aws: EmulatedAws;
beforeAll(async () => {
  aws = await startEmulatedAws();
});
afterAll(() => aws.close());

const openStore = async (options = aws.clientOptions) =>
  createDynamoJobStore(await openTable(createDynamoDbClient(options), 'jobs'));

describeJobStore('DynamoDB job store', openStore);
describeJobList('DynamoDB job store', openStore);
describeJobStore('DynamoDB job store where refusals do not carry the item', async () => {
  const client = withoutRefusedItems(createDynamoDbClient(aws.clientOptions));
  return createDynamoJobStore(await openTable(client, 'jobs'));
});

describe('a row with attributes of a newer version', () => {
  it('keeps them when this version replaces the whole row', async () => {
    const client = createDynamoDbClient(aws.clientOptions);
    const options = await openTable(client, 'jobs');
    const store = createDynamoJobStore(options);
    const { id } = sampleJob();
    await store.create(sampleJob());
    const Key = { id: { S: id } };
    await client.send(
      new UpdateItemCommand({
        TableName: options.tableName,
        Key,
        UpdateExpression: 'SET escalation = :text, quota = :number',
        ExpressionAttributeValues: { ':text': { S: '{"to":"ops"}' }, ':number': { N: '7' } },
      }),
    );
    const read = await store.find(id);
    expect(Object.keys(read ?? {})).toEqual(Object.keys(sampleJob()));
    await changeJob(store, read ?? sampleJob(), SAMPLE_AT_MS, ({ warnings: _, ...job }) => ({
      ...job,
      status: 'queued',
    }));
    const { Item } = await client.send(
      new GetItemCommand({ TableName: options.tableName, Key, ConsistentRead: true }),
    );
    expect(Item).toMatchObject({
      status: { S: 'queued' },
      version: { N: '2' },
      escalation: { S: '{"to":"ops"}' },
      quota: { N: '7' },
    });
  });
});

describe('DynamoDB job store under faults', () => {
  afterEach(() => expect(aws.faults.pending()).toBe(0));

  it.each([
    ['is throttled', { kind: 'throttle' }],
    ['fails', { kind: 'server-error', status: 500 }],
    ['gives no answer', { kind: 'answer-lost' }],
  ] as const)('throws store.unavailable with its cause where DynamoDB %s', async (_what, fault) => {
    const store = await openStore();
    aws.faults.inject({ service: 'dynamodb', fault, times: 5 });
    const failure = { code: 'store.unavailable', cause: expect.any(Error) };
    await expect(store.create(sampleJob())).rejects.toMatchObject(failure);
    await expect(store.find('job_x')).rejects.toMatchObject(failure);
    await expect(store.replace(nextVersion(sampleJob()), 1)).rejects.toMatchObject(failure);
    await expect(store.list({ account: 'acme', limit: 1 })).rejects.toMatchObject(failure);
    await expect(store.listDue(0, 1)).rejects.toMatchObject(failure);
  });

  it('throws store.unavailable where nothing listens', async () => {
    const client = createDynamoDbClient({
      ...aws.clientOptions,
      endpointUrl: 'http://127.0.0.1:1',
    });
    const store = createDynamoJobStore({ client, tableName: 'jobs' });
    const failure = { code: 'store.unavailable', message: expect.stringContaining('ECONNREFUSED') };
    await expect(store.find('job_x')).rejects.toMatchObject(failure);
  });

  it('lets a row that is too large for DynamoDB through as the defect it is', async () => {
    const store = await openStore();
    const tooLarge = sampleJob({ paramsJson: 'x'.repeat(400 * 1024) });
    await expect(store.create(tooLarge)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('counts a write as its own where the SDK repeats it after a lost answer', async () => {
    const store = await openStore(aws.repeatingClientOptions);
    aws.faults.inject({
      service: 'dynamodb',
      operation: 'PutItem',
      fault: { kind: 'answer-lost' },
    });
    expect(await store.create(sampleJob())).toEqual({ created: true });
    aws.faults.inject({
      service: 'dynamodb',
      operation: 'PutItem',
      fault: { kind: 'answer-lost' },
    });
    expect(await store.replace(nextVersion(sampleJob()), 1)).toEqual({ stored: true });
  });
});
