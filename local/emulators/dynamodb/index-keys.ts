/**
 * Refuses a row whose index key is empty, which dynalite lets pass. AWS takes empty texts as values,
 * never as keys, those of its indexes included.
 * Source: Amazon DynamoDB developer guide, Constraints: naming rules and data types.
 */
import { AwsError } from '../endpoint/aws-error.ts';
import { type DynaliteStore, findTable, type Item, type LevelWrite } from './dynalite-store.ts';

interface IndexedTable {
  readonly GlobalSecondaryIndexes?: readonly {
    readonly IndexName: string;
    readonly KeySchema: readonly { readonly AttributeName: string }[];
  }[];
}

/** Throws ValidationException. */
export async function refuseEmptyIndexKeys(
  store: DynaliteStore,
  writes: readonly LevelWrite[],
): Promise<void> {
  for (const write of writes) {
    const [, tableName] = /^item-([^~]+)~/.exec(write.key) ?? [];
    if (tableName === undefined || write.type === 'del') continue;
    const item = write.value as Item;
    // Most rows hold no empty text, and the table need not be read for them.
    if (!Object.values(item).some(isEmpty)) continue;
    refuseEmptyKeys((await findTable<IndexedTable>(store, tableName)) ?? {}, item);
  }
}

function refuseEmptyKeys({ GlobalSecondaryIndexes = [] }: IndexedTable, item: Item): void {
  for (const { IndexName, KeySchema } of GlobalSecondaryIndexes) {
    const empty = KeySchema.find(({ AttributeName }) => isEmpty(item[AttributeName]));
    if (empty === undefined) continue;
    throw new AwsError(
      'ValidationException',
      'One or more parameter values are not valid. A value specified for a secondary index key is ' +
        'not supported. The AttributeValue for a key attribute cannot contain an empty string ' +
        `value. IndexName: ${IndexName}, IndexKey: ${empty.AttributeName}`,
    );
  }
}

const isEmpty = (value: Item[string] | undefined): boolean =>
  value?.['S'] === '' || value?.['B'] === '';
