import type { SqsService } from '../sqs/sqs-service.ts';
import { handleSqsRequest } from '../sqs/wire/handle-sqs-request.ts';
import type { AwsService } from './aws-service.ts';

/** The SQS model as one service of the endpoint; queue URLs carry the host that the caller used. */
export const createSqsFront = (sqs: SqsService): AwsService => ({
  name: 'sqs',
  handle: ({ headers, body, signal }) =>
    handleSqsRequest(sqs, {
      target: headers['x-amz-target'] ?? '',
      body: body.toString('utf8'),
      host: headers['host'] ?? '',
      signal,
    }),
});
