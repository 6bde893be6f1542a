/**
 * How DynamoDB spells an injected failure.
 * Source: Amazon DynamoDB API reference, Common errors.
 */
import { AwsError } from '../endpoint/aws-error.ts';
import type { AwsResponse, ErrorFault } from '../endpoint/aws-service.ts';
import { jsonErrorResponse, jsonFaultResponse } from '../endpoint/json-service.ts';

export const answerDynamodbFault = (fault: ErrorFault): AwsResponse =>
  fault.kind === 'throttle'
    ? jsonErrorResponse(throttled, 'application/x-amz-json-1.0')
    : jsonFaultResponse(fault);

const throttled = new AwsError(
  'ProvisionedThroughputExceededException',
  'The level of configured provisioned throughput for the table was exceeded',
);
