import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoTableOptions } from '../../shared/aws/dynamo-table.ts';
import { describeTopology } from '../../shared/config/topology.ts';
import { createTable } from './create-table.ts';

const { tables } = describeTopology({
  accounts: {},
  webhooks: {},
  schedules: {},
  reactions: {},
  budgets: {},
  senders: { accounts: [], services: [] },
});

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
