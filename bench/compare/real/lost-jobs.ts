/** What counts as lost in real time: of a limiter with its queue in its process, and of Sluice's stack. */
import { isFinished, type JobStatus, jobStatuses } from '../../../shared/jobs/states.ts';
import { listJobs } from '../../http-jobs.ts';
import { isAccepted } from '../calls-of.ts';
import type { CountedCall } from '../run-facts.ts';

/** A job that was in a process when it was killed. */
export interface Forgotten {
  readonly key: string;
  readonly atMs: number;
}

/** A job whose call the vendor had accepted by then is done, whoever has forgotten it. Pure. */
export function lostOf(
  forgotten: readonly Forgotten[],
  calls: readonly CountedCall[],
): readonly string[] {
  const isDone = (job: Forgotten): boolean =>
    calls.some((it) => it.key === job.key && isAccepted(it.status) && it.atMs <= job.atMs);
  return forgotten.filter((job) => !isDone(job)).map(({ key }) => key);
}

const UNSUCCESSFUL: readonly JobStatus[] = jobStatuses.filter(
  (status) => isFinished(status) && status !== 'succeeded',
);

/** Ids of an account's jobs that ended otherwise than well, as the API at `url` lists them. */
export async function listGivenUp(url: string, account: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const status of UNSUCCESSFUL) {
    const jobs = await listJobs(url, { account, status });
    ids.push(...jobs.map(({ id }) => id));
  }
  return ids;
}
