/**
 * TransactWriteItems and TransactGetItems on top of single operations.
 *
 * Guarantees: all or nothing, also under kill -9 (one batch); a cancelled transaction names a
 * reason for each item. Source: Amazon DynamoDB API reference, TransactWriteItems.
 * Refuses to: conflict. Writes are serial here, so TransactionConflict must be injected.
 */
import { AwsError } from '../endpoint/aws-error.ts';
import type { JsonInput } from '../endpoint/json-service.ts';
import { type CheckedCall, checkCall, type Output, runCall } from './dynalite-engine.ts';
import type { DynaliteStore, LevelWrite } from './dynalite-store.ts';
import { type Attempt, attemptWrite } from './item-writes.ts';
import { captureWrites } from './write-capture.ts';

/** Source: Amazon DynamoDB developer guide, Transactions: 100 distinct items. */
const TRANSACT_ITEMS_MAX = 100;

export interface CancellationReason {
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: unknown;
}

interface Member {
  readonly call: CheckedCall;
  readonly input: JsonInput;
  readonly keepsWrites: boolean;
}

/** A ConditionCheck is a conditional delete whose writes are thrown away. */
const operationOf: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'DeleteItem',
};

export async function transactWrite(store: DynaliteStore, input: JsonInput): Promise<Output> {
  const members = transactItems(input).map((entry) => checkMember(store, entry));
  const reasons: CancellationReason[] = [];
  const writes: LevelWrite[] = [];
  const rowKeys = new Set<string | undefined>();
  for (const member of members) {
    const attempt = await attemptMember(store, member);
    if ('Code' in attempt) {
      reasons.push(attempt);
      continue;
    }
    if (rowKeys.has(attempt.rowKey)) {
      throw invalid('Transaction request cannot include multiple operations on one item');
    }
    rowKeys.add(attempt.rowKey);
    reasons.push({ Code: 'None' });
    if (member.keepsWrites) writes.push(...attempt.writes);
  }
  if (reasons.some((reason) => reason.Code !== 'None')) throw transactionCanceled(reasons);
  if (writes.length > 0) await store.db.batch(writes);
  return {};
}

export async function transactGet(store: DynaliteStore, input: JsonInput): Promise<Output> {
  const calls = transactItems(input).map((entry) => {
    const get = entry['Get'];
    if (!isObject(get)) throw invalid('TransactItems can only contain Get');
    return checkCall(store, 'GetItem', { ...get, ConsistentRead: true });
  });
  const outputs = await Promise.all(calls.map((call) => runCall(captureWrites(store), call)));
  return {
    Responses: outputs.map((output) =>
      output['Item'] === undefined ? {} : { Item: output['Item'] },
    ),
  };
}

export function transactionCanceled(reasons: readonly CancellationReason[]): AwsError {
  const codes = reasons.map((reason) => reason.Code).join(', ');
  return new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { details: { CancellationReasons: reasons } },
  );
}

function transactItems(input: JsonInput): JsonInput[] {
  const items = input['TransactItems'];
  if (!Array.isArray(items) || items.length === 0 || items.length > TRANSACT_ITEMS_MAX) {
    throw invalid(`TransactItems must hold 1 to ${TRANSACT_ITEMS_MAX} items`);
  }
  return items.filter(isObject);
}

function checkMember(store: DynaliteStore, entry: JsonInput): Member {
  const [kind, ...others] = Object.keys(entry);
  const operation = operationOf[kind ?? ''];
  const input = entry[kind ?? ''];
  if (operation === undefined || others.length > 0 || !isObject(input)) {
    throw invalid('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  const keepsWrites = kind !== 'ConditionCheck';
  return { call: checkCall(store, operation, input), input, keepsWrites };
}

async function attemptMember(
  store: DynaliteStore,
  { call, input }: Member,
): Promise<Attempt | CancellationReason> {
  try {
    return await attemptWrite(store, call, input);
  } catch (error) {
    if (!(error instanceof AwsError) || !Object.hasOwn(reasonOf, error.code)) throw error;
    const Code = reasonOf[error.code] ?? error.code;
    return { Code, Message: error.message, ...error.details };
  }
}

const reasonOf: Readonly<Record<string, string>> = {
  ConditionalCheckFailedException: 'ConditionalCheckFailed',
  ValidationException: 'ValidationError',
};

const invalid = (message: string): AwsError => new AwsError('ValidationException', message);

const isObject = (value: unknown): value is JsonInput =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
