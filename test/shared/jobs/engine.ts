/** The job engine on memory adapters, a scripted vendor and a clock on which waiting is free. */
import type { Job } from '../../../shared/jobs/job.ts';
import type { JobStore } from '../../../shared/jobs/job-store.ts';
import type { JobCatalog } from '../../../shared/jobs/job-type.ts';
import { type Delivered, type RunJobDeps, runJob } from '../../../shared/jobs/run-job.ts';
import { submitJob } from '../../../shared/jobs/submit-job.ts';
import { seconds } from '../../../shared/kernel/duration.ts';
import { trustingWatch } from '../../../shared/limiter/clock-watch.ts';
import { createLeapingClock } from '../../support/leaping-clock.ts';
import { createMemoryAnnouncer } from '../../support/memory/memory-announcer.ts';
import { createMemoryJobStore } from '../../support/memory/memory-job-store.ts';
import { createMemoryPublisher } from '../../support/memory/memory-publisher.ts';
import { createMemoryQueue } from '../../support/memory/memory-queue.ts';
import { createMemoryResultStore } from '../../support/memory/memory-result-store.ts';
import { createMemorySecretKeeper } from '../../support/memory/memory-secret-keeper.ts';
import { createScriptedLimiter } from './scripted-limiter.ts';
import { createScriptedVendor, type VendorScript } from './scripted-vendor.ts';
import { catalogOf, type Execute, STEP_TYPE, stepType } from './step-type.ts';

export type Engine = ReturnType<typeof createEngine>;

export interface EngineOptions extends Omit<VendorScript, 'clock'> {
  readonly execute?: Execute;
  readonly catalog?: JobCatalog;
}

const DELIVERIES_MAX = 50;

export function createEngine({ execute, catalog, ...script }: EngineOptions = {}) {
  const clock = createLeapingClock();
  const vendor = createScriptedVendor({ ...script, clock });
  const limiter = createScriptedLimiter(clock);
  const store = createBreakableStore(createMemoryJobStore());
  const deps = {
    catalog: catalog ?? catalogOf(stepType(execute)),
    accounts: { acme: vendor.account },
    store,
    queue: createMemoryQueue(),
    results: createMemoryResultStore(),
    announcer: createMemoryAnnouncer(),
    publisher: createMemoryPublisher(),
    keeper: createMemorySecretKeeper(),
    managedSources: () => [],
    limiter,
    clock,
    watch: trustingWatch,
    random: () => 0.5,
    vendorOf: () => vendor,
  } satisfies RunJobDeps & Parameters<typeof submitJob>[0];

  const find = async (id: string): Promise<Job> => {
    const job = await store.find(id);
    if (!job) throw new RangeError(`no job ${id}`);
    return job;
  };
  const submit = async (message: object = {}): Promise<Job> => {
    const input = { type: STEP_TYPE, account: 'acme', ...message };
    return (await submitJob(deps, input, { way: 'http' })).job;
  };
  const deliver = async (id: string, remainingMs = seconds(30)): Promise<Delivered> => {
    const { run } = await find(id);
    const endsAtMs = clock.nowMs() + remainingMs;
    return runJob(
      deps,
      { jobId: id, run, sentAtMs: clock.nowMs() },
      () => endsAtMs - clock.nowMs(),
    );
  };
  return {
    ...deps,
    vendor,
    deps,
    find,
    submit,
    deliver,
    /** Changes the row behind everyone's back. */
    async alter(id: string, changes: Partial<Job>): Promise<Job> {
      const job = await find(id);
      const next = { ...job, ...changes, version: job.version + 1, writeId: `w_${job.version}` };
      await store.replace(next, job.version);
      return next;
    },
    /** Delivers at each appointment until the job has an outcome. */
    async finish(id: string): Promise<Job> {
      for (let delivery = 0; delivery < DELIVERIES_MAX; delivery += 1) {
        const delivered = await deliver(id);
        if (delivered.kind === 'done') return find(id);
        clock.leapTo(delivered.untilMs);
      }
      throw new Error(`job ${id} has no outcome after ${DELIVERIES_MAX} deliveries`);
    },
  };
}

export interface BreakableStore extends JobStore {
  /** Runs before each call of a write; throws to make it fail. */
  beforeWrite(
    hook: ((kind: 'create' | 'replace', job: Job) => void | Promise<void>) | undefined,
  ): void;
}

function createBreakableStore(store: JobStore): BreakableStore {
  let hook: Parameters<BreakableStore['beforeWrite']>[0];
  return {
    ...store,
    beforeWrite: (next) => {
      hook = next;
    },
    async create(job) {
      await hook?.('create', job);
      return store.create(job);
    },
    async replace(job, expectedVersion) {
      await hook?.('replace', job);
      return store.replace(job, expectedVersion);
    },
  };
}
