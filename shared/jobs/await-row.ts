/**
 * The row of a message. A submitter sends first and writes the row then, so a worker may be a moment
 * early, or the submitter may have died between the two.
 */
import { FUNCTION_TIMEOUT_MS } from '../config/topology.ts';
import type { Clock } from '../kernel/clock.ts';
import { seconds } from '../kernel/duration.ts';
import { invariant } from '../kernel/invariant.ts';
import type { ClockWatch } from '../limiter/clock-watch.ts';
import type { Job } from './job.ts';
import type { JobStore } from './job-store.ts';
import { type QueueMessage, REPEATED_SEND_MS } from './ports.ts';

/** A message as the queue hands it over. */
export interface ReceivedMessage extends QueueMessage {
  /** When the queue took it. */
  readonly sentAtMs: number;
}

/** No submitter still runs that sent its message longer ago: nothing was accepted, no row will come. */
export const ROW_GRACE_MS = FUNCTION_TIMEOUT_MS + seconds(15);

invariant(ROW_GRACE_MS > FUNCTION_TIMEOUT_MS, 'a submitter is dead before its message is given up');
invariant(ROW_GRACE_MS > REPEATED_SEND_MS, 'a message outlives the repeats that it stands for');

/** Half a second in all; then the message is hidden for a while. */
const LOOK_AFTER_MS = [0, 20, 40, 80, 160, 200];

export type AwaitedRow =
  | { readonly kind: 'found'; readonly job: Job; readonly waitedMs: number }
  | { readonly kind: 'not-yet' }
  | { readonly kind: 'never' };

/**
 * A host whose clock is certainly wrong cannot tell how old a message is: it gives none up. The look
 * that finds no row is what shows the clock to the watch.
 */
export async function awaitRow(
  {
    store,
    clock,
    watch,
  }: { readonly store: JobStore; readonly clock: Clock; readonly watch: ClockWatch },
  { jobId, sentAtMs }: ReceivedMessage,
): Promise<AwaitedRow> {
  let waitedMs = 0;
  for (const afterMs of LOOK_AFTER_MS) {
    if (afterMs > 0) await clock.sleep(afterMs);
    waitedMs += afterMs;
    const job = await store.find(jobId);
    if (job) return { kind: 'found', job, waitedMs };
  }
  const isTooOld = clock.nowMs() - sentAtMs > ROW_GRACE_MS;
  return { kind: isTooOld && watch.isTrusted ? 'never' : 'not-yet' };
}
