/**
 * What exists: queues, tables, bucket, bus, rules, schedules and secrets, as data. Infrastructure
 * renders it with CDK and the local stack with the SDK, so the laptop runs what AWS runs.
 */
import { days, minutes, seconds } from '../kernel/duration.ts';
import { invariant } from '../kernel/invariant.ts';
import { accountSecretId, type ProviderName } from './account.ts';
import { DEFAULT_PREFIX } from './prefix.ts';
import { type ReactionRule, renderReaction } from './reaction.ts';
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
    /** What is projected beside the keys of the table and the index. */
    readonly attributes: 'keys' | readonly string[];
  }[];
}

export interface Tables {
  readonly jobs: TableShape;
  readonly budgets: TableShape;
}

export interface Topology {
  /** Begins the name of whatever is deployed. */
  readonly prefix: string;
  readonly intake: QueueShape;
  readonly lanes: readonly { readonly provider: ProviderName; readonly queue: QueueShape }[];
  readonly tables: Tables;
  readonly bucket: { readonly name: string; readonly resultRetentionMs: number };
  readonly bus: { readonly name: string; readonly ruleName: string; readonly detailType: string };
  readonly reactions: readonly ReactionRule[];
  readonly schedules: readonly (Schedule & { readonly name: string })[];
  /** Where schedules are kept, the reconciler's ticks included. */
  readonly timetable: {
    readonly group: string;
    /** Of ticks that could not be delivered, or failed. */
    readonly deadLetter: { readonly name: string; readonly retentionMs: number };
  };
  readonly secrets: readonly {
    readonly id: string;
    readonly kind: 'account' | 'webhook';
    readonly owner: string;
    /** The account whose jobs keep it; otherwise a person puts its value. */
    readonly managedBy?: string;
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
  const prefix = config.prefix ?? DEFAULT_PREFIX;
  const providers = [...new Set(Object.values(config.accounts).map(({ provider }) => provider))];
  return {
    prefix,
    intake: intakeQueue(prefix),
    lanes: providers.sort().map((provider) => ({ provider, queue: laneQueue(prefix, provider) })),
    tables: describeTables(prefix),
    bucket: { name: `${prefix}-results`, resultRetentionMs: days(90) },
    bus: { name: prefix, ruleName: `${prefix}-job-requested`, detailType: 'JobRequested' },
    reactions: Object.entries(config.reactions).map(([name, it]) =>
      renderReaction(name, it, prefix),
    ),
    schedules: Object.entries(config.schedules).map(([name, it]) => ({ ...it, name })),
    timetable: {
      group: prefix,
      deadLetter: { name: `${prefix}-reconcile-dead`, retentionMs: QUEUE_RETENTION_MS },
    },
    secrets: [
      ...Object.keys(config.accounts).map((owner) => ({
        id: accountSecretId(owner, prefix),
        kind: 'account' as const,
        owner,
      })),
      ...Object.entries(config.webhooks).map(([owner, { managedBy }]) => ({
        id: webhookSecretId(owner, prefix),
        kind: 'webhook' as const,
        owner,
        ...(managedBy === undefined ? {} : { managedBy }),
      })),
    ],
  };
}

/** The same whatever the config says, their names aside. */
export const describeTables = (prefix: string = DEFAULT_PREFIX): Tables => ({
  jobs: jobsTable(prefix),
  budgets: budgetsTable(prefix),
});

const intakeQueue = (prefix: string): QueueShape => ({
  name: `${prefix}-intake`,
  fifo: false,
  visibilityTimeoutMs: VISIBILITY_TIMEOUT_MS,
  retentionMs: INTAKE_RETENTION_MS,
  receivesMax: INTAKE_RECEIVES_MAX,
  deadLetter: { name: `${prefix}-intake-dead`, retentionMs: QUEUE_RETENTION_MS },
});

/**
 * A FIFO queue dates a message anew when it moves to the dead-letter queue, so a letter that arrives
 * there on its last day still has the full retention before it. (SQS developer guide: DLQ retention.)
 */
const laneQueue = (prefix: string, provider: ProviderName): QueueShape => ({
  name: `${prefix}-${provider}.fifo`,
  fifo: true,
  visibilityTimeoutMs: VISIBILITY_TIMEOUT_MS,
  retentionMs: QUEUE_RETENTION_MS - minutes(60),
  receivesMax: RECEIVES_MAX,
  deadLetter: { name: `${prefix}-${provider}-dead.fifo`, retentionMs: QUEUE_RETENTION_MS },
});

/** DynamoDB projects keys anyway, and takes none of an index among what is projected beside them. */
const summaryBeside = (key: (typeof summaryAttributes)[number]): readonly string[] =>
  summaryAttributes.filter((name) => name !== key);

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

const jobsTable = (prefix: string): TableShape => ({
  name: `${prefix}-jobs`,
  partitionKey: 'id',
  timeToLiveAttribute: 'expiresAtS',
  indexes: [
    {
      name: 'by-status',
      partitionKey: 'status',
      sortKey: 'order',
      sortType: 'S',
      attributes: summaryBeside('status'),
    },
    {
      name: 'by-account',
      partitionKey: 'account',
      sortKey: 'order',
      sortType: 'S',
      attributes: summaryBeside('account'),
    },
    {
      name: 'by-attention',
      partitionKey: 'attention',
      sortKey: 'attentionAtMs',
      sortType: 'N',
      attributes: 'keys',
    },
  ],
});

const budgetsTable = (prefix: string): TableShape => ({
  name: `${prefix}-budgets`,
  partitionKey: 'id',
  indexes: [],
});

for (const queue of [intakeQueue(DEFAULT_PREFIX), laneQueue(DEFAULT_PREFIX, 'automox')]) {
  invariant(queue.visibilityTimeoutMs >= 6 * FUNCTION_TIMEOUT_MS, 'visibility >= 6 x timeout');
  invariant(queue.deadLetter.retentionMs > queue.retentionMs, 'a dead letter outlives its queue');
}
