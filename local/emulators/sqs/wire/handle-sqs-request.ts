/**
 * The wire front of the SQS model: AWS JSON 1.0, as the AWS SDKs speak it to SQS.
 *
 * Guarantees: always answers, with SQS's own error names; a defect of the emulator is a 500 whose
 * text stays out of the answer.
 * Source: Smithy, AWS JSON 1.0 protocol and its awsQueryCompatible trait.
 */
import { randomUUID } from 'node:crypto';
import { SqsError } from '../errors.ts';
import type { SqsService } from '../sqs-service.ts';
import { messageOperations } from './message-operations.ts';
import { moveOperations } from './move-operations.ts';
import type { SqsCall, SqsOperation, WireAnswer } from './operation.ts';
import { queueOperations } from './queue-operations.ts';

export interface SqsHttpRequest {
  /** The header `x-amz-target`: `AmazonSQS.` and the operation. */
  readonly target: string;
  readonly body: string;
  /** The header `host`. */
  readonly host: string;
  /** Aborted when the connection closes before the answer. */
  readonly signal?: AbortSignal | undefined;
  /** Told of an error that is no `SqsError`: a defect of the emulator. */
  readonly onDefect?: ((error: unknown) => void) | undefined;
}

export interface SqsHttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export const SQS_TARGET_PREFIX = 'AmazonSQS.';

const operations = new Map<string, SqsOperation>(
  Object.entries({ ...queueOperations, ...messageOperations, ...moveOperations }),
);

export async function handleSqsRequest(
  service: SqsService,
  request: SqsHttpRequest,
): Promise<SqsHttpAnswer> {
  const name = request.target.slice(SQS_TARGET_PREFIX.length);
  const call: SqsCall = {
    service,
    host: request.host,
    signal: request.signal,
    nowMs: service.timers.nowMs(),
  };
  try {
    return answerOf(await findOperation(name)(parseInput(request.body), call));
  } catch (error) {
    if (!(error instanceof SqsError)) request.onDefect?.(error);
    return sqsErrorAnswer(error);
  }
}

function findOperation(name: string): SqsOperation {
  const found = operations.get(name);
  if (found !== undefined) return found;
  throw new SqsError('UnsupportedOperation', `The operation ${name} is not supported.`);
}

function parseInput(body: string): unknown {
  try {
    return JSON.parse(body === '' ? '{}' : body);
  } catch {
    throw new SqsError('InvalidParameterValue', 'The request body is not JSON.');
  }
}

const HEADERS = { 'content-type': 'application/x-amz-json-1.0' };

const answerOf = (answer: WireAnswer): SqsHttpAnswer => ({
  status: 200,
  headers: { ...HEADERS, 'x-amzn-requestid': randomUUID() },
  body: JSON.stringify(answer),
});

export function sqsErrorAnswer(error: unknown): SqsHttpAnswer {
  const known = error instanceof SqsError ? error : internalFailure;
  const fault = known.isSenderFault ? 'Sender' : 'Receiver';
  return {
    status: known.status,
    headers: {
      ...HEADERS,
      'x-amzn-requestid': randomUUID(),
      'x-amzn-query-error': `${known.queryCode};${fault}`,
    },
    body: JSON.stringify({ __type: `com.amazonaws.sqs#${known.code}`, message: known.message }),
  };
}

const internalFailure = new SqsError('InternalFailure', 'internal failure of the emulator');
