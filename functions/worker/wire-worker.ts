import { createSqsClient } from '../../shared/aws/clients.ts';
import { createSqsDeferrals } from '../../shared/aws/sqs-deferrals.ts';
import { type Environment, parseQueueUrls } from '../../shared/config/environment.ts';
import { managedSources } from '../../shared/config/sluice-config.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { systemRandom } from '../../shared/kernel/random.ts';
import type { Log } from '../../shared/lambda/log.ts';
import { catalogOf } from '../../shared/providers/job-catalog.ts';
import type { Provider } from '../../shared/providers/provider.ts';
import {
  createAnnouncer,
  createBudgetLimiter,
  createJobRows,
  createPublisher,
  createResults,
  createSecretKeeper,
  readConfig,
} from '../wiring.ts';
import type { workerContract } from './contract.ts';
import { createVendorAccounts } from './vendor-accounts.ts';
import { createWorker, type Worker } from './worker.ts';

type WorkerEnvironment = Environment<(typeof workerContract.environment)[number]>;

export function wireWorker(provider: Provider, env: WorkerEnvironment, log: Log): Worker {
  const config = readConfig(env);
  return createWorker({
    catalog: catalogOf([provider]),
    store: createJobRows(env),
    limiter: createBudgetLimiter(env),
    results: createResults(env),
    announcer: createAnnouncer(env, log),
    publisher: createPublisher(env),
    keeper: createSecretKeeper(),
    managedSources: (account) => managedSources(config, account),
    clock: systemClock,
    random: systemRandom,
    vendorOf: createVendorAccounts(config, provider),
    deferrals: createSqsDeferrals({
      client: createSqsClient(),
      queueUrl: parseQueueUrls(env.queueUrls)[provider.name] ?? '',
    }),
    log,
  });
}
