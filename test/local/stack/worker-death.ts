/** Kills the worker's process at a chosen moment of a job, and brings its message back soon. */
import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import type { AwsCall } from '../../../local/emulators/endpoint/aws-service.ts';
import type { FaultInjector } from '../../../local/emulators/endpoint/fault-injector.ts';
import { localClientConfig } from '../../../local/stack/provision.ts';
import type { RunningStack } from './running-stack.ts';

const LANE = 'automox';
const SOON_S = 5;
const AS_DEPLOYED_S = 180;

export interface Reaper {
  /** To be given to the stack: told of each AWS call in the instant it is answered. */
  readonly onAwsCall: (call: AwsCall) => void;
  /**
   * Resolves once the worker was killed, at the first `operation` that AWS answered after the vendor
   * had been called.
   */
  killAt(running: RunningStack, operation: string): Promise<void>;
  /**
   * To be given to the stack: a worker's wish to have its message back 35 s after its death is refused
   * until somebody was killed, so that the lane's own time holds, which these tests set.
   */
  readonly faults: Pick<FaultInjector, 'take'>;
  /** What messages are hidden for is as workers wish it from now on, or as the lane has it. */
  hideAsWished(wished: boolean): void;
}

export function createReaper(): Reaper {
  let watch: (call: AwsCall) => void = () => undefined;
  let wished = false;
  return {
    hideAsWished(now) {
      wished = now;
    },
    faults: {
      take: (_service, operation) =>
        operation === 'ChangeMessageVisibility' && !wished ? { kind: 'throttle' } : undefined,
    },
    onAwsCall: (call) => watch(call),
    killAt(running, operation) {
      const { arrivals } = running.stack.vendors.simulatorOf('automox');
      const before = arrivals.length;
      return new Promise((resolve) => {
        watch = (call) => {
          if (call.operation !== operation || arrivals.length === before) return;
          watch = () => undefined;
          killWorkers(running);
          resolve();
        };
      });
    },
  };
}

export function killWorkers({ stack }: RunningStack): void {
  for (const pid of stack.functions.pools[`worker-${LANE}`]?.pids() ?? []) {
    process.kill(pid, 'SIGKILL');
  }
}

/** What is received from now on comes back soon when nobody deletes it. */
export function redeliverSoon(running: RunningStack, reaper: Reaper): Promise<unknown> {
  reaper.hideAsWished(false);
  return setVisibility(running, SOON_S);
}

/** What is received from now on has the time that it has on AWS. */
export function redeliverAsDeployed(running: RunningStack, reaper: Reaper): Promise<unknown> {
  reaper.hideAsWished(true);
  return setVisibility(running, AS_DEPLOYED_S);
}

const laneUrl = ({ stack }: RunningStack): string => stack.health().queueUrls[LANE] ?? '';

const setVisibility = (running: RunningStack, seconds: number) =>
  running.sqs.send(
    new SetQueueAttributesCommand({
      QueueUrl: laneUrl(running),
      Attributes: { VisibilityTimeout: String(seconds) },
    }),
  );

/** The dead worker's lease lasts as long as its function might have: as if that time had passed. */
export async function endLease({ stack }: RunningStack, id: string): Promise<void> {
  const dynamodb = new DynamoDBClient(localClientConfig(stack.awsUrl));
  const row = { TableName: 'sluice-jobs', Key: { id: { S: id } } };
  const { Item } = await dynamodb.send(new GetItemCommand({ ...row, ConsistentRead: true }));
  const lease = JSON.parse(Item?.['lease']?.S ?? 'null') as { untilMs: number };
  expect(lease.untilMs).toBeGreaterThan(Date.now());
  await dynamodb.send(
    new UpdateItemCommand({
      ...row,
      UpdateExpression: 'SET lease = :over',
      ExpressionAttributeValues: { ':over': { S: JSON.stringify({ ...lease, untilMs: 0 }) } },
    }),
  );
}

/** Resolves once every message of the lane was received, worked off and deleted. */
export const untilLaneIsEmpty = (running: RunningStack): Promise<void> =>
  expect.poll(() => countMessages(running), { interval: 100 }).toEqual([0, 0]);

async function countMessages(running: RunningStack): Promise<readonly number[]> {
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes = {} } = await running.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: laneUrl(running), AttributeNames: [...names] }),
  );
  return names.map((name) => Number(Attributes[name]));
}
