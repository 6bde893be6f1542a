/**
 * DynamoDB on a laptop: dynalite, with what it lacks put in front (time to live,
 * `ReturnValuesOnConditionCheckFailure`).
 *
 * Guarantees: writes are serial, each one atomic batch, and outlive kill -9 when a directory is
 * given. Reads never wait.
 * Refuses to: emulate transactions, streams, PartiQL, indexes added later, capacity limits, latency.
 */
import type { AwsService } from '../endpoint/aws-service.ts';
import { createJsonService, type JsonInput, type JsonOperation } from '../endpoint/json-service.ts';
import { createSerialQueue } from '../endpoint/serial-queue.ts';
import { dynaliteOperations, type Output, runOperation } from './dynalite-engine.ts';
import { closeStore, type DynaliteStore, openStore } from './dynalite-store.ts';
import { answerDynamodbFault } from './dynamodb-faults.ts';
import { performWrite } from './item-writes.ts';
import { repairTables, untilForgotten } from './table-repair.ts';
import { createTimeToLive } from './time-to-live.ts';
import { captureWrites } from './write-capture.ts';

export interface DynamodbOptions {
  /** Where rows are kept between runs; in memory when absent. One process at a time. */
  readonly directory?: string;
  readonly region?: string;
  readonly accountId?: string;
  readonly onDefect?: (error: unknown) => void;
}

export interface Dynamodb extends AwsService {
  /** Deletes rows whose time to live has passed; answers how many. */
  sweepExpired(nowMs: number): Promise<number>;
  close(): Promise<void>;
}

export async function createDynamodb(options: DynamodbOptions = {}): Promise<Dynamodb> {
  const store = await openStore({
    region: options.region ?? 'us-east-1',
    accountId: options.accountId ?? '000000000000',
    ...(options.directory !== undefined && { directory: options.directory }),
  });
  const unfinishedDeletes = await repairTables(store);
  const serially = createSerialQueue();
  const perform = performer(store, serially);
  const timeToLive = await createTimeToLive(store, perform);
  const deleteTable = async (input: JsonInput): Promise<Output> => {
    const output = await perform('DeleteTable', input);
    await timeToLive.forget(String(input['TableName']));
    return output;
  };
  for (const TableName of unfinishedDeletes) {
    await deleteTable({ TableName });
    await untilForgotten(store, TableName);
  }
  const service = createJsonService({
    name: 'dynamodb',
    version: '1.0',
    operations: {
      ...plainOperations(perform),
      DeleteTable: deleteTable,
      UpdateTimeToLive: timeToLive.update,
      DescribeTimeToLive: timeToLive.describe,
    },
    answerFault: answerDynamodbFault,
    ...(options.onDefect && { onDefect: options.onDefect }),
  });
  return {
    ...service,
    sweepExpired: timeToLive.sweep,
    close: () => serially(() => closeStore(store)),
  };
}

const reads = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan', 'DescribeTable', 'ListTables']);

const performer =
  (store: DynaliteStore, serially: ReturnType<typeof createSerialQueue>) =>
  async (operation: string, input: JsonInput): Promise<Output> =>
    reads.has(operation)
      ? await runOperation(captureWrites(store), operation, input)
      : await serially(() => performWrite(store, operation, input));

const plainOperations = (
  perform: (operation: string, input: JsonInput) => Promise<Output>,
): Record<string, JsonOperation> =>
  Object.fromEntries(
    dynaliteOperations.map((name) => [name, (input: JsonInput) => perform(name, input)]),
  );
