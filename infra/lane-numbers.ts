/**
 * The numbers of a lane that hang on one another, each relation a sentence. Throws at synthesis where
 * one does not hold, so that no deployment finds it out with a full queue.
 */
import {
  backlogMax,
  type CallRate,
  FIFO_LOOK_AHEAD,
  JOB_LIFE_MAX_MS,
} from '../shared/config/lane-capacity.ts';
import type { QueueShape } from '../shared/config/topology.ts';
import { days } from '../shared/kernel/duration.ts';
import { invariant } from '../shared/kernel/invariant.ts';

export interface LaneNumbers {
  readonly queue: QueueShape;
  readonly budgets: readonly (CallRate & {
    readonly id: string;
    readonly mode: 'strict' | 'nominal';
  })[];
  /** Of one tenant and one shard each: an account and a budget that jobs of it may wait for. */
  readonly lines: number;
  readonly mapping: { readonly batchSize: number; readonly concurrencyMax: number };
}

/** SQS API reference: CreateQueue, MessageRetentionPeriod. */
const RETENTION_MAX_MS = days(14);
/** Lambda API reference: ScalingConfig. */
export const CONCURRENCY_MAX = 1_000;
const CONCURRENCY_MIN = 2;
/** Lambda developer guide: a FIFO queue's batch. */
const FIFO_BATCH_MAX = 10;

export function checkLaneNumbers({ queue, budgets, lines, mapping }: LaneNumbers): void {
  const { name } = queue;
  const { batchSize, concurrencyMax } = mapping;
  const strict = budgets.filter(({ mode }) => mode === 'strict');
  invariant(
    queue.deadLetter.retentionMs <= RETENTION_MAX_MS,
    `${queue.deadLetter.name} must keep messages for 14 days at most: SQS keeps none longer`,
  );
  invariant(
    queue.retentionMs > JOB_LIFE_MAX_MS,
    `${name} must keep a message longer than the 13 days that a job may live`,
  );
  invariant(
    strict.length === 0 || batchSize === 1,
    `${name} must hand out one message a batch: ${strict[0]?.id} is strict, and a batch would receive what waits behind its head`,
  );
  invariant(
    batchSize <= FIFO_BATCH_MAX,
    `${name} is a FIFO queue: a batch holds ${FIFO_BATCH_MAX} messages at most`,
  );
  invariant(
    concurrencyMax >= CONCURRENCY_MIN && concurrencyMax <= CONCURRENCY_MAX,
    `${name} must be served by ${CONCURRENCY_MIN} to ${CONCURRENCY_MAX} workers at once, not ${concurrencyMax}`,
  );
  invariant(
    concurrencyMax >= Math.min(lines, CONCURRENCY_MAX),
    `${name} has ${lines} lines and ${concurrencyMax} workers: a head would wait for a worker instead of for a permit`,
  );
  for (const budget of budgets) {
    const waiting = backlogMax(budget);
    invariant(waiting > 0, `${budget.id} is so slow that no job comes up in 13 days`);
    invariant(
      waiting < FIFO_LOOK_AHEAD,
      `${budget.id} lets ${waiting} jobs wait, and SQS looks through ${FIFO_LOOK_AHEAD} messages for groups`,
    );
  }
}
