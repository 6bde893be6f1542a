/** The budgets table in the emulated DynamoDB, over HTTP, which tells of each write. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamodb } from '../../local/emulators/dynamodb/dynamodb.ts';
import { startEndpoint } from '../../local/emulators/endpoint/endpoint.ts';
import { localClientConfig } from '../../local/stack/provision.ts';
import { type TableCall, tellingTableCalls } from '../../local/stack/table-calls.ts';
import { describeTables } from '../../shared/config/topology.ts';
import { createTable } from '../../test/support/create-table.ts';

const { budgets } = describeTables();

export const BUDGETS_TABLE = budgets.name;

export interface Writes {
  /** Those that a condition refused included: DynamoDB bills both. */
  readonly all: number;
  readonly refused: number;
}

export interface BudgetsTable {
  readonly endpointUrl: string;
  writes(): Writes;
  close(): Promise<void>;
}

export async function startBudgetsTable(): Promise<BudgetsTable> {
  const writes = { all: 0, refused: 0 };
  const count = ({ operation, status }: TableCall): void => {
    if (operation !== 'UpdateItem') return;
    writes.all += 1;
    writes.refused += status === 200 ? 0 : 1;
  };
  const dynamodb = await createDynamodb();
  const endpoint = await startEndpoint({ services: [tellingTableCalls(dynamodb, count)] });
  const client = new DynamoDBClient(localClientConfig(endpoint.url));
  await createTable(client, budgets, BUDGETS_TABLE);
  return {
    endpointUrl: endpoint.url,
    writes: () => ({ ...writes }),
    async close() {
      await endpoint.close();
      await dynamodb.close();
    },
  };
}
