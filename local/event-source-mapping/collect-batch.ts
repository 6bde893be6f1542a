/** Fills one batch: as Lambda does, from the first message until it is full or the window ends. */
import type { ReceivedMessage } from '../emulators/sqs/message.ts';
import type { Timers } from '../emulators/sqs/timers.ts';
import type { QueuePort } from './queue-port.ts';

export interface BatchRequest {
  readonly batchSize: number;
  readonly windowMs: number;
  readonly signal: AbortSignal;
}

/** One ReceiveMessage answers at most this many. */
const RECEIVE_MAX = 10;

/** No messages only if the signal was aborted before the first came. */
export async function collectBatch(
  queue: QueuePort,
  timers: Timers,
  { batchSize, windowMs, signal }: BatchRequest,
): Promise<ReceivedMessage[]> {
  const batch = await queue.receive({
    max: Math.min(batchSize, RECEIVE_MAX),
    waitMs: Number.POSITIVE_INFINITY,
    signal,
  });
  const fullAtMs = timers.nowMs() + windowMs;
  while (batch.length > 0 && batch.length < batchSize && !signal.aborted) {
    const waitMs = fullAtMs - timers.nowMs();
    if (waitMs <= 0) break;
    const max = Math.min(batchSize - batch.length, RECEIVE_MAX);
    batch.push(...(await queue.receive({ max, waitMs, signal })));
  }
  return batch;
}
