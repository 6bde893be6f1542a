/**
 * Single writes: one operation, one batch. Adds `ReturnValuesOnConditionCheckFailure`, which
 * dynalite lacks: the error then carries the very row that the condition was checked against.
 */
import { AwsError } from '../endpoint/aws-error.ts';
import type { JsonInput } from '../endpoint/json-service.ts';
import { type CheckedCall, checkCall, type Output, runCall } from './dynalite-engine.ts';
import type { DynaliteStore, Item, LevelWrite } from './dynalite-store.ts';
import { refuseEmptyIndexKeys } from './index-keys.ts';
import { captureWrites } from './write-capture.ts';

export interface Attempt {
  readonly output: Output;
  readonly writes: readonly LevelWrite[];
  /** The level key of the row concerned; undefined for operations on tables. */
  readonly rowKey: string | undefined;
}

export async function performWrite(
  store: DynaliteStore,
  operation: string,
  input: JsonInput,
): Promise<Output> {
  const attempt = await attemptWrite(store, checkCall(store, operation, input), input);
  if (attempt.writes.length > 0) await store.db.batch(attempt.writes);
  return attempt.output;
}

/** Runs `call` up to, but not including, its effect on the database. */
export async function attemptWrite(
  store: DynaliteStore,
  call: CheckedCall,
  input: JsonInput,
): Promise<Attempt> {
  const capture = captureWrites(store);
  try {
    const output = await runCall(capture, call);
    await refuseEmptyIndexKeys(store, capture.writes);
    return { output, writes: capture.writes, rowKey: capture.seen.keys().next().value };
  } catch (error) {
    throw withOldItem(error, input, capture.seen.values().next().value);
  }
}

function withOldItem(error: unknown, input: JsonInput, seen: Item | undefined): unknown {
  if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException')
    return error;
  if (input['ReturnValuesOnConditionCheckFailure'] !== 'ALL_OLD' || seen === undefined)
    return error;
  return new AwsError(error.code, error.message, { details: { Item: seen } });
}
