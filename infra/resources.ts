import type { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { accountSecretId, type ProviderName } from '../shared/config/account.ts';
import { backlogMax } from '../shared/config/lane-capacity.ts';
import {
  managedSources,
  type SluiceConfig,
  webhookSecretId,
} from '../shared/config/sluice-config.ts';
import type { Topology } from '../shared/config/topology.ts';
import { listBudgets } from '../shared/providers/list-budgets.ts';
import { getProvider } from '../shared/providers/registry.ts';
import type { EmptySecrets } from './empty-secrets.ts';
import type { JobBus } from './job-bus.ts';
import { QueuePair } from './queue-pair.ts';
import type { ResultsBucket } from './results-bucket.ts';
import type { DeployedEnvironment } from './sluice-function.ts';
import type { StateTable } from './state-table.ts';

type LaneBudget = ReturnType<typeof listBudgets>[number];

export interface Lane {
  readonly provider: ProviderName;
  readonly queues: QueuePair;
  /** Ids of the credentials that this lane's worker needs. */
  readonly secretIds: readonly string[];
  /** Ids of the secrets that jobs of this lane keep: of the webhook sources its accounts manage. */
  readonly keptSecretIds: readonly string[];
  /** Every budget of the provider's accounts. */
  readonly budgets: readonly LaneBudget[];
  /** The strict one of each account that allows the fewest calls. */
  readonly scarceBudgets: readonly LaneBudget[];
  /** An account and a budget that jobs of it may wait for. */
  readonly lines: number;
  /** How many jobs may wait before the tightest budget of the provider. */
  readonly backlogMax: number;
}

/** What the functions work on. */
export interface Resources {
  readonly secrets: EmptySecrets;
  readonly jobs: StateTable;
  readonly budgets: StateTable;
  readonly results: ResultsBucket;
  readonly intake: QueuePair;
  readonly bus: JobBus;
  readonly lanes: readonly Lane[];
}

/** The way to one provider, and the credentials of that provider's accounts alone. */
export function createLane(
  scope: Construct,
  { provider, queue }: Topology['lanes'][number],
  config: SluiceConfig,
): Lane {
  const { accounts } = config;
  const waitedFor = new Set(getProvider(provider).jobTypes.map(({ budget }) => budget));
  const budgets = listBudgets(config).filter(({ id }) => id.startsWith(`${provider}/`));
  const own = Object.keys(accounts).filter((name) => accounts[name]?.provider === provider);
  return {
    provider,
    queues: new QueuePair(scope, `Lane-${provider}`, queue),
    secretIds: own.map((name) => accountSecretId(name, config.prefix)),
    keptSecretIds: own
      .flatMap((name) => managedSources(config, name))
      .map((source) => webhookSecretId(source, config.prefix)),
    budgets,
    lines: budgets.filter(({ name }) => waitedFor.has(name)).length,
    scarceBudgets: scarcestOf(budgets),
    backlogMax: Math.min(...budgets.map(backlogMax)),
  };
}

function scarcestOf(budgets: readonly LaneBudget[]): readonly LaneBudget[] {
  const strict = budgets.filter(({ mode }) => mode === 'strict');
  const byAccount = Map.groupBy(strict, ({ id, name }) => id.slice(0, -name.length));
  const rate = ({ requests, windowMs }: LaneBudget): number => requests / windowMs;
  return [...byAccount.values()].flatMap((it) => it.toSorted((a, b) => rate(a) - rate(b))[0] ?? []);
}

/** Where Lambda unpacks the config that was bundled with the code. */
const CONFIG_FILE = '/var/task/sluice.config.json';

/** Where everything is, under the names by which functions ask. */
export function environmentFor(scope: Stack, resources: Resources): DeployedEnvironment {
  const queueUrls = resources.lanes.map(({ provider, queues }) => [
    provider,
    queues.queue.queueUrl,
  ]);
  return {
    configFile: CONFIG_FILE,
    jobsTable: resources.jobs.table.tableName,
    budgetsTable: resources.budgets.table.tableName,
    resultsBucket: resources.results.bucket.bucketName,
    busName: resources.bus.bus.eventBusName,
    intakeQueueUrl: resources.intake.queue.queueUrl,
    intakeDeadLetterUrl: resources.intake.deadLetterQueue.queueUrl,
    queueUrls: scope.toJsonString(Object.fromEntries(queueUrls)),
  };
}
