/**
 * How long a message waits whose lane is full: ever longer, so that its receives last for all the time
 * that the intake queue keeps it.
 */
import type { SQSRecord } from 'aws-lambda';
import {
  INTAKE_RECEIVES_MAX,
  INTAKE_RETENTION_MS,
  VISIBILITY_TIMEOUT_MS,
} from '../../shared/config/topology.ts';
import type { LaneFull } from '../../shared/errors/lane-full.ts';
import { hours, minutes } from '../../shared/kernel/duration.ts';
import { invariant } from '../../shared/kernel/invariant.ts';
import { sum } from '../../shared/kernel/sum.ts';

const WAIT_MIN_MS = minutes(5);
const WAIT_MAX_MS = hours(2);
/** A message that comes back may be received late, and hidden once more by a failed delivery. */
const LAST_LOOK_MS = hours(1);

/** Undefined where SQS would drop the message before it had come back in time to be kept elsewhere. */
export function findWaitMs(
  { attributes }: SQSRecord,
  { retryAfterMs }: LaneFull,
  nowMs: number,
): number | undefined {
  const waitMs = Math.max(waitOf(Number(attributes.ApproximateReceiveCount)), retryAfterMs);
  const droppedAtMs = Number(attributes.SentTimestamp) + INTAKE_RETENTION_MS;
  return nowMs + waitMs + LAST_LOOK_MS < droppedAtMs ? waitMs : undefined;
}

const waitOf = (receives: number): number =>
  Math.min(WAIT_MIN_MS * 2 ** (receives - 1), WAIT_MAX_MS);

const allWaitsMs = sum(Array.from({ length: INTAKE_RECEIVES_MAX }, (_, n) => waitOf(n + 1)));
invariant(
  allWaitsMs > INTAKE_RETENTION_MS,
  'a message that waits for room must not become a dead letter for having been received too often',
);
invariant(
  LAST_LOOK_MS > 2 * VISIBILITY_TIMEOUT_MS,
  'the last look comes before SQS drops a message',
);
