/**
 * The real job engine, limiter and vendor client with memory where AWS would be. What outlives a
 * worker is made once; what a worker holds is made for each of them, so that it can be killed.
 */
import type { Account } from '../../shared/config/account.ts';
import type { SluiceError } from '../../shared/errors/sluice-error.ts';
import { createSecretCache } from '../../shared/http/secret-cache.ts';
import { createTokenCache } from '../../shared/http/token-cache.ts';
import { createVendorClient, type VendorClient } from '../../shared/http/vendor-client.ts';
import type { Job } from '../../shared/jobs/job.ts';
import type { OperationCall } from '../../shared/jobs/operation.ts';
import type { RunJobDeps } from '../../shared/jobs/run-job.ts';
import type { Json } from '../../shared/kernel/json.ts';
import { seededRandom } from '../../shared/kernel/random.ts';
import { trustingWatch } from '../../shared/limiter/clock-watch.ts';
import { createLimiter, type Limiter } from '../../shared/limiter/limiter.ts';
import type { Provider } from '../../shared/providers/provider.ts';
import { createVendorAccount } from '../../shared/providers/vendor-account.ts';
import type { LeapingClock } from './leaping-clock.ts';
import { createMemoryAnnouncer } from './memory/memory-announcer.ts';
import { createMemoryBudgetStore } from './memory/memory-budget-store.ts';
import { createMemoryJobStore } from './memory/memory-job-store.ts';
import { createMemoryPublisher } from './memory/memory-publisher.ts';
import { createMemoryQueue } from './memory/memory-queue.ts';
import { createMemoryResultStore } from './memory/memory-result-store.ts';
import { createMemorySecretKeeper } from './memory/memory-secret-keeper.ts';
import { Killed, type Life, mortal } from './mortal.ts';
import { amongRivals } from './rivals.ts';
import { createRotatingSecret } from './rotating-secret.ts';

export interface EngineOptions {
  readonly provider: Provider;
  /** With the `endpoint` of the simulator. */
  readonly account: Account;
  /** The first value of the account's secret. */
  readonly secret: Json;
  readonly clock: LeapingClock;
  /** Webhook sources that the account manages; default none. */
  readonly sources?: readonly string[];
  /** Told of every row that a worker writes. */
  readonly onRow?: (row: Job) => void;
  /** Default: the one of the product, on sockets. */
  readonly client?: VendorClient;
}

export const ACCOUNT = 'acme';

export type JobEngine = ReturnType<typeof createJobEngine>;

export function createJobEngine(options: EngineOptions) {
  const { provider, account, secret, clock, sources = [], onRow = () => undefined } = options;
  const rows = createMemoryJobStore();
  const store: typeof rows = {
    ...rows,
    async replace(job, expectedVersion) {
      onRow(job);
      return rows.replace(job, expectedVersion);
    },
  };
  const results = createMemoryResultStore();
  const announcer = createMemoryAnnouncer();
  const publisher = createMemoryPublisher();
  const keeper = createMemorySecretKeeper();
  const budgetStore = createMemoryBudgetStore();
  const random = seededRandom(1);
  const types = new Map(provider.jobTypes.map((type) => [type.type, type]));
  const catalog = { find: (type: string) => types.get(type), list: () => provider.jobTypes };
  const client = options.client ?? createVendorClient({ clock });
  const secretStore = createRotatingSecret(secret);
  const secrets = createSecretCache({ source: secretStore, clock });
  const tokens = createTokenCache({ clock });
  const vendorDeps = {
    client,
    secrets,
    tokens,
    clock,
    endpointsHonoured: true,
    localStack: true,
    budgets: {},
  };
  const calls: OperationCall[] = [];
  const failures: SluiceError[] = [];

  const rivals = { areThere: false };
  const limiterOf = (life: Life): Limiter => {
    const limiter = createLimiter({ store: mortal(budgetStore, life), clock, random });
    return amongRivals(limiter, clock, () => rivals.areThere).limiter;
  };
  const workerOf = (life: Life): RunJobDeps => ({
    catalog,
    clock,
    watch: trustingWatch,
    random,
    store: mortal(store, life),
    results: mortal(results, life),
    announcer: { announce: (job) => life.step(() => announcer.announce(job)) },
    onFailure(_job, error) {
      // What a dead worker makes of its own death nobody sees.
      if (!(error.cause instanceof Killed)) failures.push(error);
    },
    publisher: { publish: (job, events) => life.step(() => publisher.publish(job, events)) },
    keeper: mortal({ find: keeper.find, keep: keeper.keep }, life),
    managedSources: () => sources,
    limiter: limiterOf(life),
    vendorOf() {
      const vendor = createVendorAccount(vendorDeps, provider, ACCOUNT, account);
      return {
        ...vendor,
        send(call, hooks) {
          calls.push(call);
          return life.step(() => vendor.send(call, hooks));
        },
      };
    },
  });
  const queue = createMemoryQueue();
  const submitting = {
    store,
    queue,
    clock,
    watch: trustingWatch,
    catalog,
    accounts: { [ACCOUNT]: account },
  };
  return {
    announcer,
    calls,
    client,
    keeper,
    failures,
    publisher,
    results,
    rivals,
    secretStore,
    store,
    submitting,
    workerOf,
  };
}
