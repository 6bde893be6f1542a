/** The emulated AWS services behind one loopback endpoint; rows, objects and secrets kept on disk. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createDynamodb } from '../emulators/dynamodb/dynamodb.ts';
import type { AwsCall } from '../emulators/endpoint/aws-service.ts';
import type { Deliver } from '../emulators/endpoint/deliver.ts';
import { startEndpoint } from '../emulators/endpoint/endpoint.ts';
import type { FaultInjector } from '../emulators/endpoint/fault-injector.ts';
import { createSqsFront } from '../emulators/endpoint/sqs-front.ts';
import { createEventBridge } from '../emulators/eventbridge/eventbridge.ts';
import { createS3 } from '../emulators/s3/s3.ts';
import { createScheduler } from '../emulators/scheduler/scheduler.ts';
import { createSecretsManager } from '../emulators/secrets-manager/secrets-manager.ts';
import { createSqsService, type SqsService } from '../emulators/sqs/sqs-service.ts';
import {
  createStepFunctions,
  type StepFunctions,
} from '../emulators/step-functions/step-functions.ts';
import { type TableCall, tellingTableCalls } from './table-calls.ts';

export const LOCAL_REGION = 'us-east-1';
export const LOCAL_ACCOUNT = '000000000000';

export interface LocalAwsOptions {
  /** Where rows, objects and secrets are kept between runs; in memory when absent. */
  readonly directory?: string;
  readonly port: number;
  readonly onCall?: (call: AwsCall) => void;
  readonly onTableCall?: (call: TableCall) => void;
  readonly onDefect: (error: unknown) => void;
  /** Calls that AWS is to fail; none when absent. */
  readonly faults?: Pick<FaultInjector, 'take'>;
}

/** Runs the function of that name; rejects where it fails. */
export type InvokeByName = (functionName: string, event: unknown) => Promise<unknown>;

export interface LocalAws {
  readonly url: string;
  readonly sqs: SqsService;
  readonly stepFunctions: StepFunctions;
  /** Scheduler invokes functions by this, once there are any. */
  serveFunctions(invoke: InvokeByName): void;
  /** Deletes rows whose time to live has passed. */
  sweepExpired(): Promise<number>;
  close(): Promise<void>;
}

export async function startLocalAws(options: LocalAwsOptions): Promise<LocalAws> {
  const { onDefect } = options;
  const kept = (name: string) => keptIn(options.directory, name);
  const sqs = createSqsService();
  let invoke: InvokeByName | undefined;
  const deliver = deliverTo(sqs, (name, event) => {
    if (!invoke) throw new RangeError(`there is no function "${name}" yet`);
    // Taken, not done: what becomes of an asynchronous invocation is not the sender's affair.
    invoke(name, event).catch(onDefect);
  });
  const stepFunctions = createStepFunctions({ onDefect });
  const dynamodb = await createDynamodb({ ...kept('dynamodb'), onDefect });
  const stores = [
    tellingTableCalls(dynamodb, options.onTableCall),
    createS3({ ...kept('s3'), onDefect }),
    createSecretsManager({ ...kept('secrets'), onDefect }),
    createEventBridge({ deliver, onDefect, onDeliveryFailure: onDefect }),
    createScheduler({ deliver, onDefect, onDeliveryFailure: onDefect }),
    stepFunctions,
  ];
  const endpoint = await startEndpoint({
    services: [createSqsFront(sqs, { onDefect }), ...stores],
    port: options.port,
    onDefect,
    ...(options.onCall ? { onCall: options.onCall } : {}),
    ...(options.faults ? { faults: options.faults } : {}),
  });
  return {
    url: endpoint.url,
    sqs,
    stepFunctions,
    serveFunctions(serving) {
      invoke = serving;
    },
    sweepExpired: () => dynamodb.sweepExpired(Date.now()),
    async close() {
      await endpoint.close();
      for (const store of stores) await store.close();
    },
  };
}

function keptIn(directory: string | undefined, name: string): { readonly directory?: string } {
  if (directory === undefined) return {};
  const path = join(directory, name);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return { directory: path };
}

/** EventBridge and Scheduler hand their input to the queue or the function of that ARN. */
const deliverTo =
  (
    { model, timers }: SqsService,
    invoke: (functionName: string, event: unknown) => void,
  ): Deliver =>
  async (targetArn, input, { messageGroupId }) => {
    const name = targetArn.split(':').at(-1) ?? '';
    if (targetArn.startsWith('arn:aws:lambda:')) {
      invoke(name, JSON.parse(input));
      return;
    }
    model.getQueue(name).send({ body: input, groupId: messageGroupId }, timers.nowMs());
  };
