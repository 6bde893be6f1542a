import { createSqsClient } from '../../shared/aws/clients.ts';
import { createSqsDeferrals } from '../../shared/aws/sqs-deferrals.ts';
import { parseEnvironment, parseQueueUrls } from '../../shared/config/environment.ts';
import { createHandler } from '../../shared/lambda/create-handler.ts';
import { createLog } from '../../shared/lambda/log.ts';
import {
  createAnnouncer,
  createBudgetLimiter,
  createResults,
  createSubmitDeps,
  readConfig,
} from '../wiring.ts';
import { workerContract } from './contract.ts';
import { createVendorAccounts } from './vendor-accounts.ts';
import { createWorker } from './worker.ts';

const env = parseEnvironment(workerContract.environment, process.env);
const log = createLog(`${workerContract.name}-${env.provider}`);
const worker = createWorker({
  ...createSubmitDeps(env),
  limiter: createBudgetLimiter(env),
  results: createResults(env),
  announcer: createAnnouncer(env, log),
  random: Math.random,
  vendorOf: createVendorAccounts(readConfig(env), env.provider),
  deferrals: createSqsDeferrals({
    client: createSqsClient(),
    queueUrl: parseQueueUrls(env.queueUrls)[env.provider] ?? '',
  }),
  log,
});

export const handler = createHandler(log, (event: Parameters<typeof worker>[0], context) =>
  worker(event, () => context.getRemainingTimeInMillis()),
);
