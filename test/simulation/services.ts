/** What outlives every process: queues, tables, bucket, bus, secret. */
import { createSqsService, type SqsService } from '../../local/emulators/sqs/sqs-service.ts';
import type { DeadLetters, RejectedMessage } from '../../shared/aws/sqs-dead-letters.ts';
import type { JobStore } from '../../shared/jobs/job-store.ts';
import type { ResultReader, ResultStore } from '../../shared/jobs/ports.ts';
import { sha256Hex } from '../../shared/kernel/ids.ts';
import type { Log } from '../../shared/lambda/log.ts';
import type { BudgetStore } from '../../shared/limiter/budget-store.ts';
import { createMemoryAnnouncer, type MemoryAnnouncer } from '../support/memory/memory-announcer.ts';
import { createMemoryBudgetStore } from '../support/memory/memory-budget-store.ts';
import { createMemoryJobStore } from '../support/memory/memory-job-store.ts';
import { createMemoryPublisher, type MemoryPublisher } from '../support/memory/memory-publisher.ts';
import { createMemoryResultStore } from '../support/memory/memory-result-store.ts';
import { createRotatingSecret, type RotatingSecret } from '../support/rotating-secret.ts';
import { createLaneQueue, type LaneQueue } from '../support/scenario/lane-queue.ts';
import type { World } from './world.ts';

export const INTAKE = 'sluice-intake';

export interface Services {
  readonly sqs: SqsService;
  readonly lane: LaneQueue;
  /** Puts a message there that no part of Sluice wrote; on the lane in a group of its own. */
  poison(queue: 'intake' | 'lane', body: string): void;
  readonly intakeDeferrals: LaneQueue['deferrals'];
  readonly jobs: JobStore;
  readonly budgets: BudgetStore;
  readonly results: ResultStore & ResultReader;
  readonly announcer: MemoryAnnouncer;
  readonly publisher: MemoryPublisher;
  readonly secret: RotatingSecret;
  readonly deadLetters: DeadLetters;
  /** Messages that the intake function would not take. */
  readonly rejected: readonly RejectedMessage[];
  readonly log: Log;
  /** Every line that was logged, as JSON. */
  readonly logLines: readonly string[];
}

export function createServices({ clock, facts, random }: World): Services {
  const pickNext = (count: number): number => Math.floor(random() * count);
  const sqs = createSqsService({ timers: clock, pickNext });
  const lane = createLaneQueue(sqs, facts.account);
  sqs.model.createQueue(INTAKE, { VisibilityTimeout: '180' }, clock.nowMs());
  const rejected: RejectedMessage[] = [];
  const logLines: string[] = [];
  const write = (message: string, facts: object = {}): void => {
    logLines.push(JSON.stringify({ message, ...facts }, errorsToo));
  };
  return {
    sqs,
    intakeDeferrals: {
      async defer(receiptHandle, seconds) {
        sqs.model.getQueue(INTAKE).changeVisibility(receiptHandle, seconds, clock.nowMs());
      },
    },
    lane,
    poison(queue, body) {
      const { model } = sqs;
      const isLane = queue === 'lane';
      const fifo = isLane
        ? { groupId: 'poison', deduplicationId: sha256Hex(`${body} ${clock.nowMs()}`) }
        : {};
      model.getQueue(isLane ? lane.name : INTAKE).send({ body, ...fifo }, clock.nowMs());
    },
    jobs: createMemoryJobStore(),
    budgets: createMemoryBudgetStore(),
    results: createMemoryResultStore(),
    announcer: createMemoryAnnouncer(),
    publisher: createMemoryPublisher(),
    secret: createRotatingSecret(facts.secrets[0]),
    rejected,
    deadLetters: {
      async keep(message) {
        rejected.push(message);
      },
    },
    logLines,
    log: { info: write, warn: write, error: write },
  };
}

/** An Error has no fields that JSON shows: its text and causes are logged all the same. */
const errorsToo = (_key: string, value: unknown): unknown =>
  value instanceof Error
    ? { name: value.name, text: value.message, cause: value.cause, stack: value.stack }
    : value;
