/** One operation of the SQS API as the wire front runs it. */
import * as z from 'zod';
import { SqsError } from '../errors.ts';
import type { SqsQueue } from '../sqs-queue.ts';
import type { SqsService } from '../sqs-service.ts';

export interface SqsCall {
  readonly service: SqsService;
  /** Host and port under which the caller knows the service; part of every queue URL. */
  readonly host: string;
  /** Aborted when the caller has gone. */
  readonly signal: AbortSignal | undefined;
  /** The instant of the call. */
  readonly nowMs: number;
}

export type WireAnswer = Readonly<Record<string, unknown>>;

export type SqsOperation = (input: unknown, call: SqsCall) => WireAnswer | Promise<WireAnswer>;

/** An operation over the inputs that `schema` accepts; others are `InvalidParameterValue`. */
export function operation<T>(
  schema: z.ZodType<T>,
  run: (input: T, call: SqsCall) => WireAnswer | Promise<WireAnswer>,
): SqsOperation {
  return (input, call) => {
    const result = schema.safeParse(input);
    if (result.success) return run(result.data, call);
    throw new SqsError(inputErrorCode(result.error), z.prettifyError(result.error));
  };
}

const inputErrorCode = ({ issues }: z.ZodError) =>
  issues.some((issue) => issue.code === 'invalid_type' && issue.input === undefined)
    ? 'MissingParameter'
    : 'InvalidParameterValue';

export const QueueUrl = z.object({ QueueUrl: z.string() });

export const StringMap = z.record(z.string(), z.string());

export const queueUrl = ({ service, host }: SqsCall, { name }: { readonly name: string }): string =>
  `http://${host}/${service.model.accountId}/${name}`;

/** The queue that a URL names by its last part, whatever host the caller knows the service by. */
export function queueOf({ service }: SqsCall, url: string): SqsQueue {
  return service.model.getQueue(url.slice(url.lastIndexOf('/') + 1));
}
