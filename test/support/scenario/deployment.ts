/**
 * Sluice in virtual time: real submit, worker, limiter, job engine and Automox provider between the
 * SQS model and the Automox simulator; only the stores are memory. What outlives a worker is made
 * once; each store call takes a while, so that what is asserted of instants means something.
 */
import { createWorker, type Worker } from '../../../functions/worker/worker.ts';
import { createSqsService } from '../../../local/emulators/sqs/sqs-service.ts';
import {
  type AutomoxSimulatorOptions,
  createAutomoxSimulator,
} from '../../../local/simulators/automox/automox-simulator.ts';
import { createSecretCache } from '../../../shared/http/secret-cache.ts';
import { createTokenCache } from '../../../shared/http/token-cache.ts';
import { invariant } from '../../../shared/kernel/invariant.ts';
import { seededRandom } from '../../../shared/kernel/random.ts';
import type { Budget } from '../../../shared/limiter/budget.ts';
import type { BudgetStore } from '../../../shared/limiter/budget-store.ts';
import { createLimiter } from '../../../shared/limiter/limiter.ts';
import { automox } from '../../../shared/providers/automox/automox.ts';
import { createJobCatalog } from '../../../shared/providers/registry.ts';
import { accountBudgets, createVendorAccount } from '../../../shared/providers/vendor-account.ts';
import { createMemoryAnnouncer } from '../memory/memory-announcer.ts';
import { createMemoryBudgetStore } from '../memory/memory-budget-store.ts';
import { createMemoryJobStore } from '../memory/memory-job-store.ts';
import { createMemoryPublisher } from '../memory/memory-publisher.ts';
import { createMemoryResultStore } from '../memory/memory-result-store.ts';
import { type Life, mortal } from '../mortal.ts';
import { createRotatingSecret } from '../rotating-secret.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { delayed } from './delayed.ts';
import { createLaneQueue } from './lane-queue.ts';
import { createRecordingLog } from './recording-log.ts';
import type { Stores } from './two-versions.ts';
import { createVirtualVendorClient, type Latency } from './virtual-vendor-client.ts';

export interface DeploymentOptions {
  readonly settings?: AutomoxSimulatorOptions['settings'];
  /** Default: 60 to 110 ms there and back, from a seed. */
  readonly latency?: () => Latency;
}

export type Deployment = ReturnType<typeof createDeployment>;

export const ACCOUNT = 'acme';
export const ORG = 9237;
const account = { provider: 'automox', organizationId: ORG } as const;

export const batchBudget = getBudget('servers.batch');

const STORE_CALL_MS = 4;

export function createDeployment({ settings = {}, latency }: DeploymentOptions = {}) {
  const clock = createVirtualClock();
  const random = seededRandom(5);
  const service = createSqsService({ timers: clock });
  const lane = createLaneQueue(service);
  const simulator = createAutomoxSimulator({ clock, fleet: { devices: 20 }, settings });
  const jobs = createMemoryJobStore();
  const budgets = createMemoryBudgetStore();
  const results = createMemoryResultStore();
  const announcer = createMemoryAnnouncer();
  const log = createRecordingLog();
  const source = createRotatingSecret({ apiKey: 'automox-key' });
  const secrets = createSecretCache({ source, clock });
  const usual = (): Latency => ({ thereMs: 20, backMs: 40 + random() * 50 });
  const client = createVirtualVendorClient({ clock, simulator, latency: latency ?? usual });
  const tokens = createTokenCache({ clock });
  const vendorDeps = {
    client,
    secrets,
    tokens,
    clock,
    endpointsHonoured: false,
    localStack: false,
    budgets: {},
  };
  const limiterOver = (store: BudgetStore) => createLimiter({ store, clock, random });
  const control = {
    store: jobs,
    queue: lane.jobQueue,
    clock,
    announcer,
    catalog: createJobCatalog(),
    accounts: { [ACCOUNT]: account },
  };

  const stores: Stores = { jobs, budgets };
  const workerOf = (life: Life, seen = stores): Worker =>
    createWorker({
      ...control,
      store: mortal(delayed(seen.jobs, clock, STORE_CALL_MS), life),
      results: mortal(results, life),
      announcer: { announce: (job) => life.step(() => announcer.announce(job)) },
      publisher: createMemoryPublisher(),
      limiter: limiterOver(mortal(delayed(seen.budgets, clock, STORE_CALL_MS), life)),
      random,
      vendorOf() {
        const vendor = createVendorAccount(vendorDeps, automox, ACCOUNT, account);
        const send: typeof vendor.send = (call, beforeSend) =>
          life.step(() => vendor.send(call, beforeSend));
        return { ...vendor, send };
      },
      deferrals: mortal(lane.deferrals, life),
      log,
    });
  const limiter = limiterOver(budgets);
  return {
    clock,
    service,
    lane,
    simulator,
    jobs,
    stores,
    announcer,
    log,
    control,
    limiter,
    workerOf,
  };
}

function getBudget(name: string): Budget {
  const budget = accountBudgets(automox, ACCOUNT, account, {}).get(name);
  invariant(budget, `the limit ${name} is a row of the table`);
  return budget;
}
