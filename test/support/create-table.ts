import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { tableInput } from '../../local/stack/provision-tables.ts';
import type { TableShape } from '../../shared/config/topology.ts';

const LOOKS_MAX = 1_000;

/** Creates the table that `shape` describes, under `tableName`, for tests against an emulator. */
export async function createTable(
  client: DynamoDBClient,
  shape: TableShape,
  tableName: string,
): Promise<void> {
  await client.send(new CreateTableCommand(tableInput({ ...shape, name: tableName })));
  await untilActive(client, tableName);
}

/** Emulators, like DynamoDB, answer before the table can be used; each look lets them get on. */
async function untilActive(client: DynamoDBClient, tableName: string): Promise<void> {
  for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
    if (Table?.TableStatus === 'ACTIVE') return;
  }
  throw new Error(`the table ${tableName} does not become active`);
}
