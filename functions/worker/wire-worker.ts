import { createSqsClient } from '../../shared/aws/clients.ts';
import { createSqsDeferrals } from '../../shared/aws/sqs-deferrals.ts';
import { type Environment, parseQueueUrls } from '../../shared/config/environment.ts';
import { managedSources, type SluiceConfig } from '../../shared/config/sluice-config.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { systemRandom } from '../../shared/kernel/random.ts';
import { catalogOf } from '../../shared/providers/job-catalog.ts';
import type { Provider } from '../../shared/providers/provider.ts';
import {
  createAnnouncer,
  createBudgetLimiter,
  createJobRows,
  createPublisher,
  createResults,
  createSecretKeeper,
  type Telling,
} from '../wiring.ts';
import { createBucketWatch } from './bucket-watch.ts';
import type { workerContract } from './contract.ts';
import { observeLimiter } from './observe-limiter.ts';
import { observeVendor } from './observe-vendor.ts';
import { createVendorAccounts } from './vendor-accounts.ts';
import { createWindowAudit } from './window-audit.ts';
import { createWorker, type Worker } from './worker.ts';

type WorkerEnvironment = Environment<(typeof workerContract.environment)[number]>;

export function wireWorker(
  provider: Provider,
  env: WorkerEnvironment,
  config: SluiceConfig,
  telling: Telling,
): Worker {
  const observer = { ...telling, buckets: createBucketWatch(telling.log) };
  return createWorker({
    catalog: catalogOf([provider]),
    ...createJobRows(env),
    limiter: observeLimiter(createBudgetLimiter(env), {
      provider: provider.name,
      metrics: telling.metrics,
      audit: createWindowAudit(),
      clock: systemClock,
    }),
    results: createResults(env),
    announcer: createAnnouncer(env, telling),
    publisher: createPublisher(env),
    keeper: createSecretKeeper(),
    managedSources: (account) => managedSources(config, account),
    clock: systemClock,
    random: systemRandom,
    vendorOf: createVendorAccounts(config, provider),
    observeVendor: (vendor, delivery) => observeVendor(vendor, delivery, observer),
    deferrals: createSqsDeferrals({
      client: createSqsClient(),
      queueUrl: parseQueueUrls(env.queueUrls)[provider.name] ?? '',
    }),
    log: telling.log,
  });
}
