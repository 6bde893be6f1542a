import {
  type AttributeDefinition,
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  type KeySchemaElement,
} from '@aws-sdk/client-dynamodb';
import type { TableShape } from '../../shared/config/topology.ts';

const LOOKS_MAX = 1_000;

/** Creates the table that `shape` describes, under `tableName`, for tests against an emulator. */
export async function createTable(
  client: DynamoDBClient,
  shape: TableShape,
  tableName: string,
): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: attributesOf(shape),
      KeySchema: [{ AttributeName: shape.partitionKey, KeyType: 'HASH' }],
      ...(shape.indexes.length > 0 && { GlobalSecondaryIndexes: shape.indexes.map(indexInput) }),
    }),
  );
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

function attributesOf(shape: TableShape): AttributeDefinition[] {
  const types = new Map<string, 'S' | 'N'>([[shape.partitionKey, 'S']]);
  for (const index of shape.indexes) {
    types.set(index.partitionKey, 'S').set(index.sortKey, index.sortType);
  }
  return [...types].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType }));
}

const keySchema = (partitionKey: string, sortKey: string): KeySchemaElement[] => [
  { AttributeName: partitionKey, KeyType: 'HASH' },
  { AttributeName: sortKey, KeyType: 'RANGE' },
];

/** Keys are projected anyway, and DynamoDB refuses to hear of them again. */
function indexInput({ name, partitionKey, sortKey, attributes }: TableShape['indexes'][number]) {
  const keys = [partitionKey, sortKey];
  return {
    IndexName: name,
    KeySchema: keySchema(partitionKey, sortKey),
    Projection:
      attributes === 'keys'
        ? { ProjectionType: 'KEYS_ONLY' as const }
        : {
            ProjectionType: 'INCLUDE' as const,
            NonKeyAttributes: attributes.filter((attribute) => !keys.includes(attribute)),
          },
  };
}
