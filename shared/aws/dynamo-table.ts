/**
 * One DynamoDB table whose key is `id`, in the few calls that the stores need.
 *
 * Guarantees: reads are consistent (indexes cannot be); every write is conditional. A refused write
 * is an answer that carries the present item, not an error.
 */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { orUnavailable } from './or-unavailable.ts';

export type Item = Record<string, AttributeValue>;

/** A DynamoDB expression with its placeholders: `#name` and `:value`. */
export interface Expression {
  readonly text: string;
  readonly names: Record<string, string>;
  readonly values: Item;
}

export type ItemWrite =
  | { readonly written: true; readonly old?: Item }
  | { readonly written: false; readonly present: Item | undefined };

export interface ItemUpdate {
  readonly text: string;
  /** Carries the placeholders of `text` as well. */
  readonly condition: Expression;
  /** Answer what the touched attributes held before. */
  readonly wantsOld?: boolean;
}

export interface ItemQuery {
  readonly index: string;
  readonly key: string;
  readonly filter?: string;
  readonly names: Record<string, string>;
  readonly values: Item;
  readonly newestFirst: boolean;
  readonly limit: number;
  readonly startKey?: Item;
}

export interface DynamoTable {
  find(id: string): Promise<Item | undefined>;
  /** Puts `item` if `condition` holds of the present one. */
  putIf(item: Item, condition: Expression): Promise<ItemWrite>;
  updateIf(id: string, update: ItemUpdate): Promise<ItemWrite>;
  query(query: ItemQuery): Promise<{ readonly items: readonly Item[]; readonly lastKey?: Item }>;
}

export interface DynamoTableOptions {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}

export function createDynamoTable({ client, tableName }: DynamoTableOptions): DynamoTable {
  const table = { TableName: tableName };
  const ask = <T>(call: Promise<T>): Promise<T> => orUnavailable(`table ${tableName}`, call);
  const find = async (id: string): Promise<Item | undefined> => {
    const command = new GetItemCommand({ ...table, Key: { id: { S: id } }, ConsistentRead: true });
    return (await ask(client.send(command))).Item;
  };
  return {
    find,
    putIf: async (item, condition) => {
      const command = new PutItemCommand({ ...table, Item: item, ...conditionInput(condition) });
      const write = await ask(client.send(command).then(toWritten, toRefusal));
      return presentOnRefusal(write, () => find(item['id']?.S ?? ''));
    },
    updateIf: async (id, update) => {
      const command = new UpdateItemCommand({
        ...table,
        Key: { id: { S: id } },
        UpdateExpression: update.text,
        ReturnValues: update.wantsOld === true ? 'UPDATED_OLD' : 'NONE',
        ...conditionInput(update.condition),
      });
      const write = await ask(client.send(command).then(toWritten, toRefusal));
      return presentOnRefusal(write, () => find(id));
    },
    query: async (query) => {
      const { Items = [], LastEvaluatedKey } = await ask(
        client.send(new QueryCommand({ ...table, ...queryInput(query) })),
      );
      return { items: Items, ...(LastEvaluatedKey && { lastKey: LastEvaluatedKey }) };
    },
  };
}

const toWritten = ({ Attributes }: { Attributes?: Item | undefined }): ItemWrite => ({
  written: true,
  ...(Attributes && { old: Attributes }),
});

/** Emulators may refuse without giving the item that `ALL_OLD` asks for; it is then read. */
async function presentOnRefusal(
  write: ItemWrite,
  readPresent: () => Promise<Item | undefined>,
): Promise<ItemWrite> {
  if (write.written || write.present !== undefined) return write;
  return { written: false, present: await readPresent() };
}

function toRefusal(error: unknown): ItemWrite {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
  return { written: false, present: error.Item };
}

const conditionInput = (condition: Expression) => ({
  ConditionExpression: condition.text,
  ExpressionAttributeNames: condition.names,
  ...(Object.keys(condition.values).length > 0 && { ExpressionAttributeValues: condition.values }),
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
});

const queryInput = (query: ItemQuery) => ({
  IndexName: query.index,
  KeyConditionExpression: query.key,
  ...(query.filter !== undefined && { FilterExpression: query.filter }),
  ExpressionAttributeNames: query.names,
  ExpressionAttributeValues: query.values,
  ScanIndexForward: !query.newestFirst,
  Limit: query.limit,
  ...(query.startKey && { ExclusiveStartKey: query.startKey }),
});
