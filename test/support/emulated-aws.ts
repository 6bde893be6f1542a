/** Every AWS service that Sluice uses, on one loopback port, for tests of the AWS adapters. */
import { createDynamodb } from '../../local/emulators/dynamodb/dynamodb.ts';
import type { AwsCall } from '../../local/emulators/endpoint/aws-service.ts';
import { startEndpoint } from '../../local/emulators/endpoint/endpoint.ts';
import {
  createFaultInjector,
  type FaultInjector,
} from '../../local/emulators/endpoint/fault-injector.ts';
import { createSqsFront } from '../../local/emulators/endpoint/sqs-front.ts';
import { createEventBridge } from '../../local/emulators/eventbridge/eventbridge.ts';
import { createS3 } from '../../local/emulators/s3/s3.ts';
import { createSecretsManager } from '../../local/emulators/secrets-manager/secrets-manager.ts';
import { createSqsService, type SqsService } from '../../local/emulators/sqs/sqs-service.ts';
import {
  createStepFunctions,
  type StepFunctions,
} from '../../local/emulators/step-functions/step-functions.ts';
import type { AwsClientOptions } from '../../shared/aws/clients.ts';

export interface EmulatedAws {
  /** For any SDK client; one attempt, so that a fault is met once and nothing waits to repeat. */
  readonly clientOptions: AwsClientOptions;
  /** The same with the SDK's repeats. */
  readonly repeatingClientOptions: AwsClientOptions;
  readonly faults: FaultInjector;
  readonly sqs: SqsService;
  readonly stepFunctions: StepFunctions;
  /** What targets of the buses' rules were given, in order, as JSON. */
  readonly delivered: readonly unknown[];
  /** Every call that was answered, in order. */
  readonly calls: readonly AwsCall[];
  close(): Promise<void>;
}

const ACCESS = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
} as const;

export async function startEmulatedAws(): Promise<EmulatedAws> {
  const faults = createFaultInjector();
  const sqs = createSqsService();
  const stepFunctions = createStepFunctions();
  const dynamodb = await createDynamodb();
  const delivered: unknown[] = [];
  const calls: AwsCall[] = [];
  const deliver = async (_targetArn: string, input: string): Promise<void> => {
    delivered.push(JSON.parse(input));
  };
  const services = [
    dynamodb,
    createSqsFront(sqs),
    createS3(),
    createSecretsManager(),
    createEventBridge({ deliver }),
    stepFunctions,
  ];
  const endpoint = await startEndpoint({
    services,
    faults,
    onCall: (call) => calls.push(call),
  });
  return {
    clientOptions: { ...ACCESS, endpointUrl: endpoint.url, attemptsMax: 1 },
    repeatingClientOptions: { ...ACCESS, endpointUrl: endpoint.url },
    faults,
    sqs,
    stepFunctions,
    delivered,
    calls,
    close: async () => {
      await endpoint.close();
      await dynamodb.close();
    },
  };
}
