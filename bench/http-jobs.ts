/** Jobs over the HTTP API, as those who measure send and watch them. Throws where the API refuses. */
import type { JobPageView } from '../cli/api-views.ts';
import type { JobSummaryView, JobView } from '../shared/jobs/describe-job.ts';

export async function postJob(
  url: string,
  message: Readonly<Record<string, unknown>>,
): Promise<string> {
  const response = await fetch(`${url}/jobs`, { method: 'POST', body: JSON.stringify(message) });
  if (response.status !== 202) throw new Error(`POST /jobs: ${await response.text()}`);
  const { id } = (await response.json()) as { id: string };
  return id;
}

export async function getJob(url: string, id: string): Promise<JobView> {
  const response = await fetch(`${url}/jobs/${id}`);
  if (!response.ok) throw new Error(`GET /jobs/${id}: ${await response.text()}`);
  return (await response.json()) as JobView;
}

/** `budget` as `PROVIDER/ACCOUNT/NAME`. */
export async function pauseBudget(url: string, budget: string): Promise<void> {
  const response = await fetch(`${url}/budgets/${budget}/pause`, { method: 'POST' });
  if (!response.ok) throw new Error(`pausing ${budget}: ${await response.text()}`);
}

/** Every job that the query fits, of all pages. */
export async function listJobs(
  url: string,
  query: Readonly<Record<string, string>>,
): Promise<readonly JobSummaryView[]> {
  const jobs: JobSummaryView[] = [];
  let page: JobPageView | undefined;
  do {
    const next = page?.cursor === undefined ? {} : { cursor: page.cursor };
    const asked = new URLSearchParams({ ...query, limit: '200', ...next });
    const response = await fetch(`${url}/jobs?${asked}`);
    if (!response.ok) throw new Error(`GET /jobs: ${await response.text()}`);
    page = (await response.json()) as JobPageView;
    jobs.push(...page.jobs);
  } while (page.cursor !== undefined);
  return jobs;
}
