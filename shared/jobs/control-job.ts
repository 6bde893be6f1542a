/** What a caller may do with a job that is already there: cancel it, or start it again. */
import { SluiceError } from '../errors/sluice-error.ts';
import { changeJob } from './change-job.ts';
import { cancelledEnding, type Ending, finished } from './finish-job.ts';
import { appendTimeline, type Job } from './job.ts';
import { JOB_LIFE_MAX_MS } from './job-request.ts';
import type { JobStore } from './job-store.ts';
import { rowExpiresAtS, SEND_GRACE_MS } from './new-job.ts';
import type { OutcomeAnnouncer } from './ports.ts';
import { isFinished, isRetryable } from './states.ts';
import { enqueue, type SubmitDeps } from './submit-job.ts';
import { unlessStoreFails } from './unless-store-fails.ts';

export type ControlDeps = Pick<SubmitDeps, 'store' | 'queue' | 'clock'> & {
  readonly announcer: OutcomeAnnouncer;
};

/**
 * A job that no worker holds is cancelled at once; a running one stops before its next vendor call.
 * Where the end cannot be announced now the reconciler does it. Throws `job.not-found` and, for a
 * finished job, `job.state-conflict`.
 */
export async function cancelJob(deps: ControlDeps, id: string): Promise<Job> {
  const job = await requireJob(deps.store, id);
  const nowMs = deps.clock.nowMs();
  const changed = await changeJob(deps.store, job, nowMs, (row) => {
    if (isFinished(row.status)) throw conflict(row, 'cannot be cancelled: it has ended');
    if (row.status !== 'running') return ended(row, cancelledEnding, nowMs);
    const entry = { at: nowMs, event: 'cancel-requested' as const };
    return { ...row, cancelRequested: true, timeline: appendTimeline(row.timeline, entry) };
  });
  return unlessStoreFails(announceEnd(deps, changed), changed);
}

/**
 * Starts a job again that ended without full success: from its last checkpoint, with its attempts
 * kept. A call whose fate is unknown is sent again: whoever retries has decided that it may be.
 * Throws `job.not-found` and `job.state-conflict`.
 */
export async function retryJob(deps: ControlDeps, id: string): Promise<Job> {
  const job = await requireJob(deps.store, id);
  const nowMs = deps.clock.nowMs();
  const changed = await changeJob(deps.store, job, nowMs, (row) => {
    if (!isRetryable(row.status)) throw conflict(row, 'cannot be retried');
    return restarted(row, nowMs);
  });
  return enqueue(deps, changed);
}

/** A row ended from outside a worker, due for attention until its end has been announced. */
export const ended = (job: Job, ending: Ending, nowMs: number): Job => ({
  ...finished(job, ending, nowMs),
  finishedBy: 'caller',
  attentionAtMs: nowMs + SEND_GRACE_MS,
});

/** Announces a job that `ended` finished, then takes it off the reconciler's list. */
export async function announceEnd(
  { store, clock, announcer }: Pick<ControlDeps, 'store' | 'clock' | 'announcer'>,
  job: Job,
): Promise<Job> {
  if (!isFinished(job.status) || job.attentionAtMs === undefined) return job;
  await announcer.announce(job);
  return changeJob(store, job, clock.nowMs(), ({ attentionAtMs: _announced, ...row }) => row);
}

function restarted(job: Job, nowMs: number): Job {
  const {
    error: _e,
    result: _r,
    summary: _s,
    finishedAtMs: _f,
    finishedBy: _b,
    cancelRequested: _c,
    inFlight: _i,
    keptReads: _k,
    ...row
  } = job;
  const scheduled = job.notBeforeMs !== undefined && job.notBeforeMs > nowMs;
  const deadlineMs = job.deadlineMs > nowMs ? job.deadlineMs : nowMs + JOB_LIFE_MAX_MS;
  return {
    ...row,
    status: scheduled ? 'scheduled' : 'received',
    run: job.run + 1,
    failures: 0,
    deadlineMs,
    expiresAtS: rowExpiresAtS(deadlineMs),
    attentionAtMs: scheduled ? job.notBeforeMs : nowMs + SEND_GRACE_MS,
    timeline: appendTimeline(job.timeline, { at: nowMs, event: 'retried' }),
  };
}

export async function requireJob(store: JobStore, id: string): Promise<Job> {
  const job = await store.find(id);
  if (job) return job;
  throw new SluiceError('job.not-found', 'there is no job of that id');
}

const conflict = (job: Job, what: string): SluiceError =>
  new SluiceError('job.state-conflict', `the job is ${job.status} and ${what}`);
