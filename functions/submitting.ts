/** What the functions that take jobs share: the job types of every provider, and the lanes. */
import { createSqsClient } from '../shared/aws/clients.ts';
import { createSqsJobQueue } from '../shared/aws/sqs-job-queue.ts';
import { type Environment, parseQueueUrls } from '../shared/config/environment.ts';
import type { ControlDeps } from '../shared/jobs/control-job.ts';
import type { SubmitDeps } from '../shared/jobs/submit-job.ts';
import { systemClock } from '../shared/kernel/clock.ts';
import type { Log } from '../shared/lambda/log.ts';
import { createJobCatalog } from '../shared/providers/registry.ts';
import { createAnnouncer, createJobRows, readConfig } from './wiring.ts';

export const createSubmitDeps = (
  env: Environment<'configFile' | 'jobsTable' | 'queueUrls'>,
): SubmitDeps => ({
  catalog: createJobCatalog(),
  accounts: readConfig(env).accounts,
  store: createJobRows(env),
  queue: createSqsJobQueue({
    client: createSqsClient(),
    queueUrls: parseQueueUrls(env.queueUrls),
    clock: systemClock,
  }),
  clock: systemClock,
});

export const createControlDeps = (
  env: Environment<'configFile' | 'jobsTable' | 'queueUrls' | 'busName'>,
  log: Log,
): ControlDeps & SubmitDeps => ({ ...createSubmitDeps(env), announcer: createAnnouncer(env, log) });
