/**
 * Single writes: one operation, one batch. Adds `ReturnValuesOnConditionCheckFailure`, which
 * dynalite lacks: the error then carries the very row that the condition was checked against.
 */
import { AwsError } from '../endpoint/aws-error.ts';
import type { JsonInput } from '../endpoint/json-service.ts';
import { type Output, runOperation } from './dynalite-engine.ts';
import type { DynaliteStore, Item } from './dynalite-store.ts';
import { refuseEmptyIndexKeys } from './index-keys.ts';
import { captureWrites } from './write-capture.ts';

export async function performWrite(
  store: DynaliteStore,
  operation: string,
  input: JsonInput,
): Promise<Output> {
  const capture = captureWrites(store);
  try {
    const output = await runOperation(capture, operation, input);
    await refuseEmptyIndexKeys(store, capture.writes);
    if (capture.writes.length > 0) await store.db.batch(capture.writes);
    return output;
  } catch (error) {
    throw withOldItem(error, input, capture.seen[0]);
  }
}

function withOldItem(error: unknown, input: JsonInput, seen: Item | undefined): unknown {
  if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException')
    return error;
  if (input['ReturnValuesOnConditionCheckFailure'] !== 'ALL_OLD' || seen === undefined)
    return error;
  return new AwsError(error.code, error.message, { details: { Item: seen } });
}
