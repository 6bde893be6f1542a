import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { expect, it } from 'vitest';
import { BUDGETS_TABLE, startBudgetsTable } from '../../../bench/limiter/budgets-table.ts';
import { localClientConfig } from '../../../local/stack/provision.ts';

it('the budgets table of the bench takes writes as soon as it is given, and counts them', async () => {
  const table = await startBudgetsTable();
  const client = new DynamoDBClient(localClientConfig(table.endpointUrl));
  const Key = { id: { S: 'automox/acme/account' } };
  await client.send(new UpdateItemCommand({ TableName: BUDGETS_TABLE, Key }));
  expect(table.writes()).toEqual({ all: 1, refused: 0 });
  client.destroy();
  await table.close();
});
