/**
 * Sluice in virtual time: real submit, worker, limiter, job engine and provider between the SQS model
 * and the vendor's simulator; only the stores are memory. What outlives a worker is made once; each
 * store call takes a while, so that what is asserted of instants means something.
 */
import { createWorker, type Worker, type WorkerDeps } from '../../../functions/worker/worker.ts';
import { createSqsService } from '../../../local/emulators/sqs/sqs-service.ts';
import type { Simulator } from '../../../local/simulators/frame/simulator.ts';
import { createSecretCache } from '../../../shared/http/secret-cache.ts';
import { createTokenCache } from '../../../shared/http/token-cache.ts';
import type { Job } from '../../../shared/jobs/job.ts';
import type { SecretKeeper } from '../../../shared/jobs/ports.ts';
import { invariant } from '../../../shared/kernel/invariant.ts';
import { seededRandom } from '../../../shared/kernel/random.ts';
import type { Budget } from '../../../shared/limiter/budget.ts';
import type { BudgetStore } from '../../../shared/limiter/budget-store.ts';
import { trustingWatch } from '../../../shared/limiter/clock-watch.ts';
import { createLimiter } from '../../../shared/limiter/limiter.ts';
import { createJobCatalog, getProvider } from '../../../shared/providers/registry.ts';
import { accountBudgets, createVendorAccount } from '../../../shared/providers/vendor-account.ts';
import { createMemoryAnnouncer } from '../memory/memory-announcer.ts';
import { createMemoryBudgetStore } from '../memory/memory-budget-store.ts';
import { createMemoryJobStore } from '../memory/memory-job-store.ts';
import { createMemoryPublisher } from '../memory/memory-publisher.ts';
import { createMemoryResultStore } from '../memory/memory-result-store.ts';
import { createMemorySecretKeeper } from '../memory/memory-secret-keeper.ts';
import { type Life, mortal } from '../mortal.ts';
import { createRotatingSecret } from '../rotating-secret.ts';
import { accountOf } from '../sample-accounts.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { delayed } from './delayed.ts';
import { createLaneQueue } from './lane-queue.ts';
import { createRecordingLog } from './recording-log.ts';
import { ACCOUNT, automoxVendor, type ScenarioVendor } from './scenario-vendor.ts';
import type { Stores } from './two-versions.ts';
import { createVirtualVendorClient, type Latency } from './virtual-vendor-client.ts';

export interface DeploymentOptions {
  /** Default: 60 to 110 ms there and back, from a seed. */
  readonly latency?: () => Latency;
  /** Told of every row of the jobs table as it is stored. */
  readonly onRow?: (row: Job) => void;
  /** Stands between the workers and a store, to count its calls or to make it fail. */
  readonly aroundStore?: <T extends object>(store: T) => T;
  /** The webhook sources whose secrets the account may keep. */
  readonly sources?: readonly string[];
  /** Makes the worker of one environment, for whoever counts what passes its ports. */
  readonly wireWorker?: (deps: WorkerDeps) => Worker;
}

export interface Deployment extends ReturnType<typeof createDeployment> {}

const automoxAccount = accountOf('automox');

export const batchBudget = getBudget('servers.batch');

const STORE_CALL_MS = 4;

/** Automox, with a few devices. */
export const createDeployment = (options: DeploymentOptions = {}) =>
  createVendorDeployment(automoxVendor(), options);

export function createVendorDeployment<S extends Simulator>(
  { account, secret, createSimulator }: ScenarioVendor<S>,
  {
    latency,
    onRow = () => {},
    aroundStore = (store) => store,
    sources = [],
    wireWorker = createWorker,
  }: DeploymentOptions,
) {
  const clock = createVirtualClock();
  const random = seededRandom(5);
  const service = createSqsService({ timers: clock });
  const lane = createLaneQueue(service, account);
  const provider = getProvider(account.provider);
  const simulator = createSimulator(clock);
  const jobs = createMemoryJobStore(onRow);
  const budgets = createMemoryBudgetStore();
  const results = createMemoryResultStore();
  const announcer = createMemoryAnnouncer();
  const keeper = createMemorySecretKeeper();
  const log = createRecordingLog();
  const source = createRotatingSecret(secret);
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
    watch: trustingWatch,
    announcer,
    catalog: createJobCatalog(),
    accounts: { [ACCOUNT]: account },
  };

  const stores: Stores = { jobs, budgets };
  const workerOf = (life: Life, seen = stores): Worker =>
    wireWorker({
      ...control,
      store: mortal(aroundStore(delayed(seen.jobs, clock, STORE_CALL_MS)), life),
      results: mortal(results, life),
      announcer: { announce: (job) => life.step(() => announcer.announce(job)) },
      publisher: createMemoryPublisher(),
      keeper: mortal<SecretKeeper>(delayed<SecretKeeper>(keeper, clock, STORE_CALL_MS), life),
      managedSources: () => sources,
      limiter: limiterOver(mortal(aroundStore(delayed(seen.budgets, clock, STORE_CALL_MS)), life)),
      random,
      vendorOf() {
        const vendor = createVendorAccount(vendorDeps, provider, ACCOUNT, account);
        const send: typeof vendor.send = (call, hooks) => life.step(() => vendor.send(call, hooks));
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
    keeper,
    log,
    control,
    limiter,
    workerOf,
    /** A new value of the account's secret, seen by whoever asks the store from now on. */
    putSecret: source.put,
    secretReads: () => source.reads,
  };
}

function getBudget(name: string): Budget {
  const budget = accountBudgets(getProvider('automox'), ACCOUNT, automoxAccount, {}).get(name);
  invariant(budget, `the limit ${name} is a row of the table`);
  return budget;
}
