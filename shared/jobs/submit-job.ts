/**
 * The one way in: every entrance calls `submitJob`.
 *
 * Guarantees: a job that is answered as accepted is recorded and will end in an outcome, whatever
 * crashes after the row is written; the same idempotency key never makes a second job.
 *
 * The message is sent first and the row written then, as `queued`: one write. A worker that meets a
 * message without its row waits for it (`ROW_GRACE_MS`), then knows that nothing was accepted.
 */
import { SluiceError } from '../errors/sluice-error.ts';
import type { Clock } from '../kernel/clock.ts';
import type { ClockWatch } from '../limiter/clock-watch.ts';
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
  /** Told by the answers of `store`. */
  readonly watch: ClockWatch;
  /** Asked before a job is recorded. Throws `LaneFull` where its lane has no room for it. */
  readonly admit?: (job: Job) => Promise<void>;
}

export interface Submitted {
  readonly job: Job;
  /** The job had been submitted before with the same idempotency key and body. */
  readonly duplicate: boolean;
}

/**
 * Throws the codes of `parseJobRequest`, `job.idempotency-conflict` and `lane.full`. `bodyHash` says
 * what "the same body" means where the message was made from another one; the default is the message.
 */
export async function submitJob(
  deps: SubmitDeps,
  input: unknown,
  origin: JobOrigin,
  bodyHash?: string,
): Promise<Submitted> {
  const { store, clock } = deps;
  const nowMs = clock.nowMs();
  const job = newJob(parseJobRequest(input, deps, nowMs), origin, nowMs, bodyHash);
  const known = job.idempotencyKey === undefined ? undefined : await store.find(job.id);
  if (known) return repeated(deps, job, known);
  await deps.admit?.(job);
  const row = (await isSent(deps, job)) ? queued(job, clock.nowMs()) : job;
  const created = await store.create(row);
  return created.created ? { job: row, duplicate: false } : repeated(deps, job, created.existing);
}

/**
 * False where the queue does not take the message now: the reconciler sends it. So it does for a host
 * whose clock is wrong: SQS might take its message for one that was given up (`deduplicationId`).
 */
async function isSent(
  { queue, watch }: Pick<SubmitDeps, 'queue' | 'watch'>,
  job: Job,
): Promise<boolean> {
  if (job.status !== 'received' || !watch.isTrusted) return false;
  const sending = queue.send(job).then(() => true);
  return unlessStoreFails(sending, false);
}

async function repeated(deps: SubmitDeps, job: Job, existing: Job): Promise<Submitted> {
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
 * Puts a job whose row stands as `received` on the queue and says so in the row. Where either fails
 * the row stays as it is and the reconciler sends it.
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
