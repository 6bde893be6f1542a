/**
 * What exists: queues, tables, bucket, bus, rule, schedules and secrets, as data. Infrastructure
 * renders it with CDK and the local stack with the SDK, so the laptop runs what AWS runs.
 */
import { days, minutes, seconds } from '../kernel/duration.ts';
import { invariant } from '../kernel/invariant.ts';
import { accountSecretId, type ProviderName } from './account.ts';
import type { Schedule } from './schedule.ts';
import { type SluiceConfig, webhookSecretId } from './sluice-config.ts';

export interface QueueShape {
  readonly name: string;
  readonly fifo: boolean;
  readonly visibilityTimeoutMs: number;
  readonly retentionMs: number;
  /** Receives after which SQS itself moves a message aside: a backstop, never a throttle. */
  readonly receivesMax: number;
  readonly deadLetter: { readonly name: string; readonly retentionMs: number };
}

export interface TableShape {
  readonly name: string;
  readonly partitionKey: string;
  readonly timeToLiveAttribute?: string;
  readonly indexes: readonly {
    readonly name: string;
    readonly partitionKey: string;
    readonly sortKey: string;
    readonly sortType: 'S' | 'N';
    readonly attributes: 'keys' | readonly string[];
  }[];
}

export interface Topology {
  readonly intake: QueueShape;
  readonly lanes: readonly { readonly provider: ProviderName; readonly queue: QueueShape }[];
  readonly tables: { readonly jobs: TableShape; readonly budgets: TableShape };
  readonly bucket: { readonly name: string; readonly resultRetentionMs: number };
  readonly bus: { readonly name: string; readonly ruleName: string; readonly detailType: string };
  readonly schedules: readonly (Schedule & { readonly name: string })[];
  readonly secrets: readonly {
    readonly id: string;
    readonly kind: 'account' | 'webhook';
    readonly owner: string;
  }[];
}

/** The longest any function runs; queue visibility hangs on it (AWS advises six times). */
export const FUNCTION_TIMEOUT_MS = seconds(30);
export const VISIBILITY_TIMEOUT_MS = 6 * FUNCTION_TIMEOUT_MS;
/** The most SQS keeps a message. */
export const QUEUE_RETENTION_MS = days(14);
export const INTAKE_RETENTION_MS = days(4);
/** A message that finds its lane full is received again every two hours at most, for all of its days. */
export const INTAKE_RECEIVES_MAX = 100;
const RECEIVES_MAX = 1_000;

export function describeTopology(config: SluiceConfig): Topology {
  const providers = [...new Set(Object.values(config.accounts).map(({ provider }) => provider))];
  return {
    intake: intakeQueue,
    lanes: providers.sort().map((provider) => ({ provider, queue: laneQueue(provider) })),
    tables: { jobs: jobsTable, budgets: budgetsTable },
    bucket: { name: 'sluice-results', resultRetentionMs: days(90) },
    bus: { name: 'sluice', ruleName: 'sluice-job-requested', detailType: 'JobRequested' },
    schedules: Object.entries(config.schedules).map(([name, it]) => ({ ...it, name })),
    secrets: [
      ...Object.keys(config.accounts).map((owner) => ({
        id: accountSecretId(owner),
        kind: 'account' as const,
        owner,
      })),
      ...Object.keys(config.webhooks).map((owner) => ({
        id: webhookSecretId(owner),
        kind: 'webhook' as const,
        owner,
      })),
    ],
  };
}

const intakeQueue: QueueShape = {
  name: 'sluice-intake',
  fifo: false,
  visibilityTimeoutMs: VISIBILITY_TIMEOUT_MS,
  retentionMs: INTAKE_RETENTION_MS,
  receivesMax: INTAKE_RECEIVES_MAX,
  deadLetter: { name: 'sluice-intake-dead', retentionMs: QUEUE_RETENTION_MS },
};

/**
 * A FIFO queue dates a message anew when it moves to the dead-letter queue, so a letter that arrives
 * there on its last day still has the full retention before it. (SQS developer guide: DLQ retention.)
 */
const laneQueue = (provider: ProviderName): QueueShape => ({
  name: `sluice-${provider}.fifo`,
  fifo: true,
  visibilityTimeoutMs: VISIBILITY_TIMEOUT_MS,
  retentionMs: QUEUE_RETENTION_MS - minutes(60),
  receivesMax: RECEIVES_MAX,
  deadLetter: { name: `sluice-${provider}-dead.fifo`, retentionMs: QUEUE_RETENTION_MS },
});

const summaryAttributes = [
  'type',
  'account',
  'status',
  'tenant',
  'priority',
  'createdAtMs',
  'updatedAtMs',
  'waiting',
  'progress',
  'error',
  'attempts',
] as const;

const jobsTable: TableShape = {
  name: 'sluice-jobs',
  partitionKey: 'id',
  timeToLiveAttribute: 'expiresAtS',
  indexes: [
    {
      name: 'by-status',
      partitionKey: 'status',
      sortKey: 'order',
      sortType: 'S',
      attributes: summaryAttributes,
    },
    {
      name: 'by-account',
      partitionKey: 'account',
      sortKey: 'order',
      sortType: 'S',
      attributes: summaryAttributes,
    },
    {
      name: 'by-attention',
      partitionKey: 'attention',
      sortKey: 'attentionAtMs',
      sortType: 'N',
      attributes: 'keys',
    },
  ],
};

const budgetsTable: TableShape = { name: 'sluice-budgets', partitionKey: 'id', indexes: [] };

for (const queue of [intakeQueue, laneQueue('automox')]) {
  invariant(queue.visibilityTimeoutMs >= 6 * FUNCTION_TIMEOUT_MS, 'visibility >= 6 x timeout');
  invariant(queue.deadLetter.retentionMs > queue.retentionMs, 'a dead letter outlives its queue');
}
