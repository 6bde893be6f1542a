/**
 * The one way in: every entrance calls `submitJob`.
 *
 * Guarantees: a job that is answered as accepted is recorded and will end in an outcome, whatever
 * crashes after the row is written; the same idempotency key never makes a second job.
 */
import { SluiceError } from '../errors/sluice-error.ts';
import type { Clock } from '../kernel/clock.ts';
import { changeJob } from './change-job.ts';
import { appendTimeline, type Job, type JobOrigin } from './job.ts';
import type { JobStore } from './job-store.ts';
import { newJob } from './new-job.ts';
import { parseJobRequest, type RequestRules } from './parse-job-request.ts';
import type { JobQueue } from './ports.ts';
import { unlessStoreFails } from './unless-store-fails.ts';

export interface SubmitDeps extends RequestRules {
  readonly store: JobStore;
  readonly queue: JobQueue;
  readonly clock: Clock;
  /** Asked before a job is recorded. Throws `LaneFull` where its lane has no room for it. */
  readonly admit?: (job: Job) => Promise<void>;
}

export interface Submitted {
  readonly job: Job;
  /** The job had been submitted before with the same idempotency key and body. */
  readonly duplicate: boolean;
}

/**
 * Throws the codes of `parseJobRequest`, `job.idempotency-conflict` and `lane.full`. `bodyHash` says what "the same
 * body" means where the message was made from another one; the message itself is the default.
 */
export async function submitJob(
  deps: SubmitDeps,
  input: unknown,
  origin: JobOrigin,
  bodyHash?: string,
): Promise<Submitted> {
  const nowMs = deps.clock.nowMs();
  const job = newJob(parseJobRequest(input, deps, nowMs), origin, nowMs, bodyHash);
  await deps.admit?.(job);
  const created = await deps.store.create(job);
  if (created.created) return { job: await enqueue(deps, job), duplicate: false };
  const { existing } = created;
  if (existing.bodyHash !== job.bodyHash) {
    throw new SluiceError(
      'job.idempotency-conflict',
      `the idempotency key was used before, for job ${existing.id}, with another body`,
      { fields: [{ field: 'idempotencyKey', problem: 'is taken by a job with another body' }] },
    );
  }
  return { job: await enqueue(deps, existing), duplicate: true };
}

/**
 * Puts a received job on the queue and says so in its row. Where either fails the row stays
 * `received` and the reconciler sends it: the job is accepted all the same.
 */
export async function enqueue(
  { store, queue, clock }: Pick<SubmitDeps, 'store' | 'queue' | 'clock'>,
  job: Job,
): Promise<Job> {
  if (job.status !== 'received') return job;
  const send = async (): Promise<Job> => {
    await queue.send(job);
    const nowMs = clock.nowMs();
    return changeJob(store, job, nowMs, (row) =>
      row.status === 'received' ? queued(row, nowMs) : undefined,
    );
  };
  return unlessStoreFails(send(), job);
}

/** The row once its message is on the queue; it then needs attention at its deadline only. */
export const queued = (job: Job, nowMs: number): Job => ({
  ...job,
  status: 'queued',
  timeline: appendTimeline(job.timeline, { at: nowMs, event: 'queued' }),
  attentionAtMs: job.deadlineMs,
});
