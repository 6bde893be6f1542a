import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { invariant } from '../shared/kernel/invariant.ts';
import type { QueuePair } from './queue-pair.ts';
import type { SluiceFunction } from './sluice-function.ts';

/** SQS developer guide, "Creating a queue for a Lambda function": six times the timeout. */
const TIMEOUTS_PER_VISIBILITY_MIN = 6;

/** Feeds `pair` to `consumer`; a message that failed comes back alone, not its whole batch. */
export function consumeQueue(
  consumer: SluiceFunction,
  pair: QueuePair,
  mapping: { readonly batchSize: number; readonly concurrencyMax: number },
): void {
  invariant(
    pair.shape.visibilityTimeoutMs >= TIMEOUTS_PER_VISIBILITY_MIN * consumer.timeoutMs,
    `${pair.shape.name} must hide a message for six timeouts of ${consumer.label}`,
  );
  consumer.function.addEventSource(
    new SqsEventSource(pair.queue, {
      batchSize: mapping.batchSize,
      maxConcurrency: mapping.concurrencyMax,
      reportBatchItemFailures: true,
    }),
  );
}
