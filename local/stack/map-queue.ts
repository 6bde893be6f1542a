import type { FunctionContract } from '../../shared/config/function-contract.ts';
import type { SqsService } from '../emulators/sqs/sqs-service.ts';
import {
  type EventSourceMapping,
  type EventSourceMappingOptions,
  startEventSourceMapping,
} from '../event-source-mapping/event-source-mapping.ts';
import { createModelQueuePort } from '../event-source-mapping/queue-port.ts';

/** What is mapped to what, as the function's own folder and the topology say. */
export interface QueueMapping extends Pick<EventSourceMappingOptions, 'invoke' | 'onBatch'> {
  readonly queueName: string;
  readonly contract: FunctionContract;
  readonly mapping: { readonly batchSize: number; readonly concurrencyMax: number };
}

/** Feeds a function from a queue, with no more invocations at a time than the laptop has room for. */
export const mapQueue = (
  sqs: SqsService,
  { queueName, contract, mapping, ...told }: QueueMapping,
  concurrencyMax: number,
): Promise<EventSourceMapping> =>
  startEventSourceMapping({
    ...told,
    queue: createModelQueuePort(sqs, queueName),
    timers: sqs.timers,
    config: {
      batchSize: mapping.batchSize,
      maximumConcurrency: Math.min(mapping.concurrencyMax, concurrencyMax),
      reportBatchItemFailures: true,
      functionTimeoutMs: contract.timeoutMs,
    },
  });
