/**
 * Looks after what time has overtaken: sends what was recorded and never queued, starts what is due,
 * expires what is past its deadline, announces what was ended and not announced. The jobs table is the
 * truth and the queue a means, so all of it can be put right from the table alone.
 */
import type { SluiceError } from '../errors/sluice-error.ts';
import { toSluiceError } from '../errors/sluice-error.ts';
import { minutes, seconds } from '../kernel/duration.ts';
import { changeJob } from './change-job.ts';
import { announceEnd, type ControlDeps, ended } from './control-job.ts';
import { expiredEnding } from './finish-job.ts';
import { isFollowingUp, type Job } from './job.ts';
import type { JobStore } from './job-store.ts';
import { SEND_GRACE_MS } from './new-job.ts';
import { isFinished, type JobStatus } from './states.ts';
import { queued } from './submit-job.ts';

export interface Reconciled {
  readonly sent: number;
  readonly expired: number;
  readonly announced: number;
  /** Jobs left for the next minute, with why. */
  readonly failures: readonly { readonly jobId: string; readonly error: SluiceError }[];
}

const JOBS_MAX = 500;
/** For a job at a slow store, and for telling of the round. What is left is due in the next one. */
const ROUND_END_MS = seconds(10);

/** `remainingMs`: until the round has to be over; by default it never has to. */
export async function reconcileJobs(
  deps: ControlDeps,
  remainingMs = () => Number.POSITIVE_INFINITY,
): Promise<Reconciled> {
  const ids = await deps.store.listDue(deps.clock.nowMs(), JOBS_MAX);
  const counts = { sent: 0, expired: 0, announced: 0 };
  const failures: { jobId: string; error: SluiceError }[] = [];
  for (const jobId of ids) {
    if (remainingMs() < ROUND_END_MS) break;
    try {
      const done = await reconcileJob(deps, jobId);
      if (done) counts[done] += 1;
    } catch (error) {
      failures.push({ jobId, error: toSluiceError(error) });
    }
  }
  return { ...counts, failures };
}

async function reconcileJob(
  deps: ControlDeps,
  jobId: string,
): Promise<'sent' | 'expired' | 'announced' | undefined> {
  const job = await deps.store.find(jobId);
  const nowMs = deps.clock.nowMs();
  if (!job || job.attentionAtMs === undefined || job.attentionAtMs > nowMs) return undefined;
  if (isFinished(job.status)) {
    await announceEnd(deps, job);
    return 'announced';
  }
  if (job.deadlineMs <= nowMs) return (await expire(deps, job, nowMs)) ? 'expired' : undefined;
  await send(deps, job, nowMs);
  return 'sent';
}

/** A job that a worker holds is left to it for as long as its lease lasts. */
async function expire(deps: ControlDeps, job: Job, nowMs: number): Promise<boolean> {
  const changed = await changeJob(deps.store, job, nowMs, (row) => {
    if (isFinished(row.status)) return undefined;
    const held = row.lease !== undefined && row.lease.untilMs > nowMs;
    return held ? { ...row, attentionAtMs: nowMs + minutes(1) } : ended(row, expiredEnding, nowMs);
  });
  await announceEnd(deps, changed);
  return isFinished(changed.status);
}

async function send({ store, queue }: ControlDeps, job: Job, nowMs: number): Promise<void> {
  const due = isFollowingUp(job) ? await callBack(store, job, nowMs) : job;
  if (isFollowingUp(due)) return;
  await queue.send(due);
  await changeJob(store, due, nowMs, (row) => {
    if (row.status === 'received' || row.status === 'scheduled') return queued(row, nowMs);
    const sent = row.status === 'waiting' && row.attentionAtMs === due.attentionAtMs;
    return sent ? { ...row, attentionAtMs: row.deadlineMs } : undefined;
  });
}

/**
 * Written before the message is sent: whoever takes it goes on, whatever his clock says. One whose
 * clock is behind would give up the only message there is, as one that came early.
 */
const callBack = (store: JobStore, job: Job, nowMs: number): Promise<Job> =>
  changeJob(store, job, nowMs, (row) =>
    isFollowingUp(row) && row.waiting.untilMs <= nowMs
      ? {
          ...row,
          waiting: { ...row.waiting, for: 'turn' },
          attentionAtMs: nowMs + SEND_GRACE_MS,
        }
      : undefined,
  );

const openStatuses: readonly JobStatus[] = ['received', 'queued', 'waiting', 'running'];

/**
 * Sends every open job again, oldest first: for a queue that has lost its messages. A message sent
 * twice is harmless, as the row decides. Answers how many were sent.
 */
export async function requeueOpenJobs({
  store,
  queue,
}: Pick<ControlDeps, 'store' | 'queue'>): Promise<number> {
  const ids: string[] = [];
  for (const status of openStatuses) {
    let cursor: string | undefined;
    do {
      const page = await store.list({ status, limit: 200, ...(cursor ? { cursor } : {}) });
      ids.push(...page.jobs.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== undefined);
  }
  const jobs = (await Promise.all(ids.map((id) => store.find(id)))).filter(
    (job) => job !== undefined,
  );
  jobs.sort((a, b) => a.createdAtMs - b.createdAtMs);
  for (const job of jobs) await queue.send(job);
  return jobs.length;
}
