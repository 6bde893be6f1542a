/** Reads the jobs over the HTTP API and tells which planned job each of them is. */
import type { JobView } from '../../shared/jobs/describe-job.ts';
import { isFinished } from '../../shared/jobs/states.ts';
import type { PlannedJob, Way } from './plan.ts';

export type Seen = ReadonlyMap<PlannedJob, JobView>;

export interface Observed {
  readonly seen: Seen;
  /** Jobs that nobody planned. */
  readonly unplanned: readonly JobView[];
}

/** The jobs as they are now, oldest first, each matched to what was planned. */
export async function readJobs(url: string, plan: readonly PlannedJob[]): Promise<Observed> {
  const listed = await getJson<{ jobs: { id: string }[] }>(`${url}/jobs?limit=100`);
  const jobs = await Promise.all(
    listed.jobs.map(({ id }) => getJson<JobView>(`${url}/jobs/${id}`)),
  );
  const seen = new Map<PlannedJob, JobView>();
  const unplanned: JobView[] = [];
  for (const job of jobs.reverse()) {
    const planned = plan.find((it) => !seen.has(it) && isSame(it, job));
    if (planned) seen.set(planned, job);
    else unplanned.push(job);
  }
  return { seen, unplanned };
}

export const allFinished = (seen: Seen, plan: readonly PlannedJob[]): boolean =>
  plan.every((planned) => {
    const job = seen.get(planned);
    return job !== undefined && isFinished(job.status);
  });

function isSame({ way, message, expected }: PlannedJob, job: JobView): boolean {
  if (wayOf(job) !== way || (job.status === 'rejected') !== (expected === 'rejected')) return false;
  if (way === 'webhook') return true;
  if (job.type !== message['type']) return false;
  return (
    expected === 'rejected' || JSON.stringify(job.params) === JSON.stringify(message['params'])
  );
}

export const wayOf = ({ origin: { way, detail } }: JobView): Way =>
  way === 'event' && detail?.startsWith('reaction:') ? 'reaction' : way;

async function getJson<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`GET ${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
