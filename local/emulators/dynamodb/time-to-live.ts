/**
 * Time to live: which attribute of which table holds the second at which a row may go, and the
 * sweep that deletes such rows. AWS takes up to days; here the caller decides when to sweep.
 */
import { days } from '../../../shared/kernel/duration.ts';
import { AwsError } from '../endpoint/aws-error.ts';
import type { JsonInput } from '../endpoint/json-service.ts';
import type { Output } from './dynalite-engine.ts';
import { type DynaliteStore, type Item, readPrefix } from './dynalite-store.ts';

/** Rows expired for longer are left alone. Source: Amazon DynamoDB developer guide, TTL. */
const EXPIRED_FOR_MAX_MS = days(5 * 365);
const PREFIX = 'ttl~';

export type Perform = (operation: string, input: JsonInput) => Promise<Output>;

export interface TimeToLive {
  update(input: JsonInput): Promise<Output>;
  describe(input: JsonInput): Promise<Output>;
  forget(tableName: string): Promise<void>;
  /** Deletes rows whose time has come; answers how many. */
  sweep(nowMs: number): Promise<number>;
}

export async function createTimeToLive(
  store: DynaliteStore,
  perform: Perform,
): Promise<TimeToLive> {
  const attributes = (await readPrefix(store, PREFIX)) as Map<string, string>;
  const save = async (tableName: string, attribute: string | undefined): Promise<void> => {
    const key = PREFIX + tableName;
    await store.db.batch([
      attribute === undefined ? { type: 'del', key } : { type: 'put', key, value: attribute },
    ]);
    if (attribute === undefined) attributes.delete(tableName);
    else attributes.set(tableName, attribute);
  };
  return {
    update: async (input) => {
      const { tableName, attribute, enabled } = parseUpdate(input);
      await perform('DescribeTable', { TableName: tableName });
      if (enabled === attributes.has(tableName)) {
        throw invalid(`TimeToLive is already ${enabled ? 'enabled' : 'disabled'}`);
      }
      await save(tableName, enabled ? attribute : undefined);
      return { TimeToLiveSpecification: { AttributeName: attribute, Enabled: enabled } };
    },
    describe: async (input) => {
      const tableName = String(input['TableName']);
      await perform('DescribeTable', { TableName: tableName });
      const attribute = attributes.get(tableName);
      return {
        TimeToLiveDescription:
          attribute === undefined
            ? { TimeToLiveStatus: 'DISABLED' }
            : { TimeToLiveStatus: 'ENABLED', AttributeName: attribute },
      };
    },
    forget: (tableName) => save(tableName, undefined),
    sweep: async (nowMs) => {
      let deleted = 0;
      for (const [table, attribute] of attributes) {
        deleted += await sweepTable(perform, table, attribute, nowMs);
      }
      return deleted;
    },
  };
}

function parseUpdate(input: JsonInput) {
  const specification = input['TimeToLiveSpecification'] as JsonInput | undefined;
  const attribute = specification?.['AttributeName'];
  const enabled = specification?.['Enabled'];
  if (typeof attribute !== 'string' || typeof enabled !== 'boolean') {
    throw invalid('TimeToLiveSpecification needs AttributeName and Enabled');
  }
  return { tableName: String(input['TableName']), attribute, enabled };
}

async function sweepTable(
  perform: Perform,
  table: string,
  attribute: string,
  nowMs: number,
): Promise<number> {
  const keys = await keyNames(perform, table);
  const names = { '#ttl': attribute };
  let deleted = 0;
  let startKey: unknown;
  do {
    const page = await perform('Scan', {
      TableName: table,
      FilterExpression: '#ttl BETWEEN :oldest AND :now',
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: {
        ':oldest': seconds(nowMs - EXPIRED_FOR_MAX_MS),
        ':now': seconds(nowMs),
      },
      ...(startKey !== undefined && { ExclusiveStartKey: startKey }),
    });
    for (const item of page['Items'] as Item[]) {
      const Key = Object.fromEntries(keys.map((key) => [key, item[key]]));
      deleted += await deleteUnchanged(perform, table, Key, names, item[attribute]);
    }
    startKey = page['LastEvaluatedKey'];
  } while (startKey !== undefined);
  return deleted;
}

async function keyNames(perform: Perform, table: string): Promise<string[]> {
  const { Table } = (await perform('DescribeTable', { TableName: table })) as {
    readonly Table: { readonly KeySchema: readonly { readonly AttributeName: string }[] };
  };
  return Table.KeySchema.map((key) => key.AttributeName);
}

/** 1, or 0 where the row was renewed between the scan and now. */
async function deleteUnchanged(
  perform: Perform,
  table: string,
  key: object,
  names: object,
  seen: unknown,
): Promise<number> {
  try {
    await perform('DeleteItem', {
      TableName: table,
      Key: key,
      ConditionExpression: '#ttl = :seen',
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ':seen': seen },
    });
    return 1;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ConditionalCheckFailedException') return 0;
    throw error;
  }
}

const seconds = (ms: number) => ({ N: String(Math.max(0, Math.floor(ms / 1000))) });
const invalid = (message: string): AwsError => new AwsError('ValidationException', message);
