/**
 * Which service a request is for. All share one port, so the signature has to tell: its credential
 * scope is `KEY/DATE/REGION/SERVICE/aws4_request`. Signatures are not verified.
 */
import { type AwsRequest, targetPrefix } from './aws-service.ts';

/** Source: the `x-amz-target` of each service's AWS API reference. */
const serviceOfTarget: Readonly<Record<string, string>> = {
  AmazonSQS: 'sqs',
  AWSEvents: 'events',
  AWSStepFunctions: 'states',
  DynamoDB_20120810: 'dynamodb',
  secretsmanager: 'secretsmanager',
};

export function findServiceName(
  headers: AwsRequest['headers'],
  query: URLSearchParams,
): string | undefined {
  const scope =
    /Credential=([^,\s]+)/.exec(headers['authorization'] ?? '')?.[1] ??
    query.get('X-Amz-Credential');
  const signedFor = scope?.split('/').at(-2);
  return signedFor ?? serviceOfTarget[targetPrefix(headers) ?? ''];
}
