/**
 * The AWS JSON protocol: POST, operation in `x-amz-target`, JSON in, JSON out, errors as `__type`.
 *
 * Guarantees: a handler sees a JSON object; an `AwsError` it throws becomes that error on the wire,
 * anything else an `InternalServerError` whose text stays out of the answer.
 */

import { isJsonObject } from '../../../shared/kernel/json.ts';
import { AwsError } from './aws-error.ts';
import type { AwsResponse, AwsService, ErrorFault } from './aws-service.ts';
import { targetOperation } from './aws-service.ts';

export type JsonInput = Readonly<Record<string, unknown>>;
export type JsonOperation = (input: JsonInput) => unknown | Promise<unknown>;

export interface JsonServiceOptions {
  readonly name: string;
  /** `1.0` or `1.1`: the only difference is the content type. */
  readonly version: '1.0' | '1.1';
  readonly operations: Readonly<Record<string, JsonOperation>>;
  readonly answerFault?: NonNullable<AwsService['answerFault']>;
  /** Told of an error that is no `AwsError`: a defect of the emulator. */
  readonly onDefect?: (error: unknown) => void;
}

export function createJsonService(options: JsonServiceOptions): AwsService {
  const contentType = `application/x-amz-json-${options.version}`;
  return {
    name: options.name,
    handle: async (request) => {
      try {
        const operation = findOperation(options.operations, targetOperation(request.headers));
        const output = await operation(parseInput(request.body));
        return jsonResponse(200, output ?? {}, contentType);
      } catch (error) {
        if (!(error instanceof AwsError)) options.onDefect?.(error);
        return jsonErrorResponse(error, contentType);
      }
    },
    ...(options.answerFault && { answerFault: options.answerFault }),
  };
}

function findOperation(
  operations: JsonServiceOptions['operations'],
  name: string | undefined,
): JsonOperation {
  const operation =
    name !== undefined && Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation === undefined) {
    throw new AwsError('UnknownOperationException', `not emulated here: ${name ?? '(none)'}`);
  }
  return operation;
}

/** The request's JSON object; throws `SerializationException` for anything else. */
export function parseInput(body: Buffer): JsonInput {
  if (body.length === 0) return {};
  let input: unknown;
  try {
    input = JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsError('SerializationException', 'the body is not JSON');
  }
  if (!isJsonObject(input)) throw new AwsError('SerializationException', 'not a JSON object');
  return input;
}

function jsonResponse(status: number, body: unknown, contentType: string): AwsResponse {
  return { status, headers: { 'content-type': contentType }, body: JSON.stringify(body) };
}

export function jsonErrorResponse(error: unknown, contentType: string): AwsResponse {
  const known = error instanceof AwsError ? error : internalError;
  const response = jsonResponse(
    known.status,
    { __type: known.code, message: known.message, ...known.details },
    contentType,
  );
  return { ...response, headers: { ...response.headers, 'x-amzn-errortype': known.code } };
}

const internalError = new AwsError('InternalServerError', 'internal failure of the emulator', {
  status: 500,
});

/** How a service of the JSON protocol spells an injected failure. */
export function jsonFaultResponse(fault: ErrorFault): AwsResponse {
  const error =
    fault.kind === 'throttle'
      ? new AwsError('ThrottlingException', 'Rate exceeded')
      : new AwsError('InternalServerError', 'injected', { status: fault.status });
  return jsonErrorResponse(error, 'application/x-amz-json-1.0');
}
