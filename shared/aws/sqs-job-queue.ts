import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { deduplicationId } from '../jobs/deduplication-id.ts';
import type { JobQueue, QueueMessage } from '../jobs/ports.ts';
import type { Clock } from '../kernel/clock.ts';
import { invariant } from '../kernel/invariant.ts';
import { orUnavailable } from './or-unavailable.ts';

export interface SqsJobQueueOptions {
  readonly client: SQSClient;
  /** Provider → URL of its lane queue. */
  readonly queueUrls: Readonly<Record<string, string>>;
  readonly clock: Clock;
}

/** Sends a job's message to its provider's lane, a FIFO queue, into the job's message group. */
export function createSqsJobQueue({ client, queueUrls, clock }: SqsJobQueueOptions): JobQueue {
  return {
    async send(job) {
      const { provider = '' } = job;
      const queueUrl = queueUrls[provider];
      invariant(queueUrl !== undefined, `job ${job.id}: no queue for provider "${provider}"`);
      const message: QueueMessage = { jobId: job.id, run: job.run };
      const command = new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageGroupId: job.group,
        MessageDeduplicationId: deduplicationId(job, clock.nowMs()),
        MessageBody: JSON.stringify(message),
      });
      await orUnavailable(`the ${provider} queue`, client.send(command));
    },
  };
}
