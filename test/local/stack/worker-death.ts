/** Kills the worker's process at a chosen moment of a job, and brings its message back soon. */
import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import type { AwsCall } from '../../../local/emulators/endpoint/aws-service.ts';
import { localClientConfig } from '../../../local/stack/provision.ts';
import type { RunningStack } from './running-stack.ts';

const LANE = 'automox';
const SOON_S = 2;
const AS_DEPLOYED_S = 180;

export interface Reaper {
  /** To be given to the stack: told of each AWS call in the instant it is answered. */
  readonly onAwsCall: (call: AwsCall) => void;
  /**
   * Resolves once the worker was killed, at the first `operation` that AWS answered after the vendor
   * had been called.
   */
  killAt(running: RunningStack, operation: string): Promise<void>;
}

export function createReaper(): Reaper {
  let watch: (call: AwsCall) => void = () => undefined;
  return {
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
export const redeliverSoon = (running: RunningStack) => setVisibility(running, SOON_S);

/** What is received from now on has the time that it has on AWS. */
export const redeliverAsDeployed = (running: RunningStack) => setVisibility(running, AS_DEPLOYED_S);

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
