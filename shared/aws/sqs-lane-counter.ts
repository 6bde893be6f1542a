import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { LaneCounter } from '../jobs/ports.ts';
import { invariant } from '../kernel/invariant.ts';
import { sum } from '../kernel/sum.ts';
import { orUnavailable } from './or-unavailable.ts';

export interface SqsLaneCounterOptions {
  readonly client: SQSClient;
  /** Provider → URL of its lane queue. */
  readonly queueUrls: Readonly<Record<string, string>>;
}

/** Waiting, hidden and delayed messages are kept apart by SQS; a job waits in any of them. */
const COUNTS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

export const createSqsLaneCounter = ({
  client,
  queueUrls,
}: SqsLaneCounterOptions): LaneCounter => ({
  async count(provider) {
    const queueUrl = queueUrls[provider];
    invariant(queueUrl !== undefined, `there is no queue for provider "${provider}"`);
    const command = new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: [...COUNTS],
    });
    const { Attributes = {} } = await orUnavailable(`the ${provider} queue`, client.send(command));
    return sum(COUNTS.map((name) => Number(Attributes[name] ?? 0)));
  },
});
