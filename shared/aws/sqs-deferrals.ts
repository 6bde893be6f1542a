import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { FUNCTION_TIMEOUT_MS } from '../config/topology.ts';
import { hours } from '../kernel/duration.ts';
import { orUnavailable } from './or-unavailable.ts';

/** Hides a received message until its appointment. */
export interface Deferrals {
  /**
   * The message comes back after `seconds`, rounded up, at most `DEFERRAL_MAX_S`. A message that is
   * no longer ours to hide is left alone: it has come back by itself.
   */
  defer(receiptHandle: string, seconds: number): Promise<void>;
}

/**
 * SQS hides a message for twelve hours at most, counted from its receipt (SQS API reference:
 * ChangeMessageVisibility). What has passed since is at most one invocation, and its hand-over.
 */
export const DEFERRAL_MAX_S = (hours(12) - 2 * FUNCTION_TIMEOUT_MS) / 1000;

export interface SqsDeferralsOptions {
  readonly client: SQSClient;
  readonly queueUrl: string;
}

export function createSqsDeferrals({ client, queueUrl }: SqsDeferralsOptions): Deferrals {
  return {
    async defer(receiptHandle, seconds) {
      const command = new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: Math.min(Math.max(Math.ceil(seconds), 0), DEFERRAL_MAX_S),
      });
      const change = client.send(command).catch((error: unknown) => {
        if (!isNoLongerOurs(error)) throw error;
      });
      await orUnavailable(`the queue ${queueUrl}`, change);
    },
  };
}

/** Deleted, or visible again: SQS words it by kind of queue, and by what became of the message. */
const isNoLongerOurs = (error: unknown): boolean =>
  error instanceof Error &&
  (error.name === 'MessageNotInflight' ||
    error.name === 'ReceiptHandleIsInvalid' ||
    (error.name === 'InvalidParameterValue' &&
      error.message.includes('for parameter ReceiptHandle is invalid')));
