/** Conditional changes of a job's row: a lost race is read again and decided again. */
import { SluiceError } from '../errors/sluice-error.ts';
import { randomId } from '../kernel/ids.ts';
import type { Job } from './job.ts';
import type { JobStore } from './job-store.ts';
import { assertMove } from './states.ts';

const RACES_MAX = 8;

/** The row that follows `job`: one version on, its move of status checked. */
export function nextRow(job: Job, changed: Job, nowMs: number, writeId = randomId('w')): Job {
  assertMoveIfAny(job, changed);
  return { ...changed, version: job.version + 1, writeId, updatedAtMs: nowMs };
}

function assertMoveIfAny(job: Job, changed: Job): void {
  if (job.status !== changed.status) assertMove(job.status, changed.status);
}

/**
 * Stores what `change` makes of the row, beginning with `job` itself. `change` answers undefined to
 * leave the row as it is. Answers the row as it then stands. Throws `store.unavailable`, and
 * `job.not-found` where the row is gone. `newWriteId` names each write, for who wants to know his own
 * again where its answer was lost.
 */
export async function changeJob(
  store: JobStore,
  job: Job,
  nowMs: number,
  change: (job: Job) => Job | undefined,
  newWriteId = () => randomId('w'),
): Promise<Job> {
  let present = job;
  for (let race = 0; race < RACES_MAX; race += 1) {
    const changed = change(present);
    if (!changed) return present;
    const next = nextRow(present, changed, nowMs, newWriteId());
    const written = await store.replace(next, present.version);
    if (written.stored) return next;
    if (!written.current) throw new SluiceError('job.not-found', `the job ${job.id} is gone`);
    present = written.current;
  }
  throw new SluiceError('store.unavailable', `the job ${job.id} is changed by too many at once`);
}
