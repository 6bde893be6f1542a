/** The engine, with the real limiter and a vendor that keeps state, in processes that can die. */
import type { Job } from '../../../shared/jobs/job.ts';
import type { Delivered, RunJobDeps } from '../../../shared/jobs/run-job.ts';
import { runJob } from '../../../shared/jobs/run-job.ts';
import type { VendorAccount } from '../../../shared/jobs/vendor-account.ts';
import { minutes, seconds } from '../../../shared/kernel/duration.ts';
import { trustingWatch } from '../../../shared/limiter/clock-watch.ts';
import { createLimiter } from '../../../shared/limiter/limiter.ts';
import { createLeapingClock } from '../../support/leaping-clock.ts';
import { createMemoryAnnouncer } from '../../support/memory/memory-announcer.ts';
import { createMemoryBudgetStore } from '../../support/memory/memory-budget-store.ts';
import { createMemoryJobStore } from '../../support/memory/memory-job-store.ts';
import { createMemoryPublisher } from '../../support/memory/memory-publisher.ts';
import { createMemoryQueue } from '../../support/memory/memory-queue.ts';
import { createMemoryResultStore } from '../../support/memory/memory-result-store.ts';
import { createMemorySecretKeeper } from '../../support/memory/memory-secret-keeper.ts';
import { createLife, Killed, type Life, mortal } from '../../support/mortal.ts';
import { answers, createScriptedVendor } from './scripted-vendor.ts';
import { catalogOf, type Execute, STEP_TYPE, stepType } from './step-type.ts';

export type CrashBench = ReturnType<typeof createCrashBench>;

const DELIVERIES_MAX = 60;

/** What is visible again after this was held by a worker that died. */
const VISIBLE_AGAIN_MS = minutes(3);

export function createCrashBench(execute: Execute = stepType().execute as Execute) {
  const clock = createLeapingClock();
  const store = createMemoryJobStore();
  const budgets = createMemoryBudgetStore();
  const results = createMemoryResultStore();
  const queue = createMemoryQueue();
  const announcer = createMemoryAnnouncer();
  const publisher = createMemoryPublisher();
  const catalog = catalogOf(stepType(execute));
  const requests: { readonly what: string; readonly atMs: number }[] = [];
  const scripted = createScriptedVendor({ clock });
  const accounts = { acme: scripted.account };

  /** Acts, then answers; `read` answers how often each write took effect. */
  const vendorOf = (life: Life): VendorAccount => ({
    ...scripted,
    prepare: () => life.step(async () => {}),
    send: (call, { whenConnected, beforeSend }) =>
      life.step(async () => {
        await whenConnected();
        beforeSend();
        requests.push({ what: `${call.operation.id} ${call.key}`, atMs: clock.nowMs() });
        return answers(200, writes())(clock);
      }),
  });
  const writes = (): readonly string[] =>
    requests.map(({ what }) => what).filter((what) => !what.startsWith('read'));

  const depsOf = (life: Life = createLife()) => ({
    catalog,
    accounts,
    clock,
    watch: trustingWatch,
    random: () => 0.5,
    store: mortal(store, life),
    queue: mortal({ send: queue.send }, life),
    results: mortal(results, life),
    announcer: mortal({ announce: announcer.announce }, life),
    publisher: mortal({ publish: publisher.publish }, life),
    keeper: createMemorySecretKeeper(),
    managedSources: () => [],
    limiter: createLimiter({ store: mortal(budgets, life), clock, random: () => 0.5 }),
    vendorOf: () => vendorOf(life),
  });

  const find = async (): Promise<Job> => {
    const [summary, ...others] = (await store.list({ limit: 10 })).jobs;
    const job = summary && (await store.find(summary.id));
    if (!job || others.length > 0) throw new Error(`${others.length + (job ? 1 : 0)} jobs`);
    return job;
  };
  const deliver = async (life: Life): Promise<Delivered | undefined> => {
    const { id, run } = await find();
    const endsAtMs = clock.nowMs() + seconds(30);
    const deps: RunJobDeps = depsOf(life);
    const message = { jobId: id, run, sentAtMs: clock.nowMs() };
    return survive(() => runJob(deps, message, () => endsAtMs - clock.nowMs()));
  };
  return {
    clock,
    queue,
    announcer,
    results,
    requests,
    writes,
    depsOf,
    find,
    findAny: async () => (await store.list({ limit: 1 })).jobs[0],
    /** The queue's part: delivers at each appointment, and again once a dead worker's hold ends. */
    async deliverUntilDone(...lives: readonly Life[]): Promise<Job> {
      for (let delivery = 0; delivery < DELIVERIES_MAX; delivery += 1) {
        const delivered = await deliver(lives[delivery] ?? createLife());
        if (delivered?.kind === 'done') return find();
        clock.leapTo(delivered?.untilMs ?? clock.nowMs() + VISIBLE_AGAIN_MS);
      }
      throw new Error('the job has no outcome');
    },
  };
}

export const message = { type: STEP_TYPE, account: 'acme', params: {}, idempotencyKey: 'k' };

/** What a process gives, or undefined where it was killed. */
export async function survive<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Killed) return undefined;
    throw error;
  }
}

/**
 * Runs `scenario` with a life that ends after one step, two steps, … until one lives to the end.
 * Answers how many steps that takes.
 */
export async function forEveryDeath(
  scenario: (life: Life, steps: number) => Promise<void>,
): Promise<number> {
  for (let steps = 1; ; steps += 1) {
    const life = createLife(steps);
    await scenario(life, steps);
    if (!life.over) return steps - 1;
  }
}
