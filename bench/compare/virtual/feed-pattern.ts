/** What starts the function of a pattern: an event-source mapping, or a schedule. */
import type { SqsService } from '../../../local/emulators/sqs/sqs-service.ts';
import type { Timers } from '../../../local/emulators/sqs/timers.ts';
import {
  type BatchReport,
  startEventSourceMapping,
} from '../../../local/event-source-mapping/event-source-mapping.ts';
import { createModelQueuePort } from '../../../local/event-source-mapping/queue-port.ts';
import { seededRandom } from '../../../shared/kernel/random.ts';
import type { Pattern } from './pattern.ts';
import type { PatternFunction } from './pattern-function.ts';
import { FUNCTION_TIMEOUT_MS, type PatternQueue } from './pattern-queue.ts';

export interface Feed {
  /** SQS requests of the mapping: a receive for each batch, a delete where any of it is done. */
  requests(): number;
  ticks(): number;
}

export async function feedPattern(
  pattern: Pattern,
  service: SqsService,
  queue: PatternQueue,
  { invoke }: PatternFunction,
): Promise<Feed> {
  let requests = 0;
  let ticks = 0;
  const onBatch = ({ messageIds, failedIds }: BatchReport): void => {
    requests += failedIds.length < messageIds.length ? 2 : 1;
  };
  if (pattern.everyMinute) {
    startTicks(service.timers, () => {
      ticks += 1;
      // A killed tick is nobody's failure: the next one finds its messages visible again.
      invoke({ Records: [] }).catch(() => undefined);
    });
  } else {
    await startEventSourceMapping({
      queue: createModelQueuePort(service, queue.name),
      timers: service.timers,
      config: {
        batchSize: pattern.batchSize,
        ...(pattern.maximumConcurrency && { maximumConcurrency: pattern.maximumConcurrency }),
        reportBatchItemFailures: true,
        functionTimeoutMs: FUNCTION_TIMEOUT_MS,
      },
      invoke: (event) => {
        queue.received(event.Records);
        return invoke(event);
      },
      onBatch,
    });
  }
  return { requests: () => requests, ticks: () => ticks };
}

const MINUTE_MS = 60_000;

/**
 * EventBridge Scheduler starts a target at some second of its minute.
 * Source: Amazon EventBridge Scheduler User Guide: schedule types: 60-second precision.
 */
function startTicks(timers: Timers, tick: () => void): void {
  const random = seededRandom(13);
  const startedAtMs = timers.nowMs();
  const schedule = (minute: number): void => {
    timers.setTimer(startedAtMs + (minute + random()) * MINUTE_MS, () => {
      tick();
      schedule(minute + 1);
    });
  };
  schedule(0);
}
