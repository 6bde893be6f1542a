/**
 * SDK clients with the settings every function shares. A client is made where a function asks for it,
 * so that a bundle holds only the services that the function calls; it connects with its first call.
 *
 * `AWS_ENDPOINT_URL` is honoured (by the SDK itself), so that emulators need no code of their own.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { seconds } from '../kernel/duration.ts';

export interface AwsClientOptions {
  /** Default: `AWS_ENDPOINT_URL`, else AWS itself. */
  readonly endpointUrl?: string;
  /** Default: as the SDK finds it (`AWS_REGION`). */
  readonly region?: string;
  /** Default: as the SDK finds them (the function's role). */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Default: 3. */
  readonly attemptsMax?: number;
}

const CONNECT_TIMEOUT_MS = seconds(1);
/** Three attempts and their pauses fit well into a function's 30 s. */
const REQUEST_TIMEOUT_MS = seconds(3);
/** A sealed result may be tens of megabytes. */
const OBJECT_TIMEOUT_MS = seconds(15);

export const createDynamoDbClient = (options: AwsClientOptions = {}): DynamoDBClient =>
  new DynamoDBClient(settings(options, REQUEST_TIMEOUT_MS));

export const createSqsClient = (options: AwsClientOptions = {}): SQSClient =>
  new SQSClient(settings(options, REQUEST_TIMEOUT_MS));

export const createSecretsManagerClient = (options: AwsClientOptions = {}): SecretsManagerClient =>
  new SecretsManagerClient(settings(options, REQUEST_TIMEOUT_MS));

export const createEventBridgeClient = (options: AwsClientOptions = {}): EventBridgeClient =>
  new EventBridgeClient(settings(options, REQUEST_TIMEOUT_MS));

export const createSfnClient = (options: AwsClientOptions = {}): SFNClient =>
  new SFNClient(settings(options, REQUEST_TIMEOUT_MS));

/** An emulator on one host and port cannot have `bucket.host` names: there the path names the bucket. */
export const createS3Client = (options: AwsClientOptions = {}): S3Client =>
  new S3Client({
    ...settings(options, OBJECT_TIMEOUT_MS),
    forcePathStyle: (options.endpointUrl ?? process.env['AWS_ENDPOINT_URL']) !== undefined,
  });

const settings = (options: AwsClientOptions, requestTimeout: number) => ({
  maxAttempts: options.attemptsMax ?? 3,
  requestHandler: {
    connectionTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout,
    throwOnRequestTimeout: true,
  },
  ...(options.endpointUrl !== undefined && { endpoint: options.endpointUrl }),
  ...(options.region !== undefined && { region: options.region }),
  ...(options.credentials !== undefined && { credentials: options.credentials }),
});
