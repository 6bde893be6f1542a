/** A lane as it is deployed, in the SQS model: the FIFO queue, its dead letters, and its adapters. */
import type { SqsService } from '../../../local/emulators/sqs/sqs-service.ts';
import type { Account } from '../../../shared/config/account.ts';
import { describeTopology } from '../../../shared/config/topology.ts';
import { deduplicationId } from '../../../shared/jobs/deduplication-id.ts';
import type { JobQueue } from '../../../shared/jobs/ports.ts';
import type { Clock } from '../../../shared/kernel/clock.ts';
import { invariant } from '../../../shared/kernel/invariant.ts';

export interface LaneQueue {
  readonly name: string;
  readonly jobQueue: JobQueue;
  /** As a host sends that has a clock of its own. */
  jobQueueOf(clock: Pick<Clock, 'nowMs'>): JobQueue;
  readonly deferrals: { defer(receiptHandle: string, seconds: number): Promise<void> };
  /** Messages on the lane, waiting or hidden. */
  backlog(): number;
  deadLetters(): number;
}

export function createLaneQueue({ model, timers }: SqsService, account: Account): LaneQueue {
  const config = {
    accounts: { acme: account },
    webhooks: {},
    schedules: {},
    reactions: {},
    budgets: {},
    senders: { accounts: [], services: [] },
  };
  const [lane] = describeTopology(config).lanes;
  invariant(lane, 'an account has a lane');
  const { name, visibilityTimeoutMs, retentionMs, receivesMax, deadLetter } = lane.queue;
  const fifo = {
    FifoQueue: 'true',
    DeduplicationScope: 'messageGroup',
    FifoThroughputLimit: 'perMessageGroupId',
  };
  const nowMs = timers.nowMs();
  const dead = model.createQueue(deadLetter.name, fifo, nowMs);
  const attributes = {
    ...fifo,
    VisibilityTimeout: String(visibilityTimeoutMs / 1_000),
    MessageRetentionPeriod: String(retentionMs / 1_000),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: receivesMax }),
  };
  const queue = model.createQueue(name, attributes, nowMs);
  const countOf = (counted: typeof queue): number => {
    const { visible, delayed, inFlight } = counted.counts(timers.nowMs());
    return visible + delayed + inFlight;
  };
  const jobQueueOf = (clock: Pick<Clock, 'nowMs'>): JobQueue => ({
    async send({ id, run, group, version }) {
      const body = JSON.stringify({ jobId: id, run });
      const deduplication = deduplicationId({ id, run, version }, clock.nowMs());
      queue.send({ body, groupId: group, deduplicationId: deduplication }, timers.nowMs());
    },
  });
  return {
    name,
    backlog: () => countOf(queue),
    deadLetters: () => countOf(dead),
    jobQueue: jobQueueOf(timers),
    jobQueueOf,
    deferrals: {
      async defer(receiptHandle, seconds) {
        queue.changeVisibility(receiptHandle, seconds, timers.nowMs());
      },
    },
  };
}
