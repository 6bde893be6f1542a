import type { JobSummaryView, JobView } from '../../shared/jobs/describe-job.ts';
import { isFinished } from '../../shared/jobs/states.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { seconds } from '../../shared/kernel/duration.ts';
import { ACCOUNT } from './run-config.ts';
import type { Access } from './target.ts';

const LOOK_EVERY_MS = seconds(1);

/** What `look` finds, looking again each second. Throws where there is nothing in time. */
export async function untilFound<T>(
  what: string,
  patienceMs: number,
  look: () => Promise<T | undefined>,
): Promise<T> {
  const endsAtMs = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > endsAtMs) throw new Error(`not within ${patienceMs / 1000} s: ${what}`);
    await systemClock.sleep(LOOK_EVERY_MS);
  }
}

export const untilFinished = ({ job }: Access, patienceMs: number, id: string): Promise<JobView> =>
  untilFound(`the outcome of ${id}`, patienceMs, async () => {
    const view = await job(id);
    return isFinished(view.status) ? view : undefined;
  });

/** The job that came in with that correlation id, once it has an outcome. */
export async function untilArrived(
  access: Access,
  patienceMs: number,
  correlationId: string,
): Promise<JobView> {
  const { id } = await untilFound(`a job "${correlationId}"`, patienceMs, async () => {
    const path = `/jobs?account=${ACCOUNT}&limit=50`;
    const { jobs } = await access.readJson<{ readonly jobs: readonly JobSummaryView[] }>(path);
    const views = await Promise.all(jobs.map((summary) => access.job(summary.id)));
    return views.find((view) => view.correlationId === correlationId);
  });
  return untilFinished(access, patienceMs, id);
}
