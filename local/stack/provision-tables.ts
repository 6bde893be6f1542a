import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { TableShape } from '../../shared/config/topology.ts';
import { unlessThere } from './unless-there.ts';

/** Makes a table as the topology describes it; one that is there is kept. */
export async function createTable(dynamodb: DynamoDBClient, shape: TableShape): Promise<void> {
  await unlessThere(dynamodb.send(new CreateTableCommand(tableInput(shape))));
  if (shape.timeToLiveAttribute === undefined) return;
  await enableTimeToLive(dynamodb, shape.name, shape.timeToLiveAttribute);
}

/** DynamoDB's name for switching on a time to live that is on. */
const ALREADY_ON = ['ValidationException'];

export const enableTimeToLive = (
  dynamodb: DynamoDBClient,
  TableName: string,
  AttributeName: string,
): Promise<void> =>
  unlessThere(
    dynamodb.send(
      new UpdateTimeToLiveCommand({
        TableName,
        TimeToLiveSpecification: { AttributeName, Enabled: true },
      }),
    ),
    ALREADY_ON,
  );

export function tableInput(shape: TableShape): CreateTableCommandInput {
  const keys = new Map<string, 'S' | 'N'>([[shape.partitionKey, 'S']]);
  for (const index of shape.indexes) {
    keys.set(index.partitionKey, 'S').set(index.sortKey, index.sortType);
  }
  return {
    TableName: shape.name,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: shape.partitionKey, KeyType: 'HASH' }],
    AttributeDefinitions: [...keys].map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    ...(shape.indexes.length === 0
      ? {}
      : { GlobalSecondaryIndexes: shape.indexes.map(indexInput) }),
  };
}

const indexInput = (index: TableShape['indexes'][number]) => ({
  IndexName: index.name,
  KeySchema: [
    { AttributeName: index.partitionKey, KeyType: 'HASH' as const },
    { AttributeName: index.sortKey, KeyType: 'RANGE' as const },
  ],
  Projection:
    index.attributes === 'keys'
      ? { ProjectionType: 'KEYS_ONLY' as const }
      : { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: [...index.attributes] },
});
