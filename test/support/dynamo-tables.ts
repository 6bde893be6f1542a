import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoTableOptions } from '../../shared/aws/dynamo-table.ts';
import { describeTables } from '../../shared/config/topology.ts';
import { createTable } from './create-table.ts';

const tables = describeTables();

let tablesOpened = 0;

/** A new table of the deployed shape, under a name of its own, so that no test sees another's rows. */
export async function openTable(
  client: DynamoDBClient,
  kind: keyof typeof tables,
): Promise<DynamoTableOptions> {
  tablesOpened += 1;
  const tableName = `${tables[kind].name}-${tablesOpened}`;
  await createTable(client, tables[kind], tableName);
  return { client, tableName };
}
