/**
 * Validates and runs dynalite's operations against a captured store.
 *
 * Guarantees: what AWS refuses on sight is thrown before anything is read; every error is an
 * `AwsError` with the code that AWS documents.
 */
import { AwsError } from '../endpoint/aws-error.ts';
import type { JsonInput } from '../endpoint/json-service.ts';
import { type Callback, type DynaliteStore, loadDynalite } from './dynalite-store.ts';
import type { WriteCapture } from './write-capture.ts';

export type Output = Readonly<Record<string, unknown>>;

type Action = (store: DynaliteStore, input: JsonInput, callback: Callback<Output>) => void;

interface Validation {
  readonly types: object;
  readonly custom?: unknown;
}

interface Validations {
  checkTypes(input: JsonInput, types: object): JsonInput;
  checkValidations(input: JsonInput, types: object, custom: unknown, store: DynaliteStore): void;
}

export const dynaliteOperations = [
  ...['GetItem', 'BatchGetItem', 'Query', 'Scan'],
  ...['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'],
  ...['CreateTable', 'DescribeTable', 'UpdateTable', 'DeleteTable', 'ListTables'],
  ...['TagResource', 'UntagResource', 'ListTagsOfResource'],
] as const;

const fileOf = (operation: string): string => `${operation[0]?.toLowerCase()}${operation.slice(1)}`;
const { checkTypes, checkValidations } = loadDynalite<Validations>('validations/index.js');
const operations = new Map(
  dynaliteOperations.map((name) => [
    name as string,
    {
      action: loadDynalite<Action>(`actions/${fileOf(name)}.js`),
      validation: loadDynalite<Validation>(`validations/${fileOf(name)}.js`),
    },
  ]),
);

/** Runs the operation; its writes are in `capture` and not in the database. */
export async function runOperation(
  capture: WriteCapture,
  name: string,
  input: JsonInput,
): Promise<Output> {
  const operation = operations.get(name);
  if (operation === undefined) throw new AwsError('UnknownOperationException', name);
  const { action, validation } = operation;
  const checked = checkInput(capture.store, validation, input);
  const answered = new Promise<Output>((resolve, reject) => {
    action(capture.store, checked, (error, output) => {
      if (error) reject(toAwsError(error));
      else resolve(output ?? {});
    });
  });
  return await Promise.race([answered, capture.thrown]);
}

/** The input with its expressions parsed. Throws what AWS answers without looking at any row. */
function checkInput(store: DynaliteStore, validation: Validation, input: JsonInput): JsonInput {
  try {
    // checkTypes deletes from its argument what it does not know, and adds parsed expressions.
    const typed = checkTypes({ ...input }, validation.types);
    checkValidations(typed, validation.types, validation.custom, store);
    return typed;
  } catch (error) {
    throw toAwsError(error);
  }
}

interface DynaliteError {
  readonly statusCode: number;
  readonly body: { readonly __type: string; readonly message?: string; readonly Message?: string };
}

const isDynaliteError = (error: unknown): error is DynaliteError =>
  error instanceof Error && 'statusCode' in error && 'body' in error;

function toAwsError(error: unknown): unknown {
  if (!isDynaliteError(error)) return error;
  const { __type: type, message, Message } = error.body;
  const code = type.slice(type.indexOf('#') + 1);
  return new AwsError(code, message ?? Message ?? code, { status: error.statusCode });
}
