/**
 * What the handlers share: the config file, the clock and the adapters behind each port, made from the
 * environment that a function's contract names. Clients are made once per execution environment.
 */
import { readFileSync } from 'node:fs';
import {
  createDynamoDbClient,
  createEventBridgeClient,
  createS3Client,
  createSecretsManagerClient,
  createSfnClient,
} from '../shared/aws/clients.ts';
import { createDynamoBudgetStore } from '../shared/aws/dynamo-budget-store.ts';
import { createDynamoJobStore } from '../shared/aws/dynamo-job-store.ts';
import { createJobEventPublisher } from '../shared/aws/job-event-publisher.ts';
import { createOutcomeAnnouncer } from '../shared/aws/outcome-announcer.ts';
import { createS3ResultReader } from '../shared/aws/s3-result-reader.ts';
import { createS3ResultStore } from '../shared/aws/s3-result-store.ts';
import { createSecretKeeper as createKeeper } from '../shared/aws/secret-keeper.ts';
import { watchServerTime } from '../shared/aws/watch-server-time.ts';
import type { Environment, EnvironmentKey } from '../shared/config/environment.ts';
import { parseConfig } from '../shared/config/sluice-config.ts';
import type { JobStore } from '../shared/jobs/job-store.ts';
import type {
  JobEventPublisher,
  OutcomeAnnouncer,
  ResultReader,
  ResultStore,
  SecretKeeper,
} from '../shared/jobs/ports.ts';
import { systemClock } from '../shared/kernel/clock.ts';
import { systemRandom } from '../shared/kernel/random.ts';
import type { Log } from '../shared/lambda/log.ts';
import { type ClockWatch, createClockWatch } from '../shared/limiter/clock-watch.ts';
import { createLimiter, type Limiter } from '../shared/limiter/limiter.ts';
import { countOutcomes } from './count-outcomes.ts';
import type { FunctionMetrics } from './metrics.ts';

type Has<K extends EnvironmentKey> = Environment<K>;

export const readConfig = ({ configFile }: Has<'configFile'>) =>
  parseConfig(JSON.parse(readFileSync(configFile, 'utf8')));

/** A client whose answers tell the watch of this host's clock. */
function createWatchedClient() {
  const watch = createClockWatch();
  return { client: watchServerTime(createDynamoDbClient(), watch, systemClock), watch };
}

/** The rows, and what the store's answers tell of this host's clock. */
export function createJobRows({ jobsTable }: Has<'jobsTable'>): {
  readonly store: JobStore;
  readonly watch: ClockWatch;
} {
  const { client, watch } = createWatchedClient();
  return { store: createDynamoJobStore({ client, tableName: jobsTable }), watch };
}

/** Where a function writes what happens. */
export interface Telling {
  readonly log: Log;
  readonly metrics: FunctionMetrics;
}

export const createAnnouncer = (
  { busName }: Has<'busName'>,
  { log, metrics }: Telling,
): OutcomeAnnouncer =>
  countOutcomes(
    createOutcomeAnnouncer({
      events: createEventBridgeClient(),
      tasks: createSfnClient(),
      busName,
      onTaskGone: (job, reason) => log.warn('a task no longer waits', { jobId: job.id, reason }),
    }),
    metrics,
  );

export const createPublisher = ({ busName }: Has<'busName'>): JobEventPublisher =>
  createJobEventPublisher({ events: createEventBridgeClient(), busName });

export const createSecretKeeper = (): SecretKeeper =>
  createKeeper({ client: createSecretsManagerClient() });

export function createBudgetLimiter({ budgetsTable }: Has<'budgetsTable'>): Limiter {
  const { client, watch } = createWatchedClient();
  return createLimiter({
    store: createDynamoBudgetStore({ client, tableName: budgetsTable }),
    clock: systemClock,
    random: systemRandom,
    watch,
  });
}

const bucketOf = ({ resultsBucket }: Has<'resultsBucket'>) => ({
  client: createS3Client(),
  bucket: resultsBucket,
});

export const createResults = (env: Has<'resultsBucket'>): ResultStore =>
  createS3ResultStore(bucketOf(env));

export const createResultReader = (env: Has<'resultsBucket'>): ResultReader =>
  createS3ResultReader(bucketOf(env));
