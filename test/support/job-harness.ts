/**
 * Runs jobs of one account from submit to outcome, the vendor on loopback. Delivers as the queue
 * would: again at each appointment, and again after a worker was killed.
 */
import { gunzipSync } from 'node:zlib';
import type { SluiceError } from '../../shared/errors/sluice-error.ts';
import { retryJob } from '../../shared/jobs/control-job.ts';
import type { Job } from '../../shared/jobs/job.ts';
import type { OperationCall } from '../../shared/jobs/operation.ts';
import { reconcileJobs } from '../../shared/jobs/reconcile-jobs.ts';
import { runJob } from '../../shared/jobs/run-job.ts';
import { submitJob } from '../../shared/jobs/submit-job.ts';
import { minutes } from '../../shared/kernel/duration.ts';
import { type Json, parseJson } from '../../shared/kernel/json.ts';
import { ACCOUNT, createJobEngine, type EngineOptions, type JobEngine } from './job-engine.ts';
import type { LeapingClock } from './leaping-clock.ts';
import type { MemoryPublisher } from './memory/memory-publisher.ts';
import type { MemorySecretKeeper } from './memory/memory-secret-keeper.ts';
import { createLife, Killed, type Life } from './mortal.ts';

type Submit = [
  type: string,
  params: Json,
  more?: { readonly mode?: 'run' | 'observe'; readonly idempotencyKey?: string },
];

export interface JobHarness {
  readonly clock: LeapingClock;
  /** Outcomes announced, in order. */
  readonly announced: readonly Job[];
  /** Events that jobs told of, in order; `refuse` makes the bus not answer. */
  readonly publisher: MemoryPublisher;
  /** What jobs kept of secrets; `refuse` makes the store not take them. */
  readonly keeper: MemorySecretKeeper;
  /** Calls given to the vendor's client, in order. */
  readonly calls: readonly OperationCall[];
  /** Why tries failed, of all jobs, in order. */
  readonly failures: readonly SluiceError[];
  /** How often the secret store was asked. */
  readonly secretReads: () => number;
  putSecret(secret: Json): void;
  /** From now on others want the same permits: each delivery gets one. */
  letRivalsIn(): void;
  submit(...request: Submit): Promise<Job>;
  /** Delivers the job once; undefined where the worker was killed. */
  deliver(id: string, life?: Life): Promise<Job | undefined>;
  /** Delivers the job until it has an outcome, at first by a worker that dies at the end of `life`. */
  finish(id: string, life?: Life): Promise<Job>;
  /** Submits and finishes. */
  run(...request: Submit): Promise<Job>;
  /** Starts a finished job again, and finishes it. */
  retry(id: string): Promise<Job>;
  /** The rows of a result that is an object, or the value of one that is inline. */
  result(job: Job): Promise<Json>;
  close(): void;
}

const DELIVERIES_MAX = 500;

export function createJobHarness(options: EngineOptions): JobHarness {
  const engine = createJobEngine(options);
  const { announcer, submitting, secretStore } = engine;
  const { clock } = options;
  const deliver = (id: string, life = createLife()) => deliverOnce(engine, clock, id, life);
  const finish = async (id: string, life: Life = createLife()): Promise<Job> => {
    for (let delivery = 0; delivery < DELIVERIES_MAX; delivery += 1) {
      const job = await deliver(id, life.over ? createLife() : life);
      if (job?.finishedAtMs !== undefined) return job;
    }
    throw new Error(`job ${id} has no outcome after ${DELIVERIES_MAX} deliveries`);
  };
  const submit = async (...[type, params, more]: Submit): Promise<Job> => {
    const request = { type, account: ACCOUNT, params, ...more };
    return (await submitJob(submitting, request, { way: 'http' })).job;
  };
  return {
    clock,
    announced: announcer.announced,
    publisher: engine.publisher,
    keeper: engine.keeper,
    calls: engine.calls,
    failures: engine.failures,
    secretReads: () => secretStore.reads,
    putSecret: secretStore.put,
    letRivalsIn() {
      engine.rivals.areThere = true;
    },
    submit,
    deliver,
    finish,
    run: async (...request) => finish((await submit(...request)).id),
    async retry(id) {
      await retryJob({ ...submitting, announcer }, id);
      return finish(id);
    },
    result: (job) => readResult(engine, job),
    close: engine.client.close,
  };
}

const WORKER_LIFE_MS = minutes(1);

async function deliverOnce(
  { store, workerOf, submitting, announcer }: JobEngine,
  clock: LeapingClock,
  id: string,
  life: Life,
): Promise<Job | undefined> {
  // The reconciler sends for a job that waits outside of the queue, once it is time.
  await reconcileJobs({ ...submitting, announcer });
  const job = await store.find(id);
  if (!job) throw new RangeError(`no job ${id}`);
  const endsAtMs = clock.nowMs() + WORKER_LIFE_MS;
  const message = { jobId: id, run: job.run, sentAtMs: clock.nowMs() };
  try {
    const delivered = await runJob(workerOf(life), message, () => endsAtMs - clock.nowMs());
    const { waiting } = delivered.job ?? {};
    if (delivered.kind === 'later') clock.leapTo(delivered.untilMs);
    else if (waiting) clock.leapTo(waiting.untilMs);
  } catch (error) {
    if (error instanceof Killed) return undefined;
    throw error;
  }
  return store.find(id);
}

async function readResult({ results }: JobEngine, { result }: Job): Promise<Json> {
  if (result === undefined) return null;
  if (result.kind === 'inline') return parseJson(result.json);
  const bytes = await results.read(result.key);
  if (!bytes) throw new RangeError(`no object ${result.key}`);
  const lines = gunzipSync(bytes).toString().split('\n');
  return lines.filter(Boolean).map(parseJson);
}
