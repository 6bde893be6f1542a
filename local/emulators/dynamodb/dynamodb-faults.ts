/**
 * How DynamoDB spells an injected failure.
 * Source: Amazon DynamoDB API reference, Common errors.
 */
import { AwsError } from '../endpoint/aws-error.ts';
import type { AwsRequest, AwsResponse, ErrorFault } from '../endpoint/aws-service.ts';
import { targetOperation } from '../endpoint/aws-service.ts';
import { jsonErrorResponse, jsonFaultResponse, parseInput } from '../endpoint/json-service.ts';
import { transactionCanceled } from './transactions.ts';

const CONTENT_TYPE = 'application/x-amz-json-1.0';

export function answerDynamodbFault(fault: ErrorFault, request: AwsRequest): AwsResponse {
  switch (fault.kind) {
    case 'throttle':
      return jsonErrorResponse(throttled, CONTENT_TYPE);
    case 'transaction-conflict':
      return jsonErrorResponse(conflict(request), CONTENT_TYPE);
    case 'server-error':
      return jsonFaultResponse(fault);
  }
}

const throttled = new AwsError(
  'ProvisionedThroughputExceededException',
  'The level of configured provisioned throughput for the table was exceeded',
);

/** A transaction is cancelled with its first item in conflict; a single write is refused. */
function conflict(request: AwsRequest): AwsError {
  const message = 'Transaction is ongoing for the item';
  const operation = targetOperation(request.headers) ?? '';
  if (!operation.startsWith('Transact')) {
    return new AwsError('TransactionConflictException', message);
  }
  const items = parseInput(request.body)['TransactItems'];
  const count = Array.isArray(items) ? items.length : 1;
  return transactionCanceled([
    { Code: 'TransactionConflict', Message: message },
    ...Array.from({ length: count - 1 }, () => ({ Code: 'None' })),
  ]);
}
