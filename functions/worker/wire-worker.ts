import { createSqsClient } from '../../shared/aws/clients.ts';
import { createSqsDeferrals } from '../../shared/aws/sqs-deferrals.ts';
import { type Environment, parseQueueUrls } from '../../shared/config/environment.ts';
import { systemRandom } from '../../shared/kernel/random.ts';
import type { Log } from '../../shared/lambda/log.ts';
import {
  createAnnouncer,
  createBudgetLimiter,
  createResults,
  createSubmitDeps,
  readConfig,
} from '../wiring.ts';
import type { workerContract } from './contract.ts';
import { createVendorAccounts } from './vendor-accounts.ts';
import { createWorker, type Worker } from './worker.ts';

type WorkerEnvironment = Environment<(typeof workerContract.environment)[number]>;

export const wireWorker = (env: WorkerEnvironment, log: Log): Worker =>
  createWorker({
    ...createSubmitDeps(env),
    limiter: createBudgetLimiter(env),
    results: createResults(env),
    announcer: createAnnouncer(env, log),
    random: systemRandom,
    vendorOf: createVendorAccounts(readConfig(env), env.provider),
    deferrals: createSqsDeferrals({
      client: createSqsClient(),
      queueUrl: parseQueueUrls(env.queueUrls)[env.provider] ?? '',
    }),
    log,
  });
