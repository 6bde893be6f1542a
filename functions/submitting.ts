/** What the functions that take jobs share: the job types of every provider, and the lanes. */
import { createSqsClient } from '../shared/aws/clients.ts';
import { createSqsJobQueue } from '../shared/aws/sqs-job-queue.ts';
import { createSqsLaneCounter } from '../shared/aws/sqs-lane-counter.ts';
import { type Environment, parseQueueUrls } from '../shared/config/environment.ts';
import type { SluiceConfig } from '../shared/config/sluice-config.ts';
import { createAdmission } from '../shared/jobs/admission.ts';
import { createBacklog } from '../shared/jobs/backlog.ts';
import type { ControlDeps } from '../shared/jobs/control-job.ts';
import type { SubmitDeps } from '../shared/jobs/submit-job.ts';
import { systemClock } from '../shared/kernel/clock.ts';
import { listBudgets } from '../shared/providers/list-budgets.ts';
import { createJobCatalog } from '../shared/providers/registry.ts';
import { createAnnouncer, createJobRows, type Telling } from './wiring.ts';

export function createSubmitDeps(
  env: Environment<'jobsTable' | 'queueUrls'>,
  config: SluiceConfig,
): SubmitDeps {
  const { store, watch } = createJobRows(env);
  const lanes = { client: createSqsClient(), queueUrls: parseQueueUrls(env.queueUrls) };
  const clock = systemClock;
  return {
    catalog: createJobCatalog(),
    accounts: config.accounts,
    store,
    queue: createSqsJobQueue({ ...lanes, clock }),
    clock,
    watch,
    admit: createAdmission({
      backlog: createBacklog({ counter: createSqsLaneCounter(lanes), clock }),
      budgets: listBudgets(config),
      store,
      clock,
    }),
  };
}

export const createControlDeps = (
  env: Environment<'jobsTable' | 'queueUrls' | 'busName'>,
  config: SluiceConfig,
  telling: Telling,
): ControlDeps & SubmitDeps => ({
  ...createSubmitDeps(env, config),
  announcer: createAnnouncer(env, telling),
});
