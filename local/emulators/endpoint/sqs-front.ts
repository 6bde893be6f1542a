import { SqsError } from '../sqs/errors.ts';
import type { SqsService } from '../sqs/sqs-service.ts';
import { handleSqsRequest, sqsErrorAnswer } from '../sqs/wire/handle-sqs-request.ts';
import type { AwsResponse, AwsService, ErrorFault } from './aws-service.ts';

export interface SqsFrontOptions {
  /** Told of an error that SQS does not answer: a defect of the emulator. */
  readonly onDefect?: (error: unknown) => void;
}

/** The SQS model as one service of the endpoint; queue URLs carry the host that the caller used. */
export const createSqsFront = (
  sqs: SqsService,
  { onDefect }: SqsFrontOptions = {},
): AwsService => ({
  name: 'sqs',
  handle: ({ headers, body, signal }) =>
    handleSqsRequest(sqs, {
      target: headers['x-amz-target'] ?? '',
      body: body.toString('utf8'),
      host: headers['host'] ?? '',
      signal,
      onDefect,
    }),
  answerFault,
});

/** How SQS spells an injected failure. Source: Amazon SQS API reference, Common errors. */
function answerFault(fault: ErrorFault): AwsResponse {
  if (fault.kind === 'throttle') {
    return sqsErrorAnswer(new SqsError('RequestThrottled', 'Rate exceeded.'));
  }
  const failed = sqsErrorAnswer(new SqsError('InternalFailure', 'An injected fault.'));
  return { ...failed, status: fault.status };
}
