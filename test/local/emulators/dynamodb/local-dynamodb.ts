import * as D from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import {
  createDynamodb,
  type Dynamodb,
  type DynamodbOptions,
} from '../../../../local/emulators/dynamodb/dynamodb.ts';
import { startEndpoint } from '../../../../local/emulators/endpoint/endpoint.ts';
import {
  createFaultInjector,
  type FaultInjector,
} from '../../../../local/emulators/endpoint/fault-injector.ts';
import { clientOptions } from '../endpoint/client-options.ts';

export interface LocalDynamodb {
  readonly service: Dynamodb;
  readonly client: D.DynamoDBClient;
  readonly faults: FaultInjector;
  stop(): Promise<void>;
}

/** The emulator behind a port, and the SDK's client in front of it. */
export async function startDynamodb(options: DynamodbOptions = {}): Promise<LocalDynamodb> {
  const service = await createDynamodb(options);
  const faults = createFaultInjector();
  const endpoint = await startEndpoint({ services: [service], faults });
  const client = new D.DynamoDBClient(clientOptions(endpoint.url));
  return {
    service,
    client,
    faults,
    stop: async () => {
      client.destroy();
      await endpoint.close();
      await service.close();
    },
  };
}

export const TABLE = 'jobs';
export const INDEX = 'by-status';

/** A table with the key `id` and an index on `status`, ready for use. */
export async function createTable(client: D.DynamoDBClient): Promise<void> {
  await client.send(
    new D.CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'S' },
        { AttributeName: 'status', AttributeType: 'S' },
      ],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: INDEX,
          KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  await D.waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 1 }, { TableName: TABLE });
}

export const row = (id: string, count: number) => ({
  id: { S: id },
  status: { S: 'queued' },
  count: { N: String(count) },
});

/** The number in `count` of the row, undefined where there is no such row. */
export async function countOf(client: D.DynamoDBClient, id: string): Promise<number | undefined> {
  const { Item } = await client.send(
    new D.GetItemCommand({ TableName: TABLE, Key: { id: { S: id } }, ConsistentRead: true }),
  );
  return Item === undefined ? undefined : Number(Item['count']?.N);
}

/** Takes `amount` from the row's count, never below zero. */
export const take = (id: string, amount: number): D.UpdateItemCommandInput => ({
  TableName: TABLE,
  Key: { id: { S: id } },
  UpdateExpression: 'SET #c = #c - :n',
  ConditionExpression: '#c >= :n',
  ExpressionAttributeNames: { '#c': 'count' },
  ExpressionAttributeValues: { ':n': { N: String(amount) } },
});

/** An emulator with the table, for all tests of the file that calls this at its top. */
export function useTable(): () => LocalDynamodb {
  let local: LocalDynamodb | undefined;
  const started = (): LocalDynamodb => {
    if (local === undefined) throw new RangeError('the emulator runs while tests do');
    return local;
  };
  beforeAll(async () => {
    local = await startDynamodb();
    await createTable(local.client);
  });
  afterAll(() => started().stop());
  return started;
}
