/** A mapping over a queue of the model, in virtual time, with a function that tests script. */
import type { SQSEvent } from 'aws-lambda';
import { createSqsService } from '../../../local/emulators/sqs/sqs-service.ts';
import {
  type BatchReport,
  startEventSourceMapping,
} from '../../../local/event-source-mapping/event-source-mapping.ts';
import type { MappingConfig } from '../../../local/event-source-mapping/mapping-config.ts';
import { createModelQueuePort } from '../../../local/event-source-mapping/queue-port.ts';
import { createVirtualClock } from '../../support/virtual-clock.ts';

export interface MappedQueueOptions {
  readonly attributes?: Record<string, string>;
  readonly config?: Partial<MappingConfig>;
}

export function createMappedQueue({ attributes = {}, config = {} }: MappedQueueOptions = {}) {
  const clock = createVirtualClock({ startMs: 0 });
  const service = createSqsService({ timers: clock });
  const name = attributes['FifoQueue'] === 'true' ? 'q.fifo' : 'q';
  const queue = service.model.createQueue(name, attributes, 0);
  const reports: BatchReport[] = [];
  return {
    clock,
    queue,
    reports,
    send: (body: string, groupId?: string) =>
      queue.send({ body, groupId, deduplicationId: groupId && body }, clock.nowMs()),
    start: (invoke: (event: SQSEvent) => Promise<unknown>) =>
      startEventSourceMapping({
        queue: createModelQueuePort(service, name),
        timers: clock,
        config: { reportBatchItemFailures: true, functionTimeoutMs: 30_000, ...config },
        invoke,
        onBatch: (report) => reports.push(report),
      }),
  };
}

export const bodiesOf = ({ Records }: SQSEvent): string[] => Records.map(({ body }) => body);

export const fifo = { FifoQueue: 'true' };
