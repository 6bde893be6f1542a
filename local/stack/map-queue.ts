import type { SqsService } from '../emulators/sqs/sqs-service.ts';
import {
  type EventSourceMapping,
  type EventSourceMappingOptions,
  startEventSourceMapping,
} from '../event-source-mapping/event-source-mapping.ts';
import { createModelQueuePort } from '../event-source-mapping/queue-port.ts';
import type { DeployedMapping } from './deployment.ts';

export interface QueueMapping
  extends Omit<DeployedMapping, 'takenBy'>,
    Pick<EventSourceMappingOptions, 'invoke' | 'onBatch'> {
  /** Of the function. */
  readonly timeoutMs: number;
}

/** Feeds a function from a queue, with no more invocations at a time than the laptop has room for. */
export const mapQueue = (
  sqs: SqsService,
  mapping: QueueMapping,
  concurrencyMax: number,
): Promise<EventSourceMapping> =>
  startEventSourceMapping({
    invoke: mapping.invoke,
    ...(mapping.onBatch && { onBatch: mapping.onBatch }),
    queue: createModelQueuePort(sqs, mapping.queueName),
    timers: sqs.timers,
    config: {
      batchSize: mapping.batchSize,
      maximumConcurrency: Math.min(mapping.maximumConcurrency, concurrencyMax),
      reportBatchItemFailures: mapping.reportBatchItemFailures,
      functionTimeoutMs: mapping.timeoutMs,
    },
  });
