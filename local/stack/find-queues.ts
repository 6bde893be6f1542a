import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Topology } from '../../shared/config/topology.ts';
import { localClientConfig } from './provision.ts';

export interface QueueAddresses {
  readonly intakeQueueUrl: string;
  readonly intakeDeadLetterUrl: string;
  /** Provider → URL of its lane. */
  readonly queueUrls: Readonly<Record<string, string>>;
}

/** Where the queues are, whichever description they were made of. */
export async function findQueues(endpoint: string, topology: Topology): Promise<QueueAddresses> {
  const sqs = new SQSClient(localClientConfig(endpoint));
  const urlOf = async (QueueName: string): Promise<string> =>
    (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? '';
  const lanes = topology.lanes.map(
    async ({ provider, queue }) => [provider, await urlOf(queue.name)] as const,
  );
  return {
    intakeQueueUrl: await urlOf(topology.intake.name),
    intakeDeadLetterUrl: await urlOf(topology.intake.deadLetter.name),
    queueUrls: Object.fromEntries(await Promise.all(lanes)),
  };
}
