/**
 * What the handlers share: the config file, the clock and the adapters behind each port, made from the
 * environment that a function's contract names. Clients are made once per execution environment.
 */
import { readFileSync } from 'node:fs';
import {
  createDynamoDbClient,
  createEventBridgeClient,
  createS3Client,
  createSfnClient,
  createSqsClient,
} from '../shared/aws/clients.ts';
import { createDynamoBudgetStore } from '../shared/aws/dynamo-budget-store.ts';
import { createDynamoJobStore } from '../shared/aws/dynamo-job-store.ts';
import { createOutcomeAnnouncer } from '../shared/aws/outcome-announcer.ts';
import { createS3ResultReader } from '../shared/aws/s3-result-reader.ts';
import { createS3ResultStore } from '../shared/aws/s3-result-store.ts';
import { createSqsJobQueue } from '../shared/aws/sqs-job-queue.ts';
import {
  type Environment,
  type EnvironmentKey,
  parseQueueUrls,
} from '../shared/config/environment.ts';
import { parseConfig } from '../shared/config/sluice-config.ts';
import type { ControlDeps } from '../shared/jobs/control-job.ts';
import type { OutcomeAnnouncer, ResultReader, ResultStore } from '../shared/jobs/ports.ts';
import type { SubmitDeps } from '../shared/jobs/submit-job.ts';
import { systemClock } from '../shared/kernel/clock.ts';
import { systemRandom } from '../shared/kernel/random.ts';
import type { Log } from '../shared/lambda/log.ts';
import { createLimiter, type Limiter } from '../shared/limiter/limiter.ts';
import { createJobCatalog } from '../shared/providers/registry.ts';

type Has<K extends EnvironmentKey> = Environment<K>;

export const readConfig = ({ configFile }: Has<'configFile'>) =>
  parseConfig(JSON.parse(readFileSync(configFile, 'utf8')));

export const createSubmitDeps = (
  env: Has<'configFile' | 'jobsTable' | 'queueUrls'>,
): SubmitDeps => ({
  catalog: createJobCatalog(),
  accounts: readConfig(env).accounts,
  store: createDynamoJobStore({ client: createDynamoDbClient(), tableName: env.jobsTable }),
  queue: createSqsJobQueue({ client: createSqsClient(), queueUrls: parseQueueUrls(env.queueUrls) }),
  clock: systemClock,
});

export const createAnnouncer = ({ busName }: Has<'busName'>, log: Log): OutcomeAnnouncer =>
  createOutcomeAnnouncer({
    events: createEventBridgeClient(),
    tasks: createSfnClient(),
    busName,
    onTaskGone: (job, reason) => log.warn('a task no longer waits', { jobId: job.id, reason }),
  });

export const createControlDeps = (
  env: Has<'configFile' | 'jobsTable' | 'queueUrls' | 'busName'>,
  log: Log,
): ControlDeps & SubmitDeps => ({ ...createSubmitDeps(env), announcer: createAnnouncer(env, log) });

export const createBudgetLimiter = ({ budgetsTable }: Has<'budgetsTable'>): Limiter =>
  createLimiter({
    store: createDynamoBudgetStore({ client: createDynamoDbClient(), tableName: budgetsTable }),
    clock: systemClock,
    random: systemRandom,
  });

export const createResults = ({
  resultsBucket,
}: Has<'resultsBucket'>): ResultStore & ResultReader => {
  const bucket = { client: createS3Client(), bucket: resultsBucket };
  return { ...createS3ResultStore(bucket), ...createS3ResultReader(bucket) };
};
